"""Tells that a picture leaves this computer, and for which host."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget

from desktop.job import Update
from desktop.language import tr

LEAST_WIDTH, MOST_WIDTH = 84, 184
MARGIN = 6


class PlaceBadge(QLabel):
    """Hidden while the picture stays here; leaves out the middle of a name that has no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.hide()

    def show_place(self, update: Update | None, place: str) -> None:
        """Show where the picture went, or where it will go: to `place`, where that is not ''."""
        sent = update.place if update else ""
        if update and update.state.final:
            place = ""
        words = tip = ""
        if sent:
            words, tip = tr("sent to {host}", host=sent), tr("This picture was sent to {host}.", host=sent)
        elif place:
            words, tip = tr("goes to {host}", host=place), tr("This picture will be sent to {host}.", host=place)
        self.setText(words)
        self.setToolTip(tip)
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        """As wide as the words, but leaving room to whoever answers."""
        return super().sizeHint().boundedTo(QSize(MOST_WIDTH, 1000))

    def minimumSizeHint(self) -> QSize:
        """Room for the beginning and the end of the words."""
        return super().minimumSizeHint().boundedTo(QSize(LEAST_WIDTH, 1000))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        option, painter = QStyleOption(), QPainter(self)
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        place = self.rect().adjusted(MARGIN, 0, -MARGIN, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, place.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
