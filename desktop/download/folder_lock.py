"""A lock on a model's folder that ends with the process that holds it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from desktop.engine.api import EngineError
from desktop.language import tr, tr_later

NAME = ".lock"


class FolderLock:
    """Holds a folder, making it; `with FolderLock(folder):` raises EngineError where another program holds it.

    A folder that is empty in the end goes with the lock.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / NAME
        self._handle = -1

    def __enter__(self) -> "FolderLock":
        try:
            while self._handle < 0:
                self._handle = self._open()
        except BlockingIOError as error:
            raise EngineError(
                tr("Another Shotglass is working on {folder}; wait until it is done.", folder=self._folder)
            ) from error
        except OSError as error:
            reason = error.strerror or str(error)
            words = tr_later("Shotglass cannot write to {folder} ({reason}); make that folder yours.")
            raise EngineError(tr(words, folder=self._folder, reason=reason)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform == "win32":  # which lets nobody remove an open file
            os.close(self._handle)
        with suppress(OSError):
            self.path.unlink()
        if sys.platform != "win32":  # elsewhere who waits for this file must see that it is gone
            os.close(self._handle)
        with suppress(OSError):
            self._folder.rmdir()
        self._handle = -1

    def _open(self) -> int:
        """The handle that holds the lock, or -1 where folder or file were taken away in between."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = -1
        with suppress(FileNotFoundError):
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(handle)
                if os.fstat(handle).st_ino == self.path.stat().st_ino:
                    return handle
            except OSError:
                os.close(handle)
                raise
            os.close(handle)
        return -1


def _lock(handle: int) -> None:
    """Take the lock at once; raises BlockingIOError where it is held."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
