"""Shortcuts on macOS, at the border: the functions of Carbon recorded as Apple's headers declare them."""

import sys
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, Structure, c_int32, c_uint32, c_ulong, c_void_p
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from desktop.hotkey import mac
from desktop.hotkey.api import HotkeyError
from desktop.hotkey.mac import MacRegistrar
from desktop.hotkey.mac_keys import KEYS
from desktop.hotkey.registered import RegisteredHotkeys
from tests.native_library import c_library

COMMAND, SHIFT, OPTION, CONTROL = 0x100, 0x200, 0x800, 0x1000
TARGET, HANDLER, EVENT = 0x7F0000001000, 0x7F0000002000, 0x7F0000003000


class TypeSpec(Structure):
    """EventTypeSpec of CarbonEvents.h."""

    _fields_: ClassVar = [("eventClass", c_uint32), ("eventKind", c_uint32)]


class KeyID(Structure):
    """EventHotKeyID of CarbonEvents.h."""

    _fields_: ClassVar = [("signature", c_uint32), ("id", c_uint32)]


PROC = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class Carbon:
    """What an application has registered; its addresses need all their 64 bits."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.identities: dict[int, tuple[int, int]] = {}
        self.status = 0
        self.proc: Any = None
        self.installed = False
        status, out = c_int32, POINTER(c_void_p)
        install = c_void_p, PROC, c_ulong, POINTER(TypeSpec), c_void_p, out
        register = c_uint32, c_uint32, KeyID, c_void_p, c_uint32, out
        ask = c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, POINTER(KeyID)
        self.functions = c_library(
            {
                "GetApplicationEventTarget": (c_void_p, (), lambda: TARGET),
                "InstallEventHandler": (status, install, self.install),
                "RemoveEventHandler": (status, (c_void_p,), self.remove),
                "RegisterEventHotKey": (status, register, self.register),
                "UnregisterEventHotKey": (status, (c_void_p,), self.unregister),
                "GetEventParameter": (status, ask, self.parameter),
            }
        )
        self.event = 0, 0

    def install(self, *given: Any) -> int:
        target, proc, count, kinds, data, handler = given
        assert (target, count, data) == (TARGET, 1, None)
        assert (kinds[0].eventClass.to_bytes(4, "big"), kinds[0].eventKind) == (b"keyb", 5)
        self.proc, self.installed = proc, True
        handler[0] = HANDLER
        return 0

    def remove(self, handler: int) -> int:
        assert handler == HANDLER
        self.installed = False
        return 0

    def register(self, *given: Any) -> int:
        key, modifiers, identity, target, options, held = given
        assert (target, options) == (TARGET, 0)
        if self.status:
            return self.status
        if (key, modifiers) in self.registered.values():
            return -9878
        address = 0x7F00_0000_4000 + identity.id
        self.registered[address] = key, modifiers
        self.identities[address] = identity.signature, identity.id
        held[0] = address
        return 0

    def unregister(self, held: int) -> int:
        del self.registered[held], self.identities[held]
        return 0

    def parameter(self, *given: Any) -> int:
        event, name, kind, _kind, size, _size, into = given
        assert (event, size) == (EVENT, 8)
        assert (name.to_bytes(4, "big"), kind.to_bytes(4, "big")) == (b"----", b"hkid")
        into[0] = KeyID(*self.event)
        return 0

    def press(self, signature: int, number: int) -> int:
        self.event = signature, number
        return int(self.proc(0, EVENT, 0))


@pytest.fixture
def carbon() -> Carbon:
    return Carbon()


@pytest.fixture
def hotkeys(qtbot: QtBot, carbon: Carbon) -> Iterator[RegisteredHotkeys]:
    hotkeys = RegisteredHotkeys(lambda heard: MacRegistrar(heard, carbon.functions))
    yield hotkeys
    hotkeys.stop()
    assert (carbon.registered, carbon.installed) == ({}, False)


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("Ctrl+Alt+G", (0x05, COMMAND | OPTION)),
        ("Meta+Shift+4", (0x15, CONTROL | SHIFT)),
        ("Ctrl+/", (0x2C, COMMAND)),
        ("Ctrl+`", (0x32, COMMAND)),
        ("F5", (0x60, 0)),
        ("Shift+F20", (0x5A, SHIFT)),
        ("Ctrl+PgUp", (0x74, COMMAND)),
    ],
)
def test_a_shortcut_is_registered(
    hotkeys: RegisteredHotkeys, carbon: Carbon, text: str, registered: tuple[int, int]
) -> None:
    """Ctrl is Command and Meta is Control there, as Qt has it."""
    assert hotkeys.bind({"text": text}) == {}
    assert list(carbon.registered.values()) == [registered]


def test_every_key_is_one_of_qt() -> None:
    """No two names of the table are one key but for those that macOS has once."""
    assert [name for name in KEYS if QKeySequence(name).toString() != name] == []
    assert len(KEYS) - len(set(KEYS.values())) == 2


def test_a_press_brings_its_task(hotkeys: RegisteredHotkeys, carbon: Carbon, qtbot: QtBot) -> None:
    """The number comes back out of the event; hotkeys of others in this process are not ours."""
    hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Ctrl+Alt+H"})
    (_text, code) = carbon.identities.values()
    with qtbot.waitSignal(hotkeys.pressed) as pressed:
        assert carbon.press(*code) == 0
    assert pressed.args == ["code"]
    with qtbot.assertNotEmitted(hotkeys.pressed):
        assert carbon.press(0x51515151, code[1]) == -9874


@pytest.mark.parametrize(
    ("status", "said"), [(-9878, "already taken by another program"), (-50, "does not register Ctrl+G (error -50)")]
)
def test_refusals_are_told(hotkeys: RegisteredHotkeys, carbon: Carbon, status: int, said: str) -> None:
    carbon.status = status
    assert said in hotkeys.bind({"text": "Ctrl+G"})["text"]
    carbon.status = 0
    assert hotkeys.bind({"text": "Ctrl+G", "code": "Ctrl+Media Play"}).keys() == {"code"}


def test_elsewhere_there_is_no_registrar() -> None:
    with pytest.raises(HotkeyError):
        mac.make_registrar(lambda _number: None)


def test_carbon_is_chosen_on_a_mac(qtbot: QtBot, carbon: Carbon, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.hotkey.choose import choose_hotkeys

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        mac, "ctypes", SimpleNamespace(CDLL=lambda path: carbon.functions if path == mac.CARBON else None)
    )
    hotkeys = choose_hotkeys(None, {})
    assert hotkeys.bind({"text": "Ctrl+Alt+G"}) == {}
    hotkeys.stop()
