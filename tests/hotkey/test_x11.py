"""Shortcuts on a real X server, pressed by xdotool."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from Xlib import XK, X
from Xlib.display import Display

from desktop.hotkey.api import HotkeyError, Shortcut
from desktop.hotkey.x11 import X11Hotkeys
from tests.untranslated import CLOSE, OPEN
from tests.xserver import XServer


@pytest.fixture
def hotkeys(qtbot: QtBot) -> Iterator[X11Hotkeys]:
    """Hotkeys that give their keys back after the test."""
    hotkeys = X11Hotkeys()
    yield hotkeys
    hotkeys.stop()


@pytest.mark.parametrize(
    "text", ["Ctrl+Alt+G", "Ctrl+Shift+1", "F9", "Meta+Print", "Ctrl+Alt+=", "Ctrl+Alt+/", "Ctrl+Space"]
)
def test_pressed_brings_the_task(hotkeys: X11Hotkeys, qtbot: QtBot, xserver: XServer, text: str) -> None:
    """Every kind of key reaches its task."""
    assert hotkeys.bind({"text": "Ctrl+Alt+O", "code": text}) == {}
    names = {
        "Ctrl": "ctrl",
        "Alt": "alt",
        "Shift": "shift",
        "Meta": "super",
        "=": "equal",
        "/": "slash",
        "Space": "space",
    }
    shortcut = Shortcut.parse(text)
    keys = [names[name] for name in shortcut.modifiers] + [names.get(shortcut.key, shortcut.key)]
    with qtbot.waitSignal(hotkeys.pressed) as pressed:
        xserver.run("xdotool", "key", "+".join(key.lower() if len(key) == 1 else key for key in keys))
    assert pressed.args == ["code"]


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_locks_do_not_matter(hotkeys: X11Hotkeys, qtbot: QtBot, xserver: XServer, lock: str) -> None:
    """NumLock and CapsLock leave shortcuts alive."""
    hotkeys.bind({"text": "Ctrl+Alt+G"})
    xserver.run("xdotool", "key", lock)
    try:
        with qtbot.waitSignal(hotkeys.pressed):
            xserver.run("xdotool", "key", "ctrl+alt+g")
    finally:
        xserver.run("xdotool", "key", lock)


def test_taken_key_is_refused_and_free_again(hotkeys: X11Hotkeys, qtbot: QtBot, xserver: XServer) -> None:
    """A key that another client holds is named; other keys still work, and a later try succeeds."""
    other = Display()
    root = other.screen().root
    keycode = other.keysym_to_keycode(XK.XK_g)
    root.grab_key(keycode, X.ControlMask | X.Mod1Mask, False, X.GrabModeAsync, X.GrabModeAsync)
    other.sync()
    refused = hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Ctrl+Alt+H"})
    assert list(refused) == ["text"]
    assert "Ctrl+Alt+G is already taken by another program" in refused["text"]
    with qtbot.waitSignal(hotkeys.pressed) as pressed:
        xserver.run("xdotool", "key", "ctrl+alt+h")
    assert pressed.args == ["code"]
    other.close()
    assert hotkeys.bind({"text": "Ctrl+Alt+G"}) == {}


def test_bind_replaces_the_old_keys(hotkeys: X11Hotkeys, qtbot: QtBot, xserver: XServer) -> None:
    """A shortcut that was changed is given back."""
    hotkeys.bind({"text": "Ctrl+Alt+G"})
    hotkeys.bind({"text": "Ctrl+Alt+J"})
    with qtbot.assertNotEmitted(hotkeys.pressed, wait=200):
        xserver.run("xdotool", "key", "ctrl+alt+g")
    with qtbot.waitSignal(hotkeys.pressed):
        xserver.run("xdotool", "key", "ctrl+alt+j")


def test_the_same_key_twice_is_refused(hotkeys: X11Hotkeys) -> None:
    """Two tasks cannot share a key."""
    refused = hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Alt+Ctrl+g"})
    assert list(refused) == ["code"]


@pytest.mark.parametrize(
    "text", ["G", "Shift+G", "Backspace", "Shift+Ins", "Space", "Ctrl+", "Ctrl+Alt", "Hyper+G", "+", ""]
)
def test_useless_shortcuts_are_refused(text: str) -> None:
    """What is no shortcut is refused with a sentence."""
    with pytest.raises(HotkeyError):
        Shortcut.parse(text)


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("text", ["G", "Ctrl+", "Ctrl+Alt+Nokey"])
def test_refusals_are_said_in_the_language_that_is_spoken(hotkeys: X11Hotkeys, text: str) -> None:
    """Whatever refuses the keys, which stand in the sentence as they were written."""
    refused = hotkeys.bind({"text": "Ctrl+Alt+G", "code": "Ctrl+Alt+G", "describe": text})
    assert set(refused) == {"code", "describe"}
    assert all(sentence.startswith(OPEN) and sentence.endswith(CLOSE) for sentence in refused.values())
    assert text in refused["describe"]
