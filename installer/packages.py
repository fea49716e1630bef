"""Freezes the program and packs it in the ways that this system knows; runs in the workshop's environment."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.runtime.wheels import list_file
from installer.bom import write_bom
from installer.frozen import Frozen, freeze
from installer.linux.deb import build_deb
from installer.linux.tar import build_tar
from installer.macos.dmg import build_dmg
from installer.setup_program import build_setup
from installer.workshop import python_of

KINDS: Mapping[str, Mapping[str, Callable[[Frozen, Path], Path]]] = {
    "linux": {"deb": build_deb, "tar": build_tar},
    "win32": {"setup": build_setup},
    "darwin": {"dmg": build_dmg},
}
FOLDER = "folder"
"""The kind that is the frozen program itself, unpacked."""
SUMS = "SHA256SUMS"


def main() -> None:
    """Make the packages that are named, or all of this system, in the folder `packages`."""
    kinds = {FOLDER: lambda frozen, _out: frozen.folder, **KINDS.get(sys.platform, {})}
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--quickly", action="store_true")
    options = parser.parse_args()
    if unknown := sorted({*options.kinds} - kinds.keys()):
        raise SystemExit(f"{', '.join(unknown)} cannot be made here; this system makes {', '.join(kinds)}.")
    out: Path = options.folder / "packages"
    out.mkdir(parents=True, exist_ok=True)
    if not list_file().exists():
        print(f"{list_file()} is missing: this program will offer no model on its user's computer", flush=True)
    frozen = freeze(options.folder, options.quickly)
    for kind in options.kinds or kinds:
        file = kinds[kind](frozen, out)
        print(f"{file}: {size_mb(file):.0f} MB", flush=True)
    write_bom(frozen, out, python_of(options.folder / "tools"))
    write_sums(out)


def size_mb(place: Path) -> float:
    """What a file, or all files in a folder, take in millions of bytes; links take nothing."""
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink()) / 1e6


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file of the folder as `sha256sum --check` reads it."""
    files = [file for file in sorted(folder.iterdir()) if file.name != SUMS]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
