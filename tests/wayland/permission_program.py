"""A program whose one window asks the desktop for shortcuts and pictures once it has the keyboard."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from desktop.capture.choose import choose_permission
from desktop.hotkey.choose import choose_hotkeys
from desktop.portal.choose import choose_portal


def main() -> None:
    application = QApplication([])
    portal = choose_portal()
    pictures, hotkeys = choose_permission(portal), choose_hotkeys(portal, {"code": "Code"})
    assert portal
    assert pictures
    window = QLabel("asks")
    window.show()

    def begin() -> None:
        if application.activeWindow() is window:
            hotkeys.bind({"code": "Ctrl+Alt+H"})
        else:
            QTimer.singleShot(50, begin)

    def end(words: str) -> None:
        sys.stdout.write(words)
        application.quit()

    hotkeys.settled.connect(lambda _held: pictures.ask())
    pictures.told.connect(lambda permission: end(str(permission.allowed)))
    begin()
    application.exec()
    hotkeys.stop()
    portal.stop()


if __name__ == "__main__":
    main()
