"""Shortcuts that Windows refuses to register, heard by the package `keyboard`; only where the user asked for it.

It listens to every key, may stop after the computer slept, and is slower: registering comes first. Not tried there.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from desktop.hotkey.api import MODIFIERS, HotkeyError, Shortcut
from desktop.hotkey.refusals import NO_KEY
from desktop.language import tr

log = logging.getLogger(__name__)

QUIET_S = 1.0
"""A key that is held repeats itself; only what comes after so much silence is another press."""

_NAMES = {
    "Meta": "windows",
    "+": "plus",
    ",": "comma",
    "Del": "delete",
    "Ins": "insert",
    "PgUp": "page up",
    "PgDown": "page down",
    "Return": "enter",
    "Backtab": "tab",
    "Print": "print screen",
    "SysReq": "print screen",
    "CapsLock": "caps lock",
    "NumLock": "num lock",
    "ScrollLock": "scroll lock",
    "Media Play": "play/pause media",
    "Toggle Media Play/Pause": "play/pause media",
    "Media Next": "next track",
    "Media Previous": "previous track",
    "Media Stop": "stop media",
}


class KeyboardHook:
    """`heard` is told the number of a shortcut, in a thread of that package; `wanted` whether it may listen."""

    def __init__(self, heard: Callable[[int], None], wanted: Callable[[], bool]) -> None:
        self.wanted = wanted
        self._heard = heard
        self._held: dict[int, Any] = {}
        self._last_s: dict[int, float] = {}

    def hold(self, number: int, shortcut: Shortcut) -> None:
        """Listen to a shortcut and keep it from other programs; raises HotkeyError."""
        import keyboard

        try:
            self._held[number] = keyboard.add_hotkey(hook_name(shortcut), self._press, (number,), suppress=True)
        except ValueError as error:  # a key of no name that it knows
            log.info("%s", error)
            raise HotkeyError(tr(NO_KEY, keys=shortcut)) from error

    def let_go(self, number: int) -> bool:
        """Listen to it no more; False where it was not listened to."""
        if number not in self._held:
            return False
        import keyboard

        keyboard.remove_hotkey(self._held.pop(number))
        self._last_s.pop(number, None)
        return True

    def _press(self, number: int) -> None:
        now = time.monotonic()
        last, self._last_s[number] = self._last_s.get(number, -QUIET_S), now
        if now - last >= QUIET_S:
            self._heard(number)


def hook_name(shortcut: Shortcut) -> str:
    """A shortcut as that package writes it: "ctrl+alt+page up"."""
    keys = [name for name in MODIFIERS if name in shortcut.modifiers] + [shortcut.key]
    return "+".join(_NAMES.get(key, key.lower()) for key in keys)
