"""Entries that are files: of the freedesktop.org Autostart Specification, and launch agents of macOS."""

import plistlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers.expat import ExpatError

from desktop.autostart.api import own_command, own_folder
from desktop.desktop_entry import APP_ID, as_value, lost_program, start_lines
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.language import tr

_LINES = ("[Desktop Entry]", "Type=Application", "Name=Shotglass", "Icon=shotglass", "Terminal=false")


class EntryFile:
    """The entry is there where its file is. `program` reads from a file which program it starts, '' for none."""

    def __init__(self, path: Path, content: Callable[[], bytes], program: Callable[[bytes], str]) -> None:
        self.path = path
        self._content = content
        self._program = program

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""
        entry = self._read()
        return bool(entry) and b"Hidden=true" not in entry and not self.lost

    @property
    def lost(self) -> str:
        """The program of an entry that outlived it, or ''."""
        return lost_program(self.path, self._program)

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

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError:
            return b""


def desktop_entry() -> bytes:
    """A desktop entry that starts this program."""
    return "\n".join([*_LINES, start_lines(own_command()), f"Path={as_value(str(own_folder()))}", ""]).encode()


def launch_agent() -> bytes:
    """A launch agent that starts this program at login; written against Apple's documentation, not tried."""
    return plistlib.dumps(
        {
            "Label": APP_ID,
            "ProgramArguments": own_command(),
            "WorkingDirectory": str(own_folder()),
            "RunAtLoad": True,
        }
    )


def agent_program(agent: bytes) -> str:
    """The program that a launch agent starts, '' where it does not tell."""
    try:
        return str(plistlib.loads(agent)["ProgramArguments"][0])
    except (plistlib.InvalidFileException, LookupError, ExpatError):
        return ""
