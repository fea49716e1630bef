"""Which way to register shortcuts fits this desktop."""

import os
import sys

from PySide6.QtCore import QObject

from desktop.hotkey.absent import AbsentHotkeys
from desktop.hotkey.api import HotkeyError, Hotkeys

WAY_ROUND = (
    "Shortcuts cannot be registered on {where} yet; "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)


def choose_hotkeys(parent: QObject | None = None) -> Hotkeys:
    """The hotkeys of this desktop; where there are none, ones that say so."""
    if sys.platform != "linux":
        return AbsentHotkeys(WAY_ROUND.format(where=sys.platform), parent)
    if os.environ.get("WAYLAND_DISPLAY"):
        return AbsentHotkeys(WAY_ROUND.format(where="Wayland"), parent)
    from desktop.hotkey.x11 import X11Hotkeys

    try:
        return X11Hotkeys(parent)
    except HotkeyError as error:
        return AbsentHotkeys(str(error), parent)
