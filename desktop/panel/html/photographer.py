"""Takes pictures of pages at any size, out of sight."""

from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWebEngineCore import QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView

from desktop.panel.html.jail import ASIDE, Jail

_LOOK_MS = 40
_LOOKS = 50
_LARGEST = 4096
_MARK_PAINTED = "requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true }))"
_IS_PAINTED = "window.painted === true"


class Sitting(NamedTuple):
    """A page and the size of the window that it is drawn for, in logical pixels."""

    html: str
    width: int
    height: int


class Photographer(QObject):
    """`taken` brings a picture and what it is of; where more are asked for meanwhile, the newest comes next."""

    taken = Signal(QImage, Sitting)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Sitting | None = None
        self._sitting: Sitting | None = None
        self._view: QWebEngineView | None = None
        self._before = QImage()
        self._looks = 0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def take(self, sitting: Sitting) -> None:
        """Take a picture of this page."""
        if sitting not in (self._wanted, self._sitting):
            self._wanted = sitting
            self._begin()

    def stop(self) -> None:
        """Take no more, and let go of the browser."""
        self._wanted = self._sitting = None
        self._before = QImage()
        self._timer.stop()
        if self._view is not None:
            self._view.close()
            self._view.deleteLater()
            self._view = None

    def _begin(self) -> None:
        if self._sitting is not None or self._wanted is None:
            return
        self._sitting, self._wanted = self._wanted, None
        if self._view is None:
            self._view = QWebEngineView()
            self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._view.setPage(Jail(self._view))
            self._view.settings().setAttribute(QWebEngineSettings.WebAttribute.ShowScrollBars, False)
        self._view.resize(QSize(self._sitting.width, self._sitting.height).boundedTo(QSize(_LARGEST, _LARGEST)))
        self._view.show()
        self._before, self._looks = QImage(), 0
        jail = self._view.page()
        if isinstance(jail, Jail):
            jail.drawn.connect(lambda _count: self._wait(), Qt.ConnectionType.SingleShotConnection)
            jail.show_page(self._sitting.html)

    def _wait(self) -> None:
        """Wait for the page to be painted, which it is a moment after it stands."""
        if self._view is not None:
            self._view.page().runJavaScript(_MARK_PAINTED, ASIDE)
            self._timer.start()

    def _look(self) -> None:
        if self._view is not None:
            self._view.page().runJavaScript(_IS_PAINTED, ASIDE, self._judge)

    def _judge(self, painted: object) -> None:
        """Take the picture where two looks at the painted page find the same."""
        if self._view is None or self._sitting is None or not self._timer.isActive():
            return
        if painted is not True and self._looks < _LOOKS:
            self._looks += 1
            return
        picture = self._view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        self._looks += 1
        if picture != self._before and self._looks < _LOOKS:
            self._before = picture
            return
        self._timer.stop()
        sitting, self._sitting = self._sitting, None
        self._before = QImage()
        self.taken.emit(picture, sitting)
        self._begin()
