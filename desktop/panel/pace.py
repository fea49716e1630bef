"""Lets a widget be redone as often as it has time for."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_REST = 20
"""How many times as long as the work took nothing is done after it, so that windows stay smooth."""


class Pace(QObject):
    """Does the newest of what is asked for; what came in between is left out."""

    def __init__(self, least_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._least_s = least_ms / 1000
        self._next = 0.0
        self._work: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._do)

    def soon(self, work: Callable[[], None]) -> None:
        """Do this at once where nothing was done for a while, else as soon as it is time."""
        self._work = work
        wait_s = self._next - time.monotonic()
        if wait_s <= 0:
            self._do()
        elif not self._timer.isActive():
            self._timer.start(round(wait_s * 1000) + 1)

    def now(self, work: Callable[[], None]) -> None:
        """Do this at once, in place of what waits."""
        self._work = work
        self._do()

    def _do(self) -> None:
        self._timer.stop()
        work, self._work = self._work, None
        if work is None:
            return
        begun = time.monotonic()
        work()
        ended = time.monotonic()
        self._next = ended + max(self._least_s - (ended - begun), _REST * (ended - begun))
