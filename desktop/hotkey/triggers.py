"""Shortcuts as the portal writes them: "CTRL+ALT+g", keys by their X names."""

from desktop.hotkey.api import MODIFIERS, Shortcut
from desktop.hotkey.keysyms import keysym_name

_NAMES = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}


def trigger_of(text: str) -> str:
    """The portal's form of "Ctrl+Alt+G", '' for ''; raises HotkeyError where it is no usable shortcut."""
    if not text:
        return ""
    shortcut = Shortcut.parse(text)
    names = [_NAMES[name] for name in MODIFIERS if name in shortcut.modifiers]
    return "+".join([*names, keysym_name(shortcut.key)])
