"""What people install, for real: built, installed, tried, removed. Minutes long: `pytest -m packages` runs it alone."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.runtime.wheels import list_file
from installer.packages import size_mb
from tests.runtime.index_server import TORCH, IndexServer, make_wheel

pytestmark = [pytest.mark.packages, pytest.mark.timeout(3600)]

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE_MB, INSTALLED_MB = 260, 750
PLACES = (Path("/usr/lib/shotglass"), Path("/usr/bin/shotglass"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything is built; SHOTGLASS_PACKAGES names a folder whose environment can be used again."""
    named = os.environ.get("SHOTGLASS_PACKAGES")
    return Path(named) if named else tmp_path_factory.mktemp("packages")


@pytest.fixture(scope="module")
def packages(folder: Path) -> Path:
    """The folder of the packages, all of them built as for a release."""
    build(folder)
    return folder / "packages"


def build(folder: Path, *more: str) -> None:
    subprocess.run([sys.executable, ROOT / "installer" / "pack.py", "--folder", folder, *more], check=True)


def smoke_test(program: Path) -> None:
    """Try the program; its times are printed, not judged, since others may be at work on this computer."""
    subprocess.run([sys.executable, ROOT / "installer" / "smoke_test.py", program], check=True)


def only(folder: Path, pattern: str) -> Path:
    (file,) = folder.glob(pattern)
    return file


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_packages_are_small_enough(packages: Path, folder: Path) -> None:
    for file in (only(packages, "*.deb"), only(packages, "*.tar.xz")):
        assert size_mb(file) <= PACKAGE_MB
    assert size_mb(folder / "frozen" / "shotglass") <= INSTALLED_MB
    said = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=packages, check=False)
    assert said.returncode == 0


def test_nothing_inside_is_for_the_model_or_for_tests(packages: Path, folder: Path) -> None:
    inside = folder / "frozen" / "shotglass" / "_internal"
    assert (inside / "resources" / "icons" / "shotglass.svg").exists()
    names = {path.name for path in inside.rglob("*")}
    assert not names & {"torch", "transformers", "tokenizers", "tests", "libQt6WebEngineCore.so.6", "libgtk-3.so.0"}
    listing = (folder / "work" / "build" / "PYZ-00.toc").read_text(encoding="utf-8")
    modules = set(re.findall(r"^\s*\[?\('([\w.]+)',", listing, re.MULTILINE))
    assert {"desktop.cli", "Xlib.ext.xtest", "jeepney.io.asyncio", "keyring.backends.SecretService"} <= modules
    assert not {module for module in modules if re.search(r"^(torch|transformers|pytest|tests)\b|\.tests\b", module)}


def test_the_archive_works_where_it_is_unpacked(packages: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", only(packages, "*.tar.xz"), "-C", tmp_path], check=True)
    smoke_test(only(tmp_path, "shotglass-*") / "shotglass")


@pytest.fixture
def installed(packages: Path, tmp_path: Path) -> Iterator[Path]:
    """The program of the .deb: installed on this system where that leaves nothing behind, else unpacked."""
    file = only(packages, "*.deb")
    if not can_install(file):
        subprocess.run(["dpkg", "--extract", file, tmp_path / "root"], check=True)
        yield tmp_path / "root/usr/bin/shotglass"
        return
    subprocess.run(["dpkg", "--install", file], check=True)
    try:
        yield Path("/usr/bin/shotglass")
    finally:
        subprocess.run(["dpkg", "--purge", "shotglass"], check=True)


def can_install(file: Path) -> bool:
    """Tell whether dpkg would take it as it is: as root, everything it depends on there, nothing in its place."""
    if os.geteuid() or not shutil.which("dpkg") or any(os.path.lexists(place) for place in PLACES):
        return False
    return subprocess.run(["dpkg", "--dry-run", "--install", file], capture_output=True, check=False).returncode == 0


def test_the_deb_is_installed_works_and_goes(installed: Path, tmp_path: Path) -> None:
    """Everything that it listed is there, runs, and is gone when it is removed; what the user made stays."""
    smoke_test(installed)
    if installed != Path("/usr/bin/shotglass"):
        return
    listed = subprocess.run(["dpkg", "--listfiles", "shotglass"], capture_output=True, text=True, check=True).stdout
    files = [Path(line) for line in listed.splitlines() if not Path(line).is_dir()]
    assert all(os.path.lexists(file) for file in files)
    mine = tmp_path / "home" / ".config" / "shotglass" / "settings.json"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("{}")
    subprocess.run(["dpkg", "--remove", "shotglass"], check=True)
    assert not any(os.path.lexists(path) for path in (*files, *PLACES))
    subprocess.run(["dpkg", "--purge", "shotglass"], check=True)
    assert mine.read_text() == "{}"
    assert "shotglass" not in subprocess.run(["dpkg-query", "-W"], capture_output=True, text=True, check=True).stdout


def test_torch_is_brought_by_the_program_and_imported(packages: Path, folder: Path, tmp_path: Path) -> None:
    """A made one, which imports what the real one needs of the standard library; then it is removed."""
    inside = tmp_path / "shotglass"
    shutil.copytree(folder / "frozen" / "shotglass", inside, symlinks=True)
    standard = "multiprocessing.shared_memory, pickletools, runpy, tarfile, timeit, unittest.mock"
    with IndexServer() as server:
        server.files[TORCH] = make_wheel({"torch/__main__.py": f"import {standard}, part_of_torch\nprint(1)".encode()})
        server.write_list(inside / "_internal" / "resources" / "runtime" / list_file().name)

        def shotglass(*arguments: str) -> subprocess.CompletedProcess[str]:
            environment = {**os.environ, "NO_PROXY": "127.0.0.1", "PYTHONPATH": ""}
            return subprocess.run(
                [inside / "shotglass", *arguments], env=environment, capture_output=True, text=True, check=False
            )

        assert "No module named torch" in shotglass("-m", "torch").stderr
        assert shotglass("models", "download", "runtime", "--yes").returncode == 0
    done = shotglass("-m", "torch")
    assert (done.stdout, done.stderr) == ("1\n", "")
    assert shotglass("models", "remove", "runtime", "--yes").returncode == 0
    assert "No module named torch" in shotglass("-m", "torch").stderr


def test_another_build_gives_the_same_bytes(packages: Path, folder: Path) -> None:
    before = contents(folder / "frozen")
    build(folder, "folder")
    assert contents(folder / "frozen") == before
