"""Which way to register shortcuts fits this desktop."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.hotkey.absent import AbsentHotkeys
from desktop.hotkey.api import HotkeyError, Hotkeys
from desktop.language import tr, tr_later

if TYPE_CHECKING:
    from desktop.portal.portal import Portal

WAY_ROUND = tr_later(
    "Shortcuts cannot be registered on {where} yet; "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)


def choose_hotkeys(portal: "Portal | None", titles: Mapping[str, str], parent: QObject | None = None) -> Hotkeys:
    """The hotkeys of this desktop; where there are none, ones that say so.

    `portal` is there on Wayland, `titles` names the tasks for it.
    """
    if sys.platform != "linux":
        return AbsentHotkeys(tr(WAY_ROUND, where=sys.platform), parent)
    if portal:
        from desktop.hotkey.wayland import WaylandHotkeys

        return WaylandHotkeys(portal, titles, parent)
    from desktop.hotkey.x11 import X11Hotkeys

    try:
        return X11Hotkeys(parent)
    except HotkeyError as error:
        return AbsentHotkeys(str(error), parent)
