"""Programs that a test starts together, and that end with it."""

import contextlib
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any


class Programs:
    """They share a folder, which goes when the `with` statement ends, and an `environment`."""

    def __init__(self) -> None:
        self._runtime = tempfile.TemporaryDirectory()
        self.folder = Path(self._runtime.name)
        self.environment: dict[str, str] = {}
        self._processes: list[subprocess.Popen[Any]] = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.communicate()
        with contextlib.suppress(OSError):  # what portals mounted there may still be held
            self._runtime.cleanup()
