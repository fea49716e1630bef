"""Parts of a window, and the border between them: moved by mouse, or by keys once Tab has come to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop.language import tr
from desktop.panel import keys
from desktop.panel.accessible import announce
from desktop.theme import ACCENT

STEP = 16
FAR = 1 << 20
_STEPS = dict(zip((*keys.MOVE_BORDER.keys, *keys.BORDER_ENDS.keys), (-STEP, STEP, -STEP, STEP, -FAR, FAR), strict=True))


class Splitter(QSplitter):
    """Two parts or more, of which none goes away."""

    def __init__(self, orientation: Qt.Orientation, *parts: QWidget) -> None:
        super().__init__(orientation)
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802 - Qt calls it by this name
        """A border that keys move, too."""
        return Border(self.orientation(), self)


class Border(QSplitterHandle):
    """Says where it stands when a key has moved it."""

    def __init__(self, orientation: Qt.Orientation, parent: Splitter) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Border between two parts"))
        self.setAccessibleDescription(tr("The arrow keys, Home and End move it."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a step, or as far as the parts allow."""
        step = _STEPS.get(keys.written(event))
        if step is None:
            super().keyPressEvent(event)
            return
        self.moveSplitter(self._place() + step)
        room = self.splitter().height() if self.orientation() is Qt.Orientation.Vertical else self.splitter().width()
        announce(self, tr("{share} %", share=round(100 * self._place() / room)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the keyboard; a style sheet is not told of it."""
        super().paintEvent(event)
        if self.hasFocus():
            QPainter(self).fillRect(self.rect(), QColor(ACCENT))

    def _place(self) -> int:
        """How far it is from the beginning, in pixels."""
        return self.y() if self.orientation() is Qt.Orientation.Vertical else self.x()
