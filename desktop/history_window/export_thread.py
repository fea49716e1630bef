"""A thread that exports entries, so that the window stays alive meanwhile."""

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from desktop.errors import words_for
from desktop.history.export import export
from desktop.history.reader import Reader


class ExportThread(QThread):
    """`advanced` brings how many are done, `ended` the sentence of a failure or ''."""

    advanced = Signal(int)
    ended = Signal(str)

    def __init__(self, history: Path, entries: Sequence[int], to: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._entries = entries
        self._to = to
        self._halted = threading.Event()

    def halt(self) -> None:
        """Stop, and leave nothing behind."""
        self._halted.set()

    def run(self) -> None:
        """Export (called by Qt on the new thread)."""
        threading.current_thread().name = "export"
        reader = Reader(self._history)
        reader.reopen()
        problem = ""
        try:
            export(reader, self._entries, self._to, self.advanced.emit, self._halted)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is said, and the app goes on
            problem = words_for(error)
        reader.close()
        self.ended.emit(problem)
