"""Global shortcuts on systems that register them one by one, each under a number: Windows and macOS."""

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.hotkey.api import HotkeyError, Shortcut, SystemShortcuts
from desktop.hotkey.refusals import TWICE
from desktop.language import tr

log = logging.getLogger(__name__)


class Registrar(Protocol):
    """The system's own functions."""

    def register(self, number: int, shortcut: Shortcut) -> None:
        """Have the number told at each press; raises HotkeyError."""

    def unregister(self, number: int) -> None:
        """Give a registered shortcut back."""

    def close(self) -> None:
        """Hear nothing any more."""


class RegisteredHotkeys(QObject):
    """`make_registrar` gets the function that is told the number of a shortcut, in any thread."""

    pressed = Signal(str)
    settled = Signal(SystemShortcuts)
    _heard = Signal(int)

    def __init__(self, make_registrar: Callable[[Callable[[int], None]], Registrar], parent: QObject | None = None):
        super().__init__(parent)
        self._heard.connect(self._press)
        self._registrar = make_registrar(self._heard.emit)
        self._held: dict[Shortcut, tuple[int, str]] = {}
        self._last_number = 0

    def bind(self, shortcuts: Mapping[str, str]) -> dict[str, str]:
        """Replace every registration; `task id -> sentence` for those that were refused."""
        self._release()
        refused: dict[str, str] = {}
        for task_id, text in shortcuts.items():
            try:
                if text:
                    self._hold(task_id, Shortcut.parse(text))
            except HotkeyError as error:
                refused[task_id] = str(error)
                log.warning("%s", error)
        return refused

    def configure(self) -> None:
        """Nothing to open: no desktop holds these shortcuts."""

    def stop(self) -> None:
        """Give every shortcut back."""
        self._release()
        self._registrar.close()

    def _hold(self, task_id: str, shortcut: Shortcut) -> None:
        if shortcut in self._held:
            raise HotkeyError(tr(TWICE, keys=shortcut))
        # A new number each time: a press that was on its way must not be taken for another task's.
        self._last_number += 1
        self._registrar.register(self._last_number, shortcut)
        self._held[shortcut] = self._last_number, task_id

    def _release(self) -> None:
        for number, _task_id in self._held.values():
            self._registrar.unregister(number)
        self._held.clear()

    def _press(self, number: int) -> None:
        for held, task_id in self._held.values():
            if held == number:
                self.pressed.emit(task_id)
                return
