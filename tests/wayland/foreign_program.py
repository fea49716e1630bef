"""A program with one window that asks for a picture while the window has the keyboard; prints what it was told."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from desktop.capture.choose import choose_capture
from desktop.portal.choose import choose_portal


def main() -> None:
    application = QApplication([])
    portal = choose_portal()
    assert portal
    capture = choose_capture(portal)
    window = QLabel("asks")
    window.show()

    def begin() -> None:
        if application.activeWindow() is window:
            capture.begin("text")
        else:
            QTimer.singleShot(50, begin)

    def end(words: str) -> None:
        sys.stdout.write(words)
        application.quit()

    capture.taken.connect(lambda shot, _task_id: end(f"{shot.width} x {shot.height}"))
    capture.failed.connect(end)
    begin()
    application.exec()
    capture.close()
    portal.stop()


if __name__ == "__main__":
    main()
