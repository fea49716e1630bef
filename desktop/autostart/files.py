"""Entries that are files: of the freedesktop.org Autostart Specification, and launch agents of macOS."""

import plistlib
from collections.abc import Callable
from pathlib import Path

from desktop.autostart.api import own_command, own_folder
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.language import tr

_ESCAPED = {character: f"\\\\{character}" for character in '"`$'} | {"\\": "\\" * 4, "%": "%%"}
_LINES = ("[Desktop Entry]", "Type=Application", "Name=Shotglass", "Icon=shotglass", "Terminal=false")


class EntryFile:
    """The entry is there where its file is."""

    def __init__(self, path: Path, content: Callable[[], bytes]) -> None:
        self.path = path
        self._content = content

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""
        try:
            return b"Hidden=true" not in self.path.read_bytes()
        except OSError:
            return False

    def turn(self, on: bool) -> None:
        """Write the file or delete it; raises UserError."""
        if on:
            write_atomically(self.path, self._content())
            return
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            deleted = tr("{path} could not be deleted: {reason}.", path=self.path, reason=error.strerror)
            raise UserError(deleted) from error


def desktop_entry() -> bytes:
    """A desktop entry that starts this program."""
    words = " ".join(f'"{"".join(_ESCAPED.get(c, c) for c in word)}"' for word in own_command())
    folder = str(own_folder()).replace("\\", "\\\\")
    return "\n".join([*_LINES, f"Exec={words}", f"Path={folder}", ""]).encode()


def launch_agent() -> bytes:
    """A launch agent that starts this program at login; written against Apple's documentation, not tried."""
    return plistlib.dumps(
        {
            "Label": "shotglass",
            "ProgramArguments": own_command(),
            "WorkingDirectory": str(own_folder()),
            "RunAtLoad": True,
        }
    )
