"""The entry in the desktop's menu: by it desktops know the program, its icon, and what the user allowed it."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop import paths
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.frozen import is_frozen
from desktop.language import tr, tr_later

NAME = "shotglass"
APP_ID = "org.shotglass.Shotglass"
"""The entry's file, windows and portals carry it, the taskbar of Windows and the app of macOS.

GNOME keeps no shortcut of an id without a dot.
"""
LOST = tr_later("an entry starts {program}, which is gone")
_ENTRY = """[Desktop Entry]
Type=Application
Name=Shotglass
Comment=Drag over the screen and read the answer
{start}
Icon={name}
Terminal=false
Categories=Utility;
StartupNotify=false
StartupWMClass={name}
Actions=capture;

[Desktop Action capture]
Name=Capture
{capture}
"""


def entry_file(data: Path | None = None) -> Path:
    """Where the entry of this user stands, or in another folder of data."""
    return (data or _data()) / "applications" / f"{APP_ID}.desktop"


def entry_in_use() -> Path:
    """The entry that desktops go by: this user's, or where there is none the one that a package installed for all."""
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(os.pathsep)
    files = [entry_file(), *(entry_file(Path(data)) for data in shared)]
    return next((file for file in files if file.exists()), files[0])


def icon_file() -> Path:
    """Where its icon stands."""
    return _data() / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"


def install() -> Path:
    """Write entry and icon, over older ones; the entry's file. Raises UserError."""
    if sys.platform != "linux":
        raise UserError(tr("Only Linux desktops have such entries; there is nothing to install here."))
    icon = paths.resources() / "icons" / f"{NAME}.svg"
    write_atomically(icon_file(), icon.read_bytes())
    write_atomically(entry_file(), entry(_command()))
    _delete(_earlier_file())
    return entry_file()


def entry(command: Sequence[str]) -> bytes:
    """The entry's content, for the words of a command."""
    capture = exec_line([*command, "capture"])
    return _ENTRY.format(start=start_lines(command), capture=capture, name=NAME).encode()


def remove() -> bool:
    """Delete both; False where there was nothing. Raises UserError."""
    return _delete(entry_file(), _earlier_file(), icon_file())


def _earlier_file() -> Path:
    """The entry of versions before the id had dots, which would stand in the menu a second time."""
    return entry_file().with_name(f"{NAME}.desktop")


def _delete(*files: Path) -> bool:
    there = [file for file in files if file.exists()]
    try:
        for file in there:
            file.unlink()
    except OSError as error:
        raise UserError(
            tr("{path} could not be deleted: {reason}.", path=error.filename, reason=error.strerror)
        ) from error
    return bool(there)


def _command() -> list[str]:
    """How to start this very program."""
    if is_frozen():
        return [sys.executable]
    script = Path(sys.executable).with_name(NAME)
    found = str(script) if script.exists() else shutil.which(NAME)
    return [found] if found else [sys.executable, "-m", "desktop"]


def start_lines(command: Sequence[str]) -> str:
    """How an entry starts a command; by TryExec desktops leave it alone once the program is gone."""
    return f"TryExec={as_value(command[0])}\n{exec_line(command)}"


def exec_line(command: Sequence[str]) -> str:
    """A command as the key Exec wants it, whose quoting is itself inside a value."""
    words = (re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") for word in command)
    return "Exec=" + " ".join(f'"{as_value(word)}"' for word in words)


def as_value(text: str) -> str:
    """A text as the value of a key."""
    return text.replace("\\", "\\\\")


def entry_program(entry: bytes) -> str:
    """The program that an entry starts, '' where it does not tell."""
    found = re.search(r"^TryExec=(.+)$", entry.decode(errors="replace"), re.MULTILINE)
    return found[1].replace("\\\\", "\\") if found else ""


def lost_program(file: Path, program: Callable[[bytes], str] = entry_program) -> str:
    """The program of an entry that outlived it, or ''; `program` reads it from what the file holds."""
    try:
        named = program(file.read_bytes())
    except OSError:
        return ""
    return "" if not named or shutil.which(named) else named


def _data() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
