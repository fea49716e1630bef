"""Checksums of weights: SHA-256, and the name that git gives to a small file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 1 << 20


class Checksums:
    """Both checksums of a file of `size` bytes, taken while its bytes pass by."""

    def __init__(self, size: int) -> None:
        self._sha256 = hashlib.sha256()
        self._git = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)

    def update(self, chunk: bytes) -> None:
        """Count in the next bytes."""
        self._sha256.update(chunk)
        self._git.update(chunk)

    @property
    def sha256(self) -> str:
        """SHA-256 of all bytes so far, in hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def git_sha1(self) -> str:
        """What git calls a file of these bytes, in hexadecimal; true once all `size` bytes were counted in."""
        return self._git.hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, 1 MiB at a time; raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
