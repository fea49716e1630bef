"""The frozen program: made by PyInstaller, and what every package of it needs to know."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from desktop import __version__
from installer.environment import ROOT


@dataclass(frozen=True, slots=True)
class Frozen:
    """`folder` holds the program; `epoch` is the time that its files bear, `quickly` packs at the cost of size."""

    folder: Path
    epoch: int
    quickly: bool = False
    version: str = __version__

    def parts(self) -> Iterator["Part"]:
        """The packages of others inside."""
        for found in sorted(self.folder.rglob("*.dist-info")):
            about = metadata.Distribution.at(found).metadata
            field = next((name for name in ("License-Expression", "License") if name in about), "")
            licence = about[field].partition("\n")[0] if field else "see its texts"
            yield Part(about["Name"], about["Version"], licence)


@dataclass(frozen=True, slots=True)
class Part:
    """A package of others, with its licence in a line."""

    name: str
    version: str
    licence: str


def freeze(folder: Path, quickly: bool) -> Frozen:
    """Make the program anew inside the folder, by the environment that this runs in."""
    out = folder / "frozen"
    shutil.rmtree(out, ignore_errors=True)
    places = ["--distpath", str(out), "--workpath", str(folder / "work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places]
    subprocess.run([*command, str(ROOT / "build.spec")], cwd=ROOT, check=True)
    return Frozen(out / "shotglass", int(os.environ["SOURCE_DATE_EPOCH"]), quickly)
