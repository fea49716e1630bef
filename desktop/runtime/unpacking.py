"""Wheels into a folder that Python can import from.

By `zipfile`: the frozen program has no Python for pip to run in, and the library `installer` takes no word to stop.
"""

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.download.checksum import CHUNK_BYTES

_IMPORTED = ("purelib", "platlib")
_EXECUTABLE = 0o111


def unpack(wheels: Sequence[Path], folder: Path, come: Callable[[int], None]) -> None:
    """Write what the wheels hold below the folder; `come` is told of bytes and ends it by raising.

    Raises OSError, and BadZipFile for a wheel that would write elsewhere.
    """
    folder.mkdir(parents=True)
    for wheel in wheels:
        with ZipFile(wheel) as archive:
            for entry in archive.infolist():
                place = place_of(entry.filename)
                if place and not entry.is_dir():
                    _extract(archive, entry, folder / place, come)


def _extract(archive: ZipFile, entry: ZipInfo, path: Path, come: Callable[[int], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as packed, path.open("wb") as file:
        while chunk := packed.read(CHUNK_BYTES):
            come(len(chunk))
            file.write(chunk)
    if entry.external_attr >> 16 & _EXECUTABLE:
        path.chmod(0o755)


def place_of(name: str) -> str:
    """Where a file of a wheel goes, '' where nothing imports it; raises BadZipFile for a place outside."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise BadZipFile(name)
    top, *inner = path.parts
    if not top.endswith(".data"):
        return name
    return "/".join(inner[1:]) if inner and inner[0] in _IMPORTED else ""
