"""The history in the app: its thread, its window, and what others show of it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.history.entry import Answer, Totals
from desktop.history.retention import Limits
from desktop.history_thread import HistoryThread
from desktop.job import Shot, Task
from desktop.panel.conversation import Conversation
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.history_window.window import HistoryWindow

LAST_ANSWERS = 10


class HistoryDesk(QObject):
    """Every method but `keep_of_batch` is called from the GUI thread and returns at once.

    `newest` brings the newest `answers` whenever something was written, `said` a sentence about what went wrong.
    `reopened` brings the Conversations of an entry, `asked` a Shot and the id of another task to run on it.
    """

    newest = Signal(list)
    said = Signal(str)
    reopened = Signal(list)
    asked = Signal(Shot, str)

    def __init__(self, path: Path, tasks: Sequence[Task], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._private = False
        self._outdated = False
        self.answers: Sequence[Answer] = ()
        self._thread = HistoryThread(path, self)
        self._thread.said.connect(self.said)
        self._thread.changed.connect(self._tell)

    @cached_property
    def window(self) -> "HistoryWindow":
        """Made when it is first wanted."""
        from desktop.history_window.window import HistoryWindow

        window = HistoryWindow(self._thread, self._tasks)
        window.set_private(self._private)
        window.deeds.reopened.connect(self.reopened)
        window.deeds.asked.connect(self.asked)
        return window

    @property
    def totals(self) -> Totals:
        """How much is kept."""
        return self._thread.reader.totals()

    def start(self) -> None:
        """Open what is kept, in its own thread."""
        self._thread.start()

    def stop(self) -> bool:
        """Write what is still to be written; False where that did not end in time."""
        return self._thread.stop()

    def open(self) -> None:
        """Show everything that is kept."""
        if self._outdated and not self.window.isVisible():
            self._outdated = False
            self.window.deleteLater()
            del self.window
        self.window.show_now()

    def renew(self) -> None:
        """Have the window made anew when it is opened next."""
        self._outdated = self._made

    def keep(self, talk: Conversation) -> None:
        """Write a conversation whose last answer is final."""
        self._thread.keep(talk)

    def keep_of_batch(self, talk: Conversation) -> None:
        """Write an answer of a batch, on whose thread this waits until the one before is written."""
        self._thread.writer.keep_of_batch(talk)

    def empty(self, favourites_too: bool) -> None:
        """Remove everything, or all but the favourites."""
        self._thread.writer.empty(favourites_too)

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks."""
        self._tasks = tasks
        if self._made:
            self.window.set_tasks(tasks)

    def use(self, settings: Settings) -> None:
        """Keep what the user wants kept."""
        self._private = settings.private
        self._thread.set_private(settings.private)
        self._thread.set_limits(Limits(settings.history_count, settings.history_days, settings.history_mb))
        if self._made:
            self.window.set_private(settings.private)

    def _tell(self) -> None:
        self.answers = self._thread.reader.newest(LAST_ANSWERS)
        self.newest.emit(self.answers)

    @property
    def _made(self) -> bool:
        return "window" in vars(self)
