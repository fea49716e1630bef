"""Files are written whole or not at all, and every refusal says what to do."""

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.files import write_atomically

_STOP_BEFORE_REPLACE = """
import os, signal, sys
from pathlib import Path
from desktop import files
files.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
files.write_atomically(Path(sys.argv[1]), b"new")
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mount.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {mount.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_file_is_written_into_a_new_folder(tmp_path: Path) -> None:
    """Folders are made, the bytes are the bytes, nothing else is left behind."""
    path = tmp_path / "a" / "b" / "文.txt"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_permissions_stay_and_new_ones_are_usual(tmp_path: Path) -> None:
    """A new file follows the umask; a replaced one keeps its mode."""
    path = tmp_path / "file"
    old = os.umask(0o027)
    try:
        write_atomically(path, b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o600)
    write_atomically(path, b"again")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link is replaced, as people with linked settings expect."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real" / "file")
    write_atomically(link, b"data")
    assert link.is_symlink()
    assert (tmp_path / "real" / "file").read_bytes() == b"data"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """A device or a pipe is never replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_atomically(pipe, b"data")
        assert reader.communicate(timeout=60)[0] == b"data"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_crash_before_the_end_leaves_the_old_file(tmp_path: Path) -> None:
    """A process that is killed between writing and replacing has changed nothing."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    ended = subprocess.run([sys.executable, "-c", _STOP_BEFORE_REPLACE, path], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_full_disk_is_told_and_the_old_file_stays(small_disk: Path) -> None:
    """No room: the sentence says so, the old file is whole, and no half file is left."""
    path = small_disk / "file"
    write_atomically(path, b"old")
    with pytest.raises(UserError, match=r"^Could not save .*file: the disk is full; free some space .*folder\.$"):
        write_atomically(path, bytes(100_000))
    assert path.read_bytes() == b"old"
    assert list(small_disk.iterdir()) == [path]


def test_a_device_is_written_to(tmp_path: Path) -> None:
    """An own always-full device, so that a mistake here cannot replace that of the computer, stays what it is."""
    device = tmp_path / "full"
    try:
        os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 7))
    except PermissionError:
        pytest.skip("making a device is not permitted here")
    with pytest.raises(UserError, match="the disk is full"):
        write_atomically(device, b"data")
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_limit_on_file_sizes_is_told(tmp_path: Path) -> None:
    """A write that is cut off in the middle leaves nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(UserError, match="larger than is allowed here"):
            write_atomically(tmp_path / "file", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.glob("*file*")) == []


@pytest.mark.parametrize(
    ("below", "words"),
    [
        ("file/new", "part of that path is a file; choose another folder"),
        ("file/deep/new", "part of that path is a file; choose another folder"),
        ("folder", "that is a folder; give a file name"),
        ("x" * 300, "the name is too long; choose a shorter one"),
    ],
)
def test_an_impossible_path_is_told(tmp_path: Path, below: str, words: str) -> None:
    """Each refusal is one sentence with its cure."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError) as refused:
        write_atomically(tmp_path / below, b"data")
    assert str(refused.value) == f"Could not save {tmp_path / below}: {words}."
