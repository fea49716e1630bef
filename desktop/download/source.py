"""What a place that offers files tells of them, and how it fails."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.download.checksum import Checksums
from desktop.language import tr

Read = Callable[[str], Awaitable[bytes]]
"""Brings a short answer from an address; raises HubError."""


class HubError(Exception):
    """Why a hub cannot give its files: a sentence about `{hub}` without its full stop, and its other fields."""

    def __init__(self, sentence: str, **fields: object) -> None:
        super().__init__(sentence.format(hub="the hub", **fields))
        self.sentence = sentence
        self.fields = fields

    def told_of(self, hub: str) -> str:
        """The sentence for people, about a hub of that name."""
        return tr(self.sentence, hub=hub, **self.fields)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as a hub lists it: size in bytes, and one checksum at least, in hexadecimal."""

    name: str
    size: int
    sha256: str = ""
    git_sha1: str = ""

    def begin_checksums(self) -> Checksums:
        """Checksums for its bytes, of the kinds that it is listed with."""
        return Checksums(None if self.sha256 else self.size)

    def matches(self, sums: Checksums) -> bool:
        """Tell whether the checksums of all its bytes are the listed ones."""
        return sums.sha256 == self.sha256 if self.sha256 else sums.git_sha1 == self.git_sha1


class Source(Protocol):
    """A place that offers the files of one download."""

    @property
    def id(self) -> str:
        """What the manifest calls it."""

    @property
    def title(self) -> str:
        """What people call it."""

    async def find(self, read: Read) -> Sequence[tuple[RemoteFile, str]]:
        """Every file of the download and the address of its bytes; raises HubError."""
