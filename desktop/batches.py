"""Batches in the app: the thread that runs one, its window, and whom it has to let by."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.batch.run import Order, Outlet, Progress, Run, Stage
from desktop.errors import words_for
from desktop.job import Update
from desktop.panel.conversation import Conversation
from desktop.panel.manner import Manner
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.batch_window import BatchWindow

log = logging.getLogger(__name__)


class BatchThread(QThread):
    """Does one Run; `changed` brings its Progress."""

    changed = Signal(Progress)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doing: Run | None = None

    def run(self) -> None:
        """Do it (called by Qt on the new thread)."""
        threading.current_thread().name = "batch"
        try:
            ended = self.doing.run() if self.doing else Progress(Stage.DONE)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is said, and the app goes on
            ended = Progress(Stage.ENDED, trouble=words_for(error))
        self.changed.emit(ended)


class Batches(QObject):
    """One batch at a time; every method is called from the GUI thread and returns at once.

    `manner` tells which tasks there are, `settings` how the user wants them sampled. `keep` gets every answer, on the
    batch's own thread.
    """

    def __init__(
        self,
        outlet: Outlet,
        manner: Callable[[], Manner],
        settings: Callable[[], Settings],
        keep: Callable[[Conversation], None],
    ) -> None:
        super().__init__()
        self._outlet = outlet
        self._manner = manner
        self._settings = settings
        self._keep = keep
        self._thread = BatchThread(self)
        self._others: set[str] = set()
        self._outdated = False

    @cached_property
    def window(self) -> "BatchWindow":
        """Made when it is first wanted."""
        from desktop.batch_window import BatchWindow

        window = BatchWindow()
        window.agreed.connect(self._begin)
        window.halted.connect(self.halt)
        self._thread.changed.connect(window.show_progress)
        return window

    def open(self, paths: Sequence[Path]) -> None:
        """Offer to read these files and folders, unless a batch runs: then show that."""
        if not self._thread.isRunning():
            if self._outdated and not self.window.isVisible():
                self._outdated = False
                self.window.deleteLater()
                del self.window
            self.window.offer(paths, self._manner())
        self.window.come_up()

    def renew(self) -> None:
        """Have the window made anew when it is opened next."""
        self._outdated = "window" in vars(self)

    def open_files(self) -> None:
        """Let the user name files."""
        self.open([])
        self.window.ask_for_files()

    def open_folder(self) -> None:
        """Let the user name a folder."""
        self.open([])
        self.window.ask_for_folder()

    def give_way(self, job_id: str) -> None:
        """Let that job of the user's be answered first."""
        self._others.add(job_id)
        self._tell()

    def take(self, update: Update) -> None:
        """Hear of every Update of the engine."""
        if self._thread.doing is not None:
            self._thread.doing.take(update)
        if update.state.final and update.job_id in self._others:
            self._others.discard(update.job_id)
            self._tell()

    def halt(self) -> None:
        """End what runs; it can go on later."""
        if self._thread.doing is not None:
            self._thread.doing.halt()

    def stop(self, timeout_ms: int = 800) -> bool:
        """End what runs and wait; False where it did not end in time."""
        self.halt()
        stopped = self._thread.wait(timeout_ms)
        if not stopped:
            log.warning("the batch did not stop within %d ms", timeout_ms)
        return stopped

    def _begin(self, order: Order) -> None:
        if self._thread.isRunning():
            return
        wanted = replace(order, task=self._settings().adjust(order.task))
        self._thread.doing = Run(wanted, self._outlet, self._thread.changed.emit, self._keep)
        self._tell()
        self._thread.start()

    def _tell(self) -> None:
        if self._thread.doing is not None:
            self._thread.doing.waiting(len(self._others))
