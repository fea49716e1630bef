"""The border between the history on the disk and Qt: a thread that writes it, and signals that reach the GUI thread."""

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal

from desktop.history.reader import Reader
from desktop.history.retention import Limits
from desktop.history.writer import Listener, Writer
from desktop.panel.conversation import Conversation

log = logging.getLogger(__name__)


class HistoryThread(QThread):
    """`reader` is for the GUI thread, `writer` may be used from any.

    `changed` tells that there is something else to read, `said` brings a sentence about what went wrong.
    """

    changed = Signal()
    said = Signal(str)
    _opened = Signal()
    _changed = Signal()
    _said = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.writer = Writer(path, Listener(opened=self._opened.emit, changed=self._changed.emit, said=self._said.emit))
        self.reader = Reader(path, self.writer.examine)
        # Queued, and through this object: a signal that reaches plain functions would run them on the writer's thread.
        self._opened.connect(self._reopen, Qt.ConnectionType.QueuedConnection)
        self._changed.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._said.connect(self.said, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """Be the writer's loop (called by Qt on the new thread)."""
        threading.current_thread().name = "history"
        self.writer.run()

    def keep(self, talk: Conversation) -> None:
        """Write a conversation whose last answer is final."""
        self.writer.keep(talk)

    def set_private(self, private: bool) -> None:
        """Keep nothing from now on, or keep again."""
        self.writer.set_private(private)

    def set_limits(self, limits: Limits) -> None:
        """Keep no more than these allow."""
        self.writer.set_limits(limits)

    def stop(self, timeout_ms: int = 3000) -> bool:
        """Write what is still to be written and wait; False where it did not end in time."""
        self.reader.close()
        self.writer.close()
        stopped = self.wait(timeout_ms)
        if not stopped:
            log.warning("the history was not written to its end within %d ms", timeout_ms)
        return stopped

    def _reopen(self) -> None:
        self.reader.reopen()
