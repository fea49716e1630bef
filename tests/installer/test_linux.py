"""The packages of Linux, made of a small program instead of the frozen one: what they hold and what they ask for."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

from desktop import __version__, desktop_entry
from installer.frozen import Frozen
from installer.linux import deb, depends, elf
from installer.linux.tar import build_tar
from installer.packages import SUMS, write_sums

EPOCH = 1_790_000_000
METADATA = "Metadata-Version: 2.4\nName: thing\nVersion: 1.5\nLicense-Expression: MIT\n"


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """A program of the system's with one library of its own and the metadata of one package."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = tmp_path / "frozen" / "shotglass"
    (folder / "_internal" / "thing-1.5.dist-info").mkdir(parents=True)
    (folder / "_internal" / "thing-1.5.dist-info" / "METADATA").write_text(METADATA)
    shutil.copy("/bin/sleep", folder / "shotglass")
    (folder / "_internal" / "data").write_text("data")
    (folder / "_internal" / "data").chmod(0o600)
    (folder / "_internal" / "link").symlink_to("data")
    return Frozen(folder, EPOCH, quickly=True)


def said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_deb_says_what_it_is(frozen: Frozen, tmp_path: Path) -> None:
    file = deb.build_deb(frozen, tmp_path)
    assert file.name == f"shotglass_{__version__}_{said('dpkg', '--print-architecture').strip()}.deb"
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.+)$", said("dpkg-deb", "--field", file), re.MULTILINE))
    assert (fields["Package"], fields["Version"]) == ("shotglass", __version__)
    assert re.match(r"libc6 \(>= 2\.\d+\), libx11-6, .*libxcb1, ", fields["Depends"])
    assert int(fields["Installed-Size"]) > 10


def test_the_deb_lays_out_every_file(frozen: Frozen, tmp_path: Path) -> None:
    """For everybody to read, with the entry that the program itself would write, and its licences."""
    root = tmp_path / "root"
    said("dpkg-deb", "--extract", deb.build_deb(frozen, tmp_path), root)
    assert (root / "usr/bin/shotglass").resolve() == root / "usr/lib/shotglass/shotglass"
    assert (root / "usr/lib/shotglass/_internal/link").read_text() == "data"
    data = root / "usr/lib/shotglass/_internal/data"
    assert (data.stat().st_mode & 0o777, data.stat().st_mtime) == (0o644, EPOCH)
    entry = ConfigParser(interpolation=None)
    entry.read(root / "usr/share/applications/org.shotglass.Shotglass.desktop")
    assert entry["Desktop Entry"]["TryExec"] == "shotglass"
    assert shlex.split(entry["Desktop Entry"]["Exec"]) == ["shotglass"]
    assert shlex.split(entry["Desktop Action capture"]["Exec"]) == ["shotglass", "capture"]
    icon = root / "usr/share/icons/hicolor/scalable/apps" / f"{entry['Desktop Entry']['Icon']}.svg"
    assert icon.read_bytes()[:4] == b"<svg"
    licences = (root / "usr/share/doc/shotglass/copyright").read_text()
    assert "thing 1.5: MIT" in licences
    assert "Apache License" in licences


def test_the_same_program_gives_the_same_packages(frozen: Frozen, tmp_path: Path) -> None:
    for build in (deb.build_deb, build_tar):
        first = build(frozen, tmp_path)
        before = first.read_bytes()
        first.unlink()
        for path in frozen.folder.rglob("*"):
            os.utime(path, (EPOCH + 60, EPOCH + 60), follow_symlinks=False)
        assert build(frozen, tmp_path).read_bytes() == before


def test_the_archive_unpacks_into_one_folder(frozen: Frozen, tmp_path: Path) -> None:
    with tarfile.open(build_tar(frozen, tmp_path)) as archive:
        names = archive.getnames()
        words = archive.extractfile(f"shotglass-{__version__}/READ_ME.txt")
        assert words is not None
        assert b"libx11-6" in words.read()
        assert archive.getmember(f"shotglass-{__version__}/_internal/link").issym()
        assert {(member.uid, member.mtime) for member in archive} == {(0, EPOCH)}
    assert {name.partition("/")[0] for name in names} == {f"shotglass-{__version__}"}
    assert f"shotglass-{__version__}/shotglass" in names


def test_a_library_of_no_known_package_stops_the_build(frozen: Frozen) -> None:
    """The deb would not start where nobody installed that library."""
    shutil.copy("/bin/bash", frozen.folder / "_internal")  # links to libtinfo
    with pytest.raises(SystemExit, match=r"libtinfo\.so\.\d; add it"):
        depends.depends(frozen.folder)
    (frozen.folder / "_internal" / "libtinfo.so.6").write_text("brought along")
    assert "libx11-6" in depends.depends(frozen.folder)


def test_versions_are_those_of_the_newest_symbol() -> None:
    assert depends.minimum({"GLIBC": (2, 35), "GLIBCXX": (3, 4, 29)}) == {"libc6": "2.35", "libstdc++6": "11"}
    python = Path(sys.executable).resolve()
    assert elf.newest_versions([python])["GLIBC"] >= (2, 2)
    assert "libc.so.6" in elf.links_of(python)


def test_the_running_program_ends_before_its_files_go(tmp_path: Path) -> None:
    """The one that runs from the package's folder, and no other."""
    script = (Path(deb.__file__).parent / "debian" / "prerm").read_text()
    folder = tmp_path / "lib"
    folder.mkdir()
    shutil.copy("/bin/sleep", folder / "shotglass")
    ours, other = subprocess.Popen([folder / "shotglass", "60"]), subprocess.Popen(["sleep", "60"])
    try:
        time.sleep(0.1)
        mine = script.replace("/usr/lib/shotglass/shotglass", str(folder / "shotglass"))
        assert mine != script
        subprocess.run(["sh", "-c", mine, "prerm", "failed-upgrade"], check=True)
        assert ours.poll() is None
        subprocess.run(["sh", "-c", mine, "prerm", "remove"], check=True)
        assert ours.wait(5) == -15
        assert other.poll() is None
    finally:
        for process in (ours, other):
            process.kill()
            process.wait()


def test_scripts_of_the_deb_are_shell() -> None:
    for name in deb.SCRIPTS:
        subprocess.run(["sh", "-n", Path(deb.__file__).parent / "debian" / name], check=True)


def test_sums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "a.deb").write_bytes(b"package")
    for _round in range(2):
        write_sums(folder)
        done = subprocess.run(["sha256sum", "--check", SUMS], cwd=folder, capture_output=True, text=True, check=True)
        assert done.stdout == "a.deb: OK\n"


def test_the_entry_of_a_user_and_of_the_package_are_one_text() -> None:
    assert desktop_entry.entry(["shotglass"]) == desktop_entry.entry(["X"]).replace(b"X", b"shotglass")
