"""Shortcuts that macOS registers, by Carbon's event manager, which needs no permission; not tried there.

https://developer.apple.com/library/archive/documentation/Carbon/Conceptual/Carbon_Event_Manager/
"""

import ctypes
import logging
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p, sizeof
from typing import Any, ClassVar

from desktop.hotkey.api import HotkeyError, Shortcut
from desktop.hotkey.mac_keys import KEYS, MODIFIERS
from desktop.hotkey.refusals import NO_KEY, NOT_REGISTERED, TAKEN
from desktop.language import tr
from desktop.native import declare

log = logging.getLogger(__name__)

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
NO_ERROR = 0
HOTKEY_EXISTS = -9878
NOT_HANDLED = -9874  # somebody else's: the next handler may take it


def four(name: bytes) -> int:
    """One of Apple's codes that are four characters."""
    return int.from_bytes(name, "big")


class EventKind(Structure):
    """The EventTypeSpec of Carbon."""

    _fields_: ClassVar = [("event_class", c_uint32), ("event_kind", c_uint32)]


class HotkeyId(Structure):
    """The EventHotKeyID of Carbon."""

    _fields_: ClassVar = [("signature", c_uint32), ("number", c_uint32)]


SIGNATURE = four(b"Shot")
HOTKEY_PRESSED = EventKind(four(b"keyb"), 5)
HANDLER = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)
PROTOTYPES = {
    "GetApplicationEventTarget": (c_void_p,),
    "InstallEventHandler": (*(c_int32, c_void_p, HANDLER, c_ulong, POINTER(EventKind), c_void_p, POINTER(c_void_p)),),
    "RemoveEventHandler": (c_int32, c_void_p),
    "RegisterEventHotKey": (c_int32, c_uint32, c_uint32, HotkeyId, c_void_p, c_uint32, POINTER(c_void_p)),
    "UnregisterEventHotKey": (c_int32, c_void_p),
    "GetEventParameter": (c_int32, c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, c_void_p),
}


class MacRegistrar:
    """Registers keys for this application; `carbon` is that library."""

    def __init__(self, heard: Callable[[int], None], carbon: Any) -> None:
        self._carbon = declare(carbon, PROTOTYPES)
        self._heard = heard
        self._target = c_void_p(carbon.GetApplicationEventTarget())
        self._held: dict[int, c_void_p] = {}
        self._handler = HANDLER(self._handle)  # Carbon calls it as long as it is installed
        self._installed = c_void_p()
        status = carbon.InstallEventHandler(
            self._target, self._handler, 1, byref(HOTKEY_PRESSED), None, byref(self._installed)
        )
        if status != NO_ERROR:
            log.error("no hotkey can be heard: Carbon says %s", status)

    def register(self, number: int, shortcut: Shortcut) -> None:
        """Have the number told at each press; raises HotkeyError."""
        if shortcut.key not in KEYS:
            raise HotkeyError(tr(NO_KEY, keys=shortcut))
        modifiers = sum(MODIFIERS[name] for name in shortcut.modifiers)
        held = c_void_p()
        identity = HotkeyId(SIGNATURE, number)
        code = self._carbon.RegisterEventHotKey(KEYS[shortcut.key], modifiers, identity, self._target, 0, byref(held))
        if code == HOTKEY_EXISTS:
            raise HotkeyError(tr(TAKEN, keys=shortcut))
        if code != NO_ERROR:
            raise HotkeyError(tr(NOT_REGISTERED, keys=shortcut, code=code))
        self._held[number] = held

    def unregister(self, number: int) -> None:
        """Give a registered shortcut back."""
        self._carbon.UnregisterEventHotKey(self._held.pop(number))

    def close(self) -> None:
        """Hear nothing any more."""
        if self._installed:
            self._carbon.RemoveEventHandler(self._installed)
        self._installed = c_void_p()

    def _handle(self, _next: int, event: int, _data: int) -> int:
        pressed = HotkeyId()
        direct, kind = four(b"----"), four(b"hkid")
        status = self._carbon.GetEventParameter(event, direct, kind, None, sizeof(pressed), None, byref(pressed))
        if status != NO_ERROR or pressed.signature != SIGNATURE:
            return NOT_HANDLED
        self._heard(pressed.number)
        return NO_ERROR


def make_registrar(heard: Callable[[int], None]) -> MacRegistrar:
    """A registrar of this system; raises HotkeyError where it has no Carbon."""
    try:
        return MacRegistrar(heard, ctypes.CDLL(CARBON))
    except (OSError, AttributeError) as error:
        log.info("no Carbon: %s", error)
        raise HotkeyError("Carbon cannot be loaded") from error
