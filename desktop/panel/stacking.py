"""What stands above what: a panel above all other programs, and our own windows above it while they are used."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

ABOVE = Qt.WindowType.WindowStaysOnTopHint
_GIVEN_WAY_TO = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class Stacking(QObject):
    """Lets a panel, which stands above all, give way to a window or dialog of ours as long as that has the keyboard."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._settle)

    def _settle(self, focused: QWindow | None) -> None:
        """Menus belong to whoever had the keyboard before; what stands above all itself needs nothing."""
        handle = self._panel.windowHandle()
        if handle is None or (focused and focused.type() is Qt.WindowType.Popup):
            return
        lower = focused is not None and focused.type() in _GIVEN_WAY_TO and not focused.flags() & ABOVE
        handle.setFlag(ABOVE, not lower)
