"""A window of the history over a real file that a real thread writes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.history_thread import HistoryThread
from desktop.history_window import notice
from desktop.history_window.window import HistoryWindow
from tests.history.kept import NOW, TASKS, opened, picture, talk_of

Make = Callable[[int], HistoryWindow]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the history stands."""
    return tmp_path / "history.sqlite"


@pytest.fixture
def make(path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes the window of a history with so many entries, "fox 0" and so on, every other one by Describe.

    What is said stays, so that on a busy computer it can still be read and undone.
    """
    monkeypatch.setattr(notice, "SHOWN_MS", 600_000)
    threads: list[HistoryThread] = []

    def make(count: int) -> HistoryWindow:
        with opened(path) as store, store.transaction():
            for number in range(count):
                task = ("text", "describe")[number % 2]
                store.keep(talk_of(f"fox {number}", task, picture(number)), NOW + timedelta(minutes=number))
        thread = HistoryThread(path)
        threads.append(thread)
        with qtbot.waitSignal(thread.changed):
            thread.start()
        window = HistoryWindow(thread, list(TASKS.values()))
        qtbot.addWidget(window)
        window.show_now()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for thread in threads:
        assert thread.stop(60_000)
