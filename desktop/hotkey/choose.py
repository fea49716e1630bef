"""Which way to register shortcuts fits this desktop."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.hotkey.absent import AbsentHotkeys
from desktop.hotkey.api import HotkeyError, Hotkeys

if TYPE_CHECKING:
    from desktop.portal.portal import Portal


def choose_hotkeys(
    portal: "Portal | None",
    titles: Mapping[str, str],
    may_hook: Callable[[], bool] = lambda: False,
    may_ask: Callable[[], bool] = lambda: True,
    parent: QObject | None = None,
) -> Hotkeys:
    """The hotkeys of this desktop; where there are none, ones that say so.

    `portal` is there on Wayland, `titles` names the tasks for it. On Windows `may_hook` tells whether the user lets
    every key be listened to for the sake of shortcuts that the system refuses. On Wayland `may_ask` tells whether the
    desktop may ask its user for shortcuts that it does not give by itself.
    """
    try:
        return _choose(portal, titles, may_hook, may_ask, parent)
    except HotkeyError as error:
        return AbsentHotkeys(str(error), parent)


def _choose(
    portal: "Portal | None",
    titles: Mapping[str, str],
    may_hook: Callable[[], bool],
    may_ask: Callable[[], bool],
    parent: QObject | None,
) -> Hotkeys:
    if sys.platform == "win32":
        from desktop.hotkey import windows
        from desktop.hotkey.registered import RegisteredHotkeys

        return RegisteredHotkeys(partial(windows.make_registrar, may_hook=may_hook), parent)
    if sys.platform == "darwin":
        from desktop.hotkey import mac
        from desktop.hotkey.registered import RegisteredHotkeys

        return RegisteredHotkeys(mac.make_registrar, parent)
    if portal:
        from desktop.hotkey.wayland import WaylandHotkeys

        return WaylandHotkeys(portal, titles, may_ask, parent)
    from desktop.hotkey.x11 import X11Hotkeys

    return X11Hotkeys(parent)
