"""A lock between processes, so that two set-ups at once take turns."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, poll_s: float = 0.2) -> Iterator[None]:
    """Hold the lock on the file; the system gives it back when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        told = False
        while True:
            try:
                _take(file)
                break
            except OSError:
                if not told:
                    print("Another set-up of this folder is running; waiting for it.", flush=True)
                    told = True
                time.sleep(poll_s)
        yield
