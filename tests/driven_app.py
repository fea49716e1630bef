"""The app in a test's hand: a line of standard input is a set of preferences, a link to follow, "tasks" or "greet".

"tray SIGNAL" is what a click in the tray's menu asks for.
"where NAME" is a question: where the button or label with that text can be clicked is written to standard output.
The log tells what is asked and where the keyboard is.
"""

import logging
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from desktop import logs, paths
from desktop.app import App
from desktop.settings import Settings

log = logging.getLogger("tests.driven_app")


def main(make: Callable[[QApplication], App] = App, obey: Callable[[App], None] | None = None) -> None:
    """Run the app, or one that is made otherwise, until it is told to stop; `obey` reads standard input."""
    logs.start_logging(paths.log_file())
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    app = make(application)
    lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    lines.activated.connect(lambda: (obey or change)(app))
    application.focusChanged.connect(tell_focus)
    app.panels.asked.connect(lambda job: log.info("asked %s", job.task.id))
    app.instance.start()
    app.start()
    application.exec()
    app.stop()


def tell_focus(_before: QWidget | None, now: QWidget | None) -> None:
    """Name a button that has the keyboard now."""
    if isinstance(now, QPushButton):
        log.info("keyboard in %s", now.text())


def change(app: App) -> None:
    """Hand on what was written, as the preferences would, or a click on a link in the newest panel."""
    for line in os.read(sys.stdin.fileno(), 1 << 16).splitlines():
        if line.startswith(b"shotglass:"):
            app.panels._open[-1].message.linkActivated.emit(line.decode())
        elif line == b"greet":
            app.greet()
        elif line.startswith(b"tray "):
            getattr(app.tray, line.removeprefix(b"tray ").decode()).emit()
        elif line == b"tasks":
            app.preferences.tasks_changed.emit()
        elif line.startswith(b"where "):
            x, y = place_of(line.removeprefix(b"where ").decode())
            sys.stdout.write(f"{x} {y}\n")
            sys.stdout.flush()
        else:
            app.preferences.changed.emit(Settings.model_validate_json(line))


def place_of(words: str) -> tuple[int, int]:
    """The middle of the button or label with that text, (0, 0) where none can be clicked now."""
    for part in QApplication.allWidgets():
        if not isinstance(part, QAbstractButton | QLabel):
            continue
        if part.text() == words and part.isVisible() and part.isEnabled():
            place = part.mapToGlobal(part.rect().center())
            return place.x(), place.y()
    return 0, 0


if __name__ == "__main__":
    main()
