"""The view of answers that are text, and of all that was asked about them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.panel.answer_text import AnswerText
from desktop.panel.conversation import Conversation
from desktop.panel.view import Clipping, Format, View


class TextView(View):
    """Questions and answers one under the other."""

    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = AnswerText(self)
        self.setFocusProxy(self.text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.text)
        self._talk: Conversation | None = None

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View."""
        self._talk = talk
        self.text.show_exchanges(talk.exchanges if talk else [])

    def clipping(self) -> Clipping:
        """See View; without a selection the newest answer."""
        return Clipping(self.text.selected_text() or (self._talk.newest_answer if self._talk else ""))

    def formats(self) -> Sequence[Format]:
        """See View."""
        return [Format("Text", ".txt", self._content)]

    def _content(self) -> bytes:
        return f"{self._talk.transcript if self._talk else ''}\n".encode()
