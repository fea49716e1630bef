"""The room that a view gets in its window: more where it needs it, and afterwards as before."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget


class Room:
    """Grows a window until a part of it has the size that is wanted, as far as the screen goes.

    It acts when another size is wanted and not before, so that what the user sizes meanwhile stays; it goes back only
    from the size that it gave.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._wanted = QSize()
        self._before = QSize()
        self._given = QSize()

    def make(self, part: QWidget, wanted: QSize) -> None:
        """Let the part have that size; an empty one is content with what there is."""
        window = self._window
        layout = window.layout()
        if wanted == self._wanted or layout is None:
            return
        self._wanted = wanted
        layout.activate()
        size = window.size()
        self._before = self._before if size == self._given else size
        needed = (size - part.size() + wanted) if wanted.isValid() else QSize()
        screen = window.screen().availableGeometry()
        window.resize(needed.expandedTo(self._before).boundedTo(screen.size()))
        self._given = window.size()
        if window.isVisible():
            window.move(_inside(QRect(window.pos(), window.size()), screen))


def _inside(place: QRect, screen: QRect) -> QPoint:
    """The corner of a place that is moved onto the screen by no more than it takes."""
    x = max(screen.left(), min(place.left(), screen.right() + 1 - place.width()))
    return QPoint(x, max(screen.top(), min(place.top(), screen.bottom() + 1 - place.height())))
