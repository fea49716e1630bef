"""Shortcuts on Windows, at the border: the functions of user32 recorded as Microsoft documents them."""

import sys
from collections.abc import Iterator
from ctypes import addressof, c_int, c_short, c_uint, c_void_p, c_wchar, wintypes
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from desktop.hotkey import keyboard_hook, windows
from desktop.hotkey.api import HotkeyError
from desktop.hotkey.keyboard_hook import KeyboardHook
from desktop.hotkey.registered import RegisteredHotkeys
from desktop.hotkey.virtual_keys import NAMED_KEYS
from desktop.hotkey.windows import WM_HOTKEY, WindowsRegistrar
from tests.native_library import c_library

ALT, CTRL, SHIFT, WIN, NOREPEAT = 1, 2, 4, 8, 0x4000


class Windows:
    """What a thread of Windows has registered; some keys belong to another program, others are refused altogether."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.taken: set[tuple[int, int]] = set()
        self.error = 0
        # An American layout, as VkKeyScanW tells it; a Cyrillic one has none of its letters.
        self.layout = {"g": 0x47, "h": 0x48, "1": 0x31, "!": 0x131, "/": 0xBF, "+": 0x1BB, "@": 0x632}
        self.user32 = c_library(
            {
                "RegisterHotKey": (c_int, (c_void_p, c_int, c_uint, c_uint), self.register),
                "UnregisterHotKey": (c_int, (c_void_p, c_int), self.unregister),
                "VkKeyScanW": (c_short, (c_wchar,), lambda character: self.layout.get(character, -1)),
            }
        )

    def register(self, window: int | None, number: int, modifiers: int, key: int) -> int:
        assert window is None
        assert modifiers & NOREPEAT
        assert 0 < number < 0xC000
        wanted = modifiers & ~NOREPEAT, key
        if wanted in self.taken or wanted in self.registered.values():
            self.error = self.error or 1409
            return 0
        self.registered[number] = wanted
        return 1

    def unregister(self, window: int | None, number: int) -> int:
        assert window is None
        return int(self.registered.pop(number, None) is not None)


class Keyboard:
    """The package `keyboard`, as its documentation describes what is used of it."""

    def __init__(self) -> None:
        self.held: dict[object, tuple[str, Any, tuple[int, ...], bool]] = {}

    def add_hotkey(self, hotkey: str, callback: Any, args: tuple[int, ...] = (), suppress: bool = False) -> object:
        if "no such key" in hotkey:
            raise ValueError("Key 'no such key' is not mapped to any known key.")
        self.held[handle := object()] = hotkey, callback, args, suppress
        return handle

    def remove_hotkey(self, handle: object) -> None:
        del self.held[handle]


@pytest.fixture
def system() -> Windows:
    return Windows()


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    keyboard = Keyboard()
    monkeypatch.setitem(sys.modules, "keyboard", keyboard)
    return keyboard


@pytest.fixture
def wanted() -> list[bool]:
    """Whether the user lets the keyboard be listened to: not empty means yes."""
    return []


@pytest.fixture
def wanted_hook(wanted: list[bool]) -> None:
    """The user lets it."""
    wanted.append(True)


@pytest.fixture
def hotkeys(qtbot: QtBot, system: Windows, wanted: list[bool]) -> Iterator[RegisteredHotkeys]:
    hotkeys = RegisteredHotkeys(
        lambda heard: WindowsRegistrar(
            heard, system.user32, lambda: system.error, KeyboardHook(heard, lambda: bool(wanted))
        )
    )
    yield hotkeys
    hotkeys.stop()
    assert system.registered == {}


def message(number: int, kind: int = WM_HOTKEY) -> wintypes.MSG:
    """The message that Windows posts."""
    return wintypes.MSG(None, kind, number, (0x47 << 16) | CTRL | ALT)


def filter_of(hotkeys: RegisteredHotkeys) -> windows.HotkeyFilter:
    registrar = hotkeys._registrar
    assert isinstance(registrar, WindowsRegistrar)
    return registrar._filter


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("Ctrl+Alt+G", (CTRL | ALT, 0x47)),
        ("Ctrl+Shift+1", (CTRL | SHIFT, 0x31)),
        ("Ctrl+!", (CTRL | SHIFT, 0x31)),
        ("Ctrl++", (CTRL | SHIFT, 0xBB)),
        ("Meta+/", (WIN, 0xBF)),
        ("Alt+@", (CTRL | ALT, 0x32)),
        ("F9", (0, 0x78)),
        ("Shift+F24", (SHIFT, 0x87)),
        ("Ctrl+Print", (CTRL, 0x2C)),
        ("Media Play", (0, 0xB3)),
        ("Ctrl+Q", (CTRL, 0x51)),
    ],
)
def test_a_shortcut_is_registered(
    hotkeys: RegisteredHotkeys, system: Windows, text: str, registered: tuple[int, int]
) -> None:
    """By the keyboard's layout where its key is a character; Q stands for letters that the layout has not."""
    assert hotkeys.bind({"text": text}) == {}
    assert list(system.registered.values()) == [registered]


def test_every_key_with_a_name_is_one_of_qt() -> None:
    """The names of the table are those that the field of a shortcut writes."""
    assert [name for name in NAMED_KEYS if QKeySequence(name).toString() != name] == []


def test_a_press_brings_its_task(hotkeys: RegisteredHotkeys, system: Windows, qtbot: QtBot) -> None:
    hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Ctrl+Alt+H"})
    (_text, code) = system.registered
    said = message(code)
    with qtbot.waitSignal(hotkeys.pressed) as pressed:
        taken = filter_of(hotkeys).nativeEventFilter(QByteArray(b"windows_dispatcher_MSG"), addressof(said))
    assert taken == (True, 0)
    assert pressed.args == ["code"]


def test_other_messages_pass(hotkeys: RegisteredHotkeys, system: Windows, qtbot: QtBot) -> None:
    """Other kinds, and a press that was on its way when its shortcut was given back."""
    hotkeys.bind({"text": "Ctrl+Alt+G"})
    (number,) = system.registered
    key_down = message(number, 0x0100)
    with qtbot.assertNotEmitted(hotkeys.pressed):
        assert filter_of(hotkeys).nativeEventFilter(b"windows_generic_MSG", addressof(key_down)) == (False, 0)
        hotkeys.bind({"code": "Ctrl+Alt+G"})
        late = message(number)
        filter_of(hotkeys).nativeEventFilter(b"windows_generic_MSG", addressof(late))


def test_taken_keys_are_named_and_free_again(hotkeys: RegisteredHotkeys, system: Windows) -> None:
    system.taken.add((CTRL | ALT, 0x47))
    refused = hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Ctrl+Alt+H", "ask": ""})
    assert refused == {
        "text": "Ctrl+Alt+G is already taken by another program; choose another shortcut in the preferences."
    }
    assert list(system.registered.values()) == [(CTRL | ALT, 0x48)]
    system.taken.clear()
    assert hotkeys.bind({"text": "Ctrl+Alt+G"}) == {}
    assert list(system.registered.values()) == [(CTRL | ALT, 0x47)]


def test_each_refusal_has_its_words(hotkeys: RegisteredHotkeys, system: Windows) -> None:
    system.taken.add((0, 0x7B))
    system.error = 5
    wanted = {"a": "F12", "b": "Ctrl+Alt+G", "c": "Alt+Ctrl+g", "d": "Ctrl+§", "e": "G", "f": "Ctrl+🙂"}
    refused = hotkeys.bind(wanted)
    assert refused["a"].startswith("The system does not register F12 (error 5)")
    assert refused["c"].startswith("Ctrl+Alt+G is already used for another task")
    assert refused["d"].startswith("This keyboard has no key for Ctrl+§")
    assert "add Ctrl, Alt or Meta" in refused["e"]
    assert refused["f"].startswith("This keyboard has no key for Ctrl+🙂")


@pytest.mark.usefixtures("wanted_hook")
def test_a_refused_one_is_listened_to_where_the_user_wants_it(
    hotkeys: RegisteredHotkeys, system: Windows, keyboard: Keyboard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept from other programs, and a key that is held counts once."""
    system.taken.add((CTRL | ALT, 0x22))
    assert hotkeys.bind({"text": "Ctrl+Alt+PgDown", "code": "Ctrl+Alt+H"}) == {}
    ((name, callback, args, suppressed),) = keyboard.held.values()
    assert (name, suppressed) == ("ctrl+alt+page down", True)
    now = [100.0]
    monkeypatch.setattr(keyboard_hook, "time", SimpleNamespace(monotonic=lambda: now[0]))
    heard: list[str] = []
    hotkeys.pressed.connect(heard.append)
    for wait_s in (0, 0.5, 0.03, 0.03, 1.2):
        now[0] += wait_s
        callback(*args)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["text", "text"]
    hotkeys.bind({})
    assert keyboard.held == {}


@pytest.mark.usefixtures("wanted_hook", "keyboard")
def test_the_hook_names_a_key_that_it_does_not_know(
    hotkeys: RegisteredHotkeys, system: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMED_KEYS, "No Such Key", 0xFF)
    system.taken.add((CTRL, 0xFF))
    refused = hotkeys.bind({"text": "Ctrl+No Such Key"})
    assert refused["text"].startswith("This keyboard has no key for Ctrl+No Such Key")


def test_elsewhere_there_is_no_registrar() -> None:
    with pytest.raises(HotkeyError):
        windows.make_registrar(lambda _number: None, lambda: False)


def test_windows_is_chosen_on_windows(qtbot: QtBot, system: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library and the error that ctypes has there."""
    from desktop.hotkey.choose import choose_hotkeys

    monkeypatch.setattr(sys, "platform", "win32")
    opened = SimpleNamespace(
        WinDLL=lambda name, use_last_error: system.user32 if (name, use_last_error) == ("user32", True) else None,
        get_last_error=lambda: system.error,
    )
    monkeypatch.setattr(windows, "ctypes", opened)
    hotkeys = choose_hotkeys(None, {})
    assert hotkeys.bind({"text": "Ctrl+Alt+G"}) == {}
    assert list(system.registered.values()) == [(CTRL | ALT, 0x47)]
    hotkeys.stop()
