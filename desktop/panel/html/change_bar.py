"""The line in which a change to one element of a page is put into words."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolTip, QWidget

from desktop.language import tr
from desktop.panel.keys import claim_escape
from desktop.panel.question_box import WAIT

_REQUEST = "{words}\n\nChange only this element and leave the rest as it is:\n{element}"


class ChangeBar(QWidget):
    """Hidden until an element is picked; `sent` brings the request, `left` comes when it is given up.

    While `held` the request stays in the bar.
    """

    sent = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held = False
        self._element = ""
        self.name = QLabel()
        self.words = _Words(self)
        self.words.setObjectName("question")
        self.words.setPlaceholderText(tr("Say what to change in it…"))
        self.words.setAccessibleName(tr("What to change in the picked element"))
        self.words.returnPressed.connect(self._send)
        self.words.left.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.name)
        layout.addWidget(self.words, 1)
        self.hide()

    def ask(self, name: str, element: str) -> None:
        """Come up for an element: its name for the user, its HTML for the model."""
        self._element = element
        self.name.setText(name)
        self.show()
        self.words.setFocus()

    def _send(self) -> None:
        words = self.words.text().strip()
        if self.held:
            QToolTip.showText(self.words.mapToGlobal(self.words.rect().bottomLeft()), tr(WAIT), self)
        elif words:
            self.words.clear()
            self.sent.emit(_REQUEST.format(words=words, element=self._element))


class _Words(QLineEdit):
    """Claims Esc before the panel's shortcut gets it."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave by Esc."""
        return claim_escape(event, self.left.emit) or super().event(event)
