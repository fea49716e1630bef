"""The part of a file that is here already: NAME.part, with its checksums, until it becomes NAME."""

import asyncio
import os
from pathlib import Path
from types import TracebackType

from desktop.download.checksum import chunks_of
from desktop.download.disk import writing_to
from desktop.download.manifest import PART, size_of
from desktop.download.source import RemoteFile


class WrongBytes(Exception):  # noqa: N818 - it is what came, and it is thrown away
    """What a hub sends is not the file that it lists."""


class Part:
    """Grows byte by byte; every method raises EngineError where the disk does not let it."""

    def __init__(self, folder: Path, file: RemoteFile) -> None:
        self.file = file
        self.length = 0
        self._whole = folder / file.name
        self._path = folder / f"{file.name}{PART}"
        self._sums = file.begin_checksums()
        with writing_to(self._path.parent):
            self._handle = self._path.open("ab")

    def __enter__(self) -> "Part":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with writing_to(self._path.parent):
            self._handle.close()

    async def recount(self) -> None:
        """Take the checksums of what an earlier download left; more than the file holds is thrown away."""
        if size_of(self._path) > self.file.size:
            self.restart()
        with writing_to(self._path.parent):
            for chunk in chunks_of(self._path):
                self._sums.update(chunk)
                self.length += len(chunk)
                await asyncio.sleep(0)  # lets a cancel in

    def append(self, chunk: bytes) -> None:
        """Write the next bytes; raises WrongBytes where the file would grow too long."""
        if self.length + len(chunk) > self.file.size:
            raise WrongBytes
        with writing_to(self._path.parent):
            self._handle.write(chunk)
        self._sums.update(chunk)
        self.length += len(chunk)

    def restart(self) -> None:
        """Throw away what is here."""
        with writing_to(self._path.parent):
            self._handle.truncate(0)
        self.length = 0
        self._sums = self.file.begin_checksums()

    def finish(self) -> str:
        """Make it the file, at once and whole; its SHA-256. Raises WrongBytes."""
        if self.length != self.file.size or not self.file.matches(self._sums):
            raise WrongBytes
        with writing_to(self._path.parent):
            self._handle.flush()
            os.fsync(self._handle.fileno())
            self._handle.close()
            os.replace(self._path, self._whole)  # noqa: PTH105 - atomic on every system
        return self._sums.sha256
