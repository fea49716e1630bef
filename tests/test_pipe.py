"""The named pipe of Windows: its name, the talk through it (on a terminal, a file that answers), its sessions."""

import os
import signal
import threading
import tty
from collections.abc import Iterator
from ctypes import POINTER, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path

import pytest

from desktop.pipe import exchange, in_other_session, pipe_name
from tests.native_library import c_library


@pytest.fixture
def ends() -> Iterator[tuple[int, str]]:
    """The app's end of a talk, and the path of the other end; its hanging up ends no tests that have no terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)
    signal.signal(signal.SIGHUP, before)


def test_each_user_has_a_pipe_of_their_own() -> None:
    """The folder of the socket is the user's; what is in its path does not show in the name."""
    anna, ben = (Path(f"C:/Users/{name}/AppData/Local/Temp/shotglass/shotglass.sock") for name in ("anna", "ben"))
    assert pipe_name(anna) == pipe_name(anna)
    assert pipe_name(anna) != pipe_name(ben)
    assert pipe_name(anna).startswith("shotglass-")
    assert "anna" not in pipe_name(anna)


def test_a_line_is_answered(ends: tuple[int, str]) -> None:
    ours, theirs = ends

    def answer() -> None:
        assert os.read(ours, 100) == b"ping\n"
        os.write(ours, b"ok\n")

    app = threading.Thread(target=answer)
    app.start()
    assert exchange(b"ping\n", theirs, 10) == b"ok\n"
    app.join()


def test_an_app_that_hangs_is_not_waited_for(ends: tuple[int, str]) -> None:
    """The command ends, whatever the pipe does."""
    ours, theirs = ends
    with pytest.raises(TimeoutError):
        exchange(b"ping\n", theirs, 0.1)
    os.write(ours, b"too late\n")


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange(b"ping\n", str(tmp_path / "pipe"), 10)


@pytest.mark.parametrize(("theirs", "known", "other"), [(1, 1, False), (2, 1, True), (2, 0, False)])
def test_other_sessions_are_told_apart(theirs: int, known: int, other: bool) -> None:
    """By what kernel32 says of the client of a pipe and of this process; where it says nothing there is one."""

    def client(pipe: int, session: object) -> int:
        assert pipe == 0x1_0000_0004  # a handle needs all its bits
        session[0] = theirs  # type: ignore[index]
        return known

    def process(number: int, session: object) -> int:
        assert number == os.getpid()
        session[0] = 1  # type: ignore[index]
        return 1

    kernel32 = c_library(
        {
            "GetNamedPipeClientSessionId": (c_int, (c_void_p, POINTER(c_ulong)), client),
            "ProcessIdToSessionId": (c_int, (c_uint, POINTER(c_uint)), process),
        }
    )
    assert in_other_session(0x1_0000_0004, kernel32) is other


def test_only_windows_has_them() -> None:
    assert not in_other_session(4)
