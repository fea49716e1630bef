"""What belongs into a model's folder: names, sizes and checksums, kept beside the weights."""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from desktop.files import write_atomically

NAME = "shotglass.json"
PART = ".part"


class State(StrEnum):
    """What is known of a file."""

    WANTED = "wanted"
    WHOLE = "whole"
    BAD = "bad"


class Record(BaseModel):
    """A file: size in bytes, SHA-256 in hexadecimal ("" until its bytes are here, where a hub does not tell)."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*$")
    size: int = Field(ge=0)
    sha256: str = ""
    state: State = State.WANTED

    def bytes_here(self, folder: Path) -> int:
        """How much of it stands on the disk, as a whole file or as a part; a bad file counts nothing."""
        if self.state is State.WHOLE:
            return self.size if size_of(folder / self.name) == self.size else 0
        part = size_of(folder / f"{self.name}{PART}")
        return part if 0 < part <= self.size else 0


class Manifest(BaseModel):
    """All files of a model; `source` is the hub that listed them."""

    model_config = ConfigDict(frozen=True)

    source: str
    files: tuple[Record, ...] = Field(min_length=1)

    @property
    def size(self) -> int:
        """Bytes of the whole model."""
        return sum(record.size for record in self.files)

    def share_here(self, folder: Path) -> float:
        """How much of it stands on the disk (0 to 1)."""
        return sum(record.bytes_here(folder) for record in self.files) / max(self.size, 1)

    def complete(self, folder: Path) -> bool:
        """Tell whether every file came whole and still has its size; the bytes are not looked at."""
        return all(r.state is State.WHOLE and size_of(folder / r.name) == r.size for r in self.files)

    def replace(self, changed: Record) -> "Manifest":
        """The same with one record changed."""
        files = tuple(changed if record.name == changed.name else record for record in self.files)
        return Manifest(source=self.source, files=files)

    def find(self, name: str) -> Record | None:
        """The record of a file."""
        return next((record for record in self.files if record.name == name), None)

    def write(self, folder: Path) -> None:
        """Keep it in the folder; raises UserError where the disk does not let it."""
        write_atomically(folder / NAME, f"{self.model_dump_json(indent=2)}\n".encode())


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none that can be read."""
    with suppress(OSError, ValueError):
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    return None


def size_of(path: Path) -> int:
    """Bytes of a file, -1 where there is none."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except OSError:
        return -1
