"""Tells that a picture leaves this computer, and for which host."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.job import Update

MOST_WIDTH = 170


class PlaceBadge(QLabel):
    """Hidden while the picture stays here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.hide()

    def show_place(self, update: Update | None, place: str) -> None:
        """Show where the picture went, or where it will go: to `place`, where that is not ''."""
        sent = update.place if update else ""
        if update and update.state.final:
            place = ""
        words = f"sent to {sent}" if sent else f"goes to {place}" if place else ""
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, MOST_WIDTH))
        self.setToolTip(f"This picture {'was sent' if sent else 'will be sent'} to {sent or place}." if words else "")
        self.setVisible(bool(words))
