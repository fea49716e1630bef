"""Gets the keyboard for an overlay, also while the program in front, or a key still held, has it."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

RETRY_MS = 15
TRIES = 80


class KeyboardGrab(QObject):
    """Asks for the keyboard again and again, for about a second; the first answer is mostly yes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWindow | None = None
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self._retry)
        self.held = False

    def take(self, window: QWindow) -> None:
        """Send every key to this window from now on."""
        self.let_go()
        window.requestActivate()
        if QGuiApplication.platformName().startswith("wayland"):
            return  # no window can grab there, and the compositor gives the keyboard to a new one
        self._window, self._tries = window, TRIES
        self._retry()

    def ask_again(self) -> None:
        """Another round of tries where the keyboard is still missing: a menu that had it closes on a click."""
        if self._window and not self.held and not self._timer.isActive():
            self._tries = TRIES
            self._retry()

    def let_go(self) -> None:
        """Give the keyboard back."""
        self._timer.stop()
        if self._window and self.held:
            self._window.setKeyboardGrabEnabled(False)
        self._window, self.held = None, False

    def _retry(self) -> None:
        if self._window is None:
            return
        self._tries -= 1
        self.held = self._window.setKeyboardGrabEnabled(True)
        if self.held or self._tries <= 0:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
