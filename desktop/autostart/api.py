"""What the app may ask of the way in which a system starts programs at login."""

import sys
from pathlib import Path
from typing import Protocol

import desktop


class Autostart(Protocol):
    """One entry for this program."""

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""

    @property
    def lost(self) -> str:
        """The program of an entry that outlived it, or ''."""

    def turn(self, on: bool) -> None:
        """Make the entry or take it away; raises UserError where the system does not let it."""


def own_command() -> list[str]:
    """The command that starts this program."""
    program = without_console(Path(sys.executable)) if sys.platform == "win32" else sys.executable
    return [str(program)] if getattr(sys, "frozen", False) else [str(program), "-m", "desktop"]


def without_console(program: Path) -> Path:
    """The twin of a program of Windows that opens no console window, as pythonw is one of python; else itself."""
    twin = program.with_stem(f"{program.stem}w")
    return program if program.stem.endswith("w") or not twin.exists() else twin


def own_folder() -> Path:
    """Where it is started, so that a program that was not installed is found."""
    return Path(desktop.__file__).resolve().parent.parent
