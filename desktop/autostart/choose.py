"""Which kind of autostart this system has."""

import os
import sys
from pathlib import Path

from desktop.autostart.api import Autostart
from desktop.autostart.files import EntryFile, agent_program, desktop_entry, launch_agent
from desktop.autostart.registry import RunKey
from desktop.desktop_entry import APP_ID, entry_program


def choose_autostart() -> Autostart:
    """The one of this system."""
    if sys.platform == "win32":
        return RunKey()
    if sys.platform == "darwin":
        return EntryFile(Path.home() / "Library" / "LaunchAgents" / f"{APP_ID}.plist", launch_agent, agent_program)
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return EntryFile(Path(config) / "autostart" / "shotglass.desktop", desktop_entry, entry_program)
