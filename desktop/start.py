"""The tray app as a process: there is one, and a second start hands its command to it."""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.app import App
from desktop.choices import LogLevel
from desktop.command import Command, send, send_soon
from desktop.desktop_entry import APP_ID
from desktop.display import check_display
from desktop.theme import ACCENT, draw_pixmap

RUNNING = "Shotglass is running already; its last panel is open now."
GREETS_MS = 100
"""In which the command of another start, that started this one, has come."""


def main(command: Command, log_level: LogLevel | None = None) -> int:
    """Start the tray app, or hand the command to the one that runs; the exit code. Raises UserError.

    `log_level` is for this time, whatever the settings say.
    """
    if send(command, paths.socket_file()):
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return 0
    check_display()
    display_lost = logs.watch_qt()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)  # previews of pages ask for it
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Shotglass")
    application.setDesktopFileName(APP_ID)
    application.setWindowIcon(QIcon(draw_pixmap("shotglass", QColor(ACCENT), 256)))
    application.setQuitOnLastWindowClosed(False)
    if sys.platform != "linux":  # there the desktop entry does it
        from desktop.identity import introduce

        introduce()
    app = App(application, log_level)
    if not app.instance.start():
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return int(not send_soon(command, paths.socket_file(), timeout_s=5))
    app.start()
    QTimer.singleShot(GREETS_MS, app.greet)
    application.exec()
    app.stop()
    return int(display_lost.is_set())
