"""The view of answers that are text, and of all that was asked about them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import tr, tr_later
from desktop.panel.answer_text import AnswerText
from desktop.panel.conversation import Conversation, Exchange
from desktop.panel.line_pairs import LinePairs
from desktop.panel.splitter import Splitter
from desktop.panel.view import Clipping, Format, View


class TextView(View):
    """Questions and answers one under the other; to the left of a translation the text itself, where it is known."""

    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.original = AnswerText(), AnswerText()
        self.original.setAccessibleName(tr("Text of the picture"))
        self.original.hide()
        self.setFocusProxy(self.text)
        LinePairs(self.original, self.text, self)
        self.sides = Splitter(Qt.Orientation.Horizontal, self.original, self.text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.sides)
        self._talk: Conversation | None = None

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View."""
        self._talk = talk
        self.text.show_exchanges(talk.exchanges if talk else [])
        original = talk.original if talk else ""
        self.original.show_exchanges([Exchange("", original)] if original else [])
        self.original.setVisible(bool(original))

    def clipping(self) -> Clipping:
        """See View; without a selection the newest answer."""
        selected = self.text.selected_text() or self.original.selected_text()
        return Clipping(selected or (self._talk.newest_answer if self._talk else ""))

    def formats(self) -> Sequence[Format]:
        """See View."""
        return [Format(tr_later("Text"), ".txt", self._content)]

    def _content(self) -> bytes:
        return f"{self._talk.transcript if self._talk else ''}\n".encode()
