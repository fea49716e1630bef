"""How long the window of the history takes to come up, and what its list takes for all its rows."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.bench.report import Figure
from desktop.engine.tasks import read_tasks
from desktop.errors import UserError
from desktop.history_thread import HistoryThread
from desktop.theme import Theme

if TYPE_CHECKING:
    from desktop.history_window.entries import Entries
    from desktop.history_window.window import HistoryWindow

OPENINGS = 5
TIMEOUT_S = 30.0


class Painted(QObject):
    """Notices when the list of a window has drawn itself."""

    def __init__(self, window: "HistoryWindow") -> None:
        super().__init__(window)
        self.seen = False
        window.list.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the painting."""
        self.seen |= event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def show(path: Path) -> Iterator[Figure]:
    """From making the window until it is painted, and showing it again; then its list is walked to the end."""
    application = QApplication(sys.argv[:1])
    _theme = Theme(application, "light")
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    history = HistoryThread(path)
    history.start()
    _wait_for(lambda: history.reader.totals().count > 0)
    first, again = [], []
    for _opening in range(OPENINGS):
        start = time.perf_counter()
        from desktop.history_window.window import HistoryWindow  # as the app does when it is first asked for

        window = HistoryWindow(history, tasks)
        _show(window)
        first.append((time.perf_counter() - start) * 1000)
        window.hide()
        start = time.perf_counter()
        _show(window)
        again.append((time.perf_counter() - start) * 1000)
        window.close()
    yield Figure("window, first opening", "ms", first[0], 200)
    yield Figure("window made anew, longest", "ms", max(first[1:]), 200, samples=OPENINGS - 1)
    yield Figure("window shown again, longest", "ms", max(again), 200, samples=OPENINGS)
    yield from _walk(window.entries)
    history.stop()


def _show(window: "HistoryWindow") -> None:
    """Show a window until its list is painted."""
    painted = Painted(window)
    window.show_now()
    _wait_for(lambda: painted.seen)
    QTest.qWait(0)  # what was painted reaches the display


def _wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not happened():
        QTest.qWait(0)
        if time.monotonic() > end:
            raise UserError("The window of the history did not come up; is this display in use?")


def _walk(entries: "Entries") -> Iterator[Figure]:
    process = psutil.Process()
    entries.search(entries.query)
    before = process.memory_info().rss
    entries.fetch_all()
    for row in range(entries.rowCount()):
        entries.index(row).data()
    grown = (process.memory_info().rss - before) / 1e6
    yield Figure("memory for a list walked to its end", "MB", grown, samples=entries.rowCount())
