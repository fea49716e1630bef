"""What the app asks of any way to register global shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.errors import UserError
from desktop.language import tr
from desktop.permission import Permission

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_TYPING = frozenset(
    {"space", "tab", "backtab", "backspace", "return", "enter", "esc", "del", "ins"}
    | {"home", "end", "pgup", "pgdown", "left", "right", "up", "down"}
)
"""The keys beside letters, digits and signs that every program needs by themselves, in lower case."""


class HotkeyError(UserError):
    """A shortcut that cannot be registered."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key with its modifiers, written as Qt writes it: "Ctrl+Alt+G"."""

    modifiers: frozenset[str]
    key: str

    @classmethod
    def parse(cls, text: str) -> "Shortcut":
        """Read "Ctrl+Alt+G"; raises HotkeyError where it is no usable shortcut."""
        head, _, last = text.rpartition("+")
        if text.endswith("++") or text == "+":
            head, last = text[:-1].rstrip("+"), "+"
        parts = [part.strip().capitalize() for part in head.split("+") if part.strip()]
        unknown = [part for part in parts if part not in MODIFIERS]
        key = last.strip()
        if unknown or not key or key.capitalize() in MODIFIERS:
            raise HotkeyError(tr("“{text}” is not a shortcut; write it like Ctrl+Alt+G.", text=text))
        typed = len(key) == 1 or key.lower() in _TYPING
        if typed and not set(parts) & {"Ctrl", "Alt", "Meta"}:
            raise HotkeyError(tr("“{text}” would take a key you type with; add Ctrl, Alt or Meta.", text=text))
        return cls(frozenset(parts), key.upper() if len(key) == 1 else key)

    def __str__(self) -> str:
        return "+".join([name for name in MODIFIERS if name in self.modifiers] + [self.key])


@dataclass(frozen=True, slots=True)
class SystemShortcuts:
    """What a desktop that holds the shortcuts itself says of them.

    `refused` is task id -> sentence, `triggers` task id -> the keys in the desktop's words. `configurable` tells
    whether it has a window to change them, `permission` how its user's leave stands.
    """

    refused: dict[str, str]
    triggers: dict[str, str]
    configurable: bool = False
    permission: Permission | None = None


class Hotkeys(Protocol):
    """Global shortcuts, each with the id of its task; `pressed` (a Qt signal) brings that id.

    `settled` (another) brings SystemShortcuts where the desktop holds them, after `bind` and whenever they change.
    """

    pressed: Any
    settled: Any

    def bind(self, shortcuts: Mapping[str, str]) -> dict[str, str]:
        """Replace every registration by `task id -> shortcut`; `task id -> sentence` for those that were refused.

        Where the desktop asks its user, it does so over the window that has the keyboard.
        """

    def configure(self) -> None:
        """Open the desktop's own window for shortcuts, where `settled` said that there is one."""

    def stop(self) -> None:
        """Give every key back."""
