"""The entry in the desktop's menu: by it desktops know the program, its icon, and what the user allowed it."""

import os
import re
import shutil
import sys
from pathlib import Path

from desktop import paths
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.frozen import is_frozen
from desktop.language import tr

NAME = "shotglass"
APP_ID = "org.shotglass.Shotglass"
"""The entry's file, windows and portals carry it. GNOME keeps no shortcut of an id without a dot."""
_ENTRY = """[Desktop Entry]
Type=Application
Name=Shotglass
Comment=Drag over the screen and read the answer
Exec={command}
Icon={name}
Terminal=false
Categories=Utility;
StartupNotify=false
StartupWMClass={name}
Actions=capture;

[Desktop Action capture]
Name=Capture
Exec={command} capture
"""


def entry_file() -> Path:
    """Where the entry of this user stands."""
    return _data() / "applications" / f"{APP_ID}.desktop"


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
    return entry_file()


def entry(command: str) -> bytes:
    """The entry's content, for a command as its Exec wants it."""
    return _ENTRY.format(command=command, name=NAME).encode()


def remove() -> bool:
    """Delete both; False where there was nothing. Raises UserError."""
    there = [file for file in (entry_file(), icon_file()) if file.exists()]
    try:
        for file in there:
            file.unlink()
    except OSError as error:
        raise UserError(
            tr("{path} could not be deleted: {reason}.", path=error.filename, reason=error.strerror)
        ) from error
    return bool(there)


def _command() -> str:
    """How to start this very program, quoted as the entry's Exec wants it."""
    if is_frozen():
        return quoted(sys.executable)
    script = Path(sys.executable).with_name(NAME)
    if script.exists():
        return quoted(str(script))
    found = shutil.which(NAME)
    return quoted(found) if found else f"{quoted(sys.executable)} -m desktop"


def quoted(word: str) -> str:
    """A word for the Exec line, whose quoting is itself inside a string with escapes."""
    escaped = re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")
    return f'"{escaped}"'


def _data() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
