"""The named pipe of the running app on Windows: one a user, in all sessions; by Microsoft's documentation, not tried.

Names of pipes are shared by all users and sessions of a computer:
https://learn.microsoft.com/windows/win32/ipc/pipe-names
"""

import ctypes
import os
import sys
from ctypes import POINTER, byref, wintypes
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

from desktop.native import declare

PIPES = "\\\\.\\pipe\\"
PROTOTYPES = {
    "GetNamedPipeClientSessionId": (wintypes.BOOL, wintypes.HANDLE, POINTER(wintypes.ULONG)),
    "ProcessIdToSessionId": (wintypes.BOOL, wintypes.DWORD, POINTER(wintypes.DWORD)),
}


def pipe_name(path: Path) -> str:
    """The pipe that stands for the socket at `path`, which lies in the user's own folder."""
    return f"shotglass-{sha256(str(path).encode()).hexdigest()[:16]}"


def exchange(line: bytes, pipe: str, timeout_s: float) -> bytes:
    """The line that answers `line`; OSError where nobody listens, TimeoutError where nobody answers."""
    told: list[bytes | OSError] = []

    def talk() -> None:
        try:
            with Path(pipe).open("r+b", buffering=0) as stream:
                stream.write(line)
                told.append(stream.readline())
        except OSError as error:
            told.append(error)

    talker = Thread(target=talk, daemon=True)  # a pipe has no timeout of its own
    talker.start()
    talker.join(timeout_s)
    if not told:
        raise TimeoutError("no answer in time")
    if isinstance(told[0], OSError):
        raise told[0]
    return told[0]


def in_other_session(handle: int, kernel32: Any = None) -> bool:
    """Whether who is at the other end of a pipe is logged in elsewhere, where no window of ours is seen."""
    if sys.platform == "win32":
        kernel32 = kernel32 or ctypes.WinDLL("kernel32")
    if kernel32 is None:
        return False
    declare(kernel32, PROTOTYPES)
    theirs, ours = wintypes.ULONG(), wintypes.DWORD()
    known = kernel32.GetNamedPipeClientSessionId(handle, byref(theirs)) and kernel32.ProcessIdToSessionId(
        os.getpid(), byref(ours)
    )
    return bool(known) and theirs.value != ours.value
