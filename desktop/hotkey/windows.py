"""Shortcuts that Windows registers; written against Microsoft's documentation, not tried there.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_int, c_short, wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from desktop.hotkey.api import HotkeyError, Shortcut
from desktop.hotkey.keyboard_hook import KeyboardHook
from desktop.hotkey.refusals import NO_KEY, NOT_REGISTERED, TAKEN
from desktop.hotkey.virtual_keys import LATIN_KEYS, MODIFIERS, NAMED_KEYS
from desktop.language import tr
from desktop.native import declare

WM_HOTKEY = 0x0312
MOD_NOREPEAT = 0x4000
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
PROTOTYPES = {
    "RegisterHotKey": (wintypes.BOOL, wintypes.HWND, c_int, wintypes.UINT, wintypes.UINT),
    "UnregisterHotKey": (wintypes.BOOL, wintypes.HWND, c_int),
    "VkKeyScanW": (c_short, wintypes.WCHAR),
}
# VkKeyScanW puts what must be held with the key into its high byte.
_HELD = {0x1: "Shift", 0x2: "Ctrl", 0x4: "Alt"}


class WindowsRegistrar:
    """Registers keys for this thread: their messages come with no window. What is taken may go to the `hook`.

    `user32` is that library and `last_error` tells why its last call failed.
    """

    def __init__(
        self, heard: Callable[[int], None], user32: Any, last_error: Callable[[], int], hook: KeyboardHook
    ) -> None:
        self._user32 = declare(user32, PROTOTYPES)
        self._last_error = last_error
        self._hook = hook
        self._filter = HotkeyFilter(heard)
        if application := QCoreApplication.instance():
            application.installNativeEventFilter(self._filter)

    def register(self, number: int, shortcut: Shortcut) -> None:
        """Have the number told at each press; raises HotkeyError."""
        key, modifiers = self._code(shortcut)
        if self._user32.RegisterHotKey(None, number, modifiers | MOD_NOREPEAT, key):
            return
        code = self._last_error()
        if self._hook.wanted():
            self._hook.hold(number, shortcut)
        elif code == ERROR_HOTKEY_ALREADY_REGISTERED:
            raise HotkeyError(tr(TAKEN, keys=shortcut))
        else:
            raise HotkeyError(tr(NOT_REGISTERED, keys=shortcut, code=code))

    def unregister(self, number: int) -> None:
        """Give a registered shortcut back."""
        if not self._hook.let_go(number):
            self._user32.UnregisterHotKey(None, number)

    def close(self) -> None:
        """Hear nothing any more."""
        if application := QCoreApplication.instance():
            application.removeNativeEventFilter(self._filter)

    def _code(self, shortcut: Shortcut) -> tuple[int, int]:
        """The virtual key and the modifiers; raises HotkeyError where this keyboard has no such key."""
        held, key = set(shortcut.modifiers), NAMED_KEYS.get(shortcut.key)
        if key is None and len(shortcut.key) == 1 and shortcut.key <= "\uffff":
            scanned = self._user32.VkKeyScanW(shortcut.key.lower())
            if scanned == -1:
                key = LATIN_KEYS.get(shortcut.key)
            else:
                key = scanned & 0xFF
                held |= {name for bit, name in _HELD.items() if scanned >> 8 & bit}
        if key is None:
            raise HotkeyError(tr(NO_KEY, keys=shortcut))
        return key, sum(MODIFIERS[name] for name in held)


class HotkeyFilter(QAbstractNativeEventFilter):
    """Takes the messages of hotkeys out of Qt's event loop."""

    def __init__(self, heard: Callable[[int], None]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int, /) -> tuple[bool, int]:
        """Tell the number of a hotkey; `message` is the address of a MSG, whose `kind` differs with the way it came."""
        del kind
        told = wintypes.MSG.from_address(int(message))
        if told.message != WM_HOTKEY:
            return False, 0
        self._heard(told.wParam)
        return True, 0


def make_registrar(heard: Callable[[int], None], may_hook: Callable[[], bool]) -> WindowsRegistrar:
    """A registrar of this system; raises HotkeyError elsewhere."""
    if sys.platform == "win32":
        user32 = ctypes.WinDLL("user32", use_last_error=True)
        return WindowsRegistrar(heard, user32, ctypes.get_last_error, KeyboardHook(heard, may_hook))
    raise HotkeyError("this is not Windows")
