"""The app as `bench ui` runs it: the real one, telling on standard output when things became visible."""

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from desktop import logs, paths
from desktop.app import App
from desktop.engine.api import Phase, Status
from desktop.job import State, Update
from desktop.panel.panel import Panel

TICK_MS = 5


class Witness(QObject):
    """Writes one JSON line for every thing it sees, with its monotonic time."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._ticked = 0.0
        self._gaps_ms: list[float] = []
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._awaited = False
        app.application.installEventFilter(self)
        app.panels.shown.connect(self._await_panel)
        app.capture.shown.connect(lambda: self.tell("overlay"))
        app.thread.updated.connect(self._see_update)
        app.thread.reported.connect(self._see_status)

    def tell(self, what: str, **more: object) -> None:
        """Say what was seen."""
        sys.stdout.write(json.dumps({"what": what, "at": time.monotonic(), **more}) + "\n")
        sys.stdout.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first painting of a panel after it was told to show itself."""
        if self._awaited and event.type() is QEvent.Type.Paint and isinstance(watched, Panel):
            self._awaited = False
            QTimer.singleShot(0, lambda: self.tell("panel"))  # by then the painting has reached the X server
        return super().eventFilter(watched, event)

    def _await_panel(self) -> None:
        self._awaited = True

    def _tick(self) -> None:
        now = time.monotonic()
        self._gaps_ms.append((now - self._ticked) * 1000)
        self._ticked = now

    def _see_update(self, update: Update) -> None:
        if update.state is State.QUEUED:
            self._ticked = time.monotonic()
            self._timer.start()
        if update.state.final:
            self._timer.stop()
            self.tell("answer", state=update.state, length=len(update.text), gaps_ms=self._gaps_ms)
            self._gaps_ms = []

    def _see_status(self, status: Status) -> None:
        if status.phase in (Phase.READY, Phase.FAILED):
            self.tell("engine", phase=status.phase)


def main() -> None:
    """Run the app with a page of text on the screen until it is told to stop."""
    logs.watch_qt()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    page = QLabel()
    page.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
    page.setPixmap(QPixmap(str(paths.resources() / "samples" / "orders.png")))
    page.move(0, 0)
    page.show()
    app = App(application)
    witness = Witness(app)
    app.instance.start()
    app.start()
    witness.tell("started")
    application.exec()
    app.stop()


if __name__ == "__main__":
    main()
