"""Checksums of weights: SHA-256, and the name that git gives to a small file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 1 << 20


class Checksums:
    """Taken while a file's bytes pass by; the one of git only where the file's size in bytes is given."""

    def __init__(self, git_size: int | None = None) -> None:
        self._sha256 = hashlib.sha256()
        self._git = None if git_size is None else hashlib.sha1(b"blob %d\0" % git_size, usedforsecurity=False)

    def update(self, chunk: bytes) -> None:
        """Count in the next bytes."""
        self._sha256.update(chunk)
        if self._git:
            self._git.update(chunk)

    @property
    def sha256(self) -> str:
        """SHA-256 of all bytes so far, in hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def git_sha1(self) -> str:
        """What git calls a file of these bytes, in hexadecimal, or ''; true once all of them were counted in."""
        return self._git.hexdigest() if self._git else ""


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, 1 MiB at a time; raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
