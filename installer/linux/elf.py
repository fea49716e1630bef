"""What the header of a Linux program or library says: what it links to, in which versions; read by readelf."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

MAGIC = b"\x7fELF"
_LINK = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+)\]")
_VERSION = re.compile(r"Name: (GLIBC|GLIBCXX)_([\d.]+) ")


def is_elf(file: Path) -> bool:
    """Tell a program or library by its first bytes."""
    with file.open("rb") as opened:
        return opened.read(4) == MAGIC


def elf_files(folder: Path) -> Iterator[Path]:
    """The programs and libraries in a folder, each once however many links point to it."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink() and is_elf(file))


def links_of(*files: str | Path) -> set[str]:
    """The names of the libraries that any of these files links to directly."""
    return set(_LINK.findall(_readelf("--dynamic", files)))


def newest_versions(files: Iterable[Path]) -> dict[str, tuple[int, ...]]:
    """The newest symbol versions of GLIBC and GLIBCXX that any of these files asks for."""
    newest: dict[str, tuple[int, ...]] = {}
    for name, version in _VERSION.findall(_readelf("--version-info", list(files))):
        newest[name] = max(newest.get(name, (0,)), tuple(map(int, version.split("."))))
    return newest


def _readelf(what: str, files: Iterable[str | Path]) -> str:
    command = ["readelf", "--wide", what, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={"LC_ALL": "C"}).stdout
