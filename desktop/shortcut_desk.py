"""The shortcuts in the app: which key each task has, when they rest, and what became of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.hotkey.api import Hotkeys, SystemShortcuts
from desktop.job import Task
from desktop.language import in_a_row
from desktop.settings import Settings


class ShortcutDesk(QObject):
    """`pressed` brings the id of a task, `changed` tells that `refused` or `held` may be other ones now.

    `said` brings what the desktop itself refused. `keys` and `refused` go by the ids of the tasks; what a task has no
    shortcut for is ''. `paused` is True while the user wants none, `may_ask` once the desktop may ask its user.
    """

    pressed = Signal(str)
    changed = Signal()
    said = Signal(str)

    def __init__(self, hotkeys: Hotkeys, may_ask: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: Mapping[str, str] = {}
        self.refused: Mapping[str, str] = {}
        self.held = SystemShortcuts({}, {})
        self.paused, self.may_ask = False, may_ask
        self._hotkeys = hotkeys
        self.configure, self.stop = hotkeys.configure, hotkeys.stop
        hotkeys.pressed.connect(self.pressed)
        hotkeys.settled.connect(self._settle)

    def use(self, tasks: Sequence[Task], settings: Settings) -> None:
        """Have these tasks, each with the shortcut that the user set or the task suggests."""
        self.keys = {task.id: settings.hotkeys.get(task.id, task.hotkey) for task in tasks}

    def pause(self, paused: bool) -> None:
        """Let every shortcut go, or take them again."""
        self.paused = paused
        self.bind()

    def record(self, recording: bool) -> None:
        """Let every shortcut go while one is being typed."""
        if recording:
            self._hotkeys.bind({})
        else:
            self.bind()

    def bind(self) -> list[str]:
        """Register the shortcuts, none while they are paused; a sentence for each that was refused."""
        self.refused = self._hotkeys.bind({} if self.paused else self.keys)
        self.changed.emit()
        return list(dict.fromkeys(self.refused.values()))

    def ask(self) -> None:
        """Have the desktop ask its user for them, over the window that has the keyboard."""
        self.may_ask = True
        self.bind()

    def open_up(self) -> None:
        """Let the next change of the shortcuts ask."""
        self.may_ask = True

    def _settle(self, held: SystemShortcuts) -> None:
        """Take over what the desktop says of the shortcuts that it holds."""
        self.held, self.refused = held, held.refused
        self.changed.emit()
        if held.refused:
            self.said.emit(in_a_row(*dict.fromkeys(held.refused.values())))
