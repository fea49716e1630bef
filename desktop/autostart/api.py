"""What the app may ask of the way in which a system starts programs at login."""

import sys
from pathlib import Path
from typing import Protocol

import desktop


class Autostart(Protocol):
    """One entry for this program."""

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""

    def turn(self, on: bool) -> None:
        """Make the entry or take it away; raises UserError where the system does not let it."""


def own_command() -> list[str]:
    """The command that starts this program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def own_folder() -> Path:
    """Where it is started, so that a program that was not installed is found."""
    return Path(desktop.__file__).resolve().parent.parent
