"""Ctrl+C and SIGTERM reach a Qt program at once, not when Python next runs."""

import signal
import socket
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last one
SIGNALS = [signal.Signals[name] for name in NAMES if name in signal.Signals.__members__]


class StopSignals(QObject):
    """`arrived` when the process is asked to end."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if sys.platform != "win32":
            self._listen()

    def _listen(self) -> None:
        self._read_end, self._write_end = socket.socketpair()
        self._write_end.setblocking(False)
        signal.set_wakeup_fd(self._write_end.fileno())
        self._notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        for number in SIGNALS:
            signal.signal(number, lambda _number, _frame: None)

    def _read(self) -> None:
        if set(self._read_end.recv(64)) & set(SIGNALS):
            self.arrived.emit()
