"""The view of answers in Markdown, and of all that was asked about them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.exports.markdown import to_html, to_page
from desktop.language import tr_later
from desktop.panel.conversation import Conversation
from desktop.panel.rich_text import RichText
from desktop.panel.view import Clipping, Format, View


class MarkdownView(View):
    """Questions and answers one under the other, set as Markdown means them."""

    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = RichText(self)
        self.text.reported.connect(self.reported)
        self.setFocusProxy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self._talk: Conversation | None = None

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View."""
        self._talk = talk
        self.text.show_exchanges(talk.exchanges if talk else (), talk is None or talk.latest.state.final)

    def clipping(self) -> Clipping:
        """See View; the newest answer as its own Markdown and as HTML, a selection as plain text."""
        if selected := self.text.selected_text():
            return Clipping(selected)
        answer = self._talk.newest_answer if self._talk else ""
        others = {"text/html": to_html(answer).encode(), "text/markdown": answer.encode()}
        return Clipping(answer, others if answer else {})

    def formats(self) -> Sequence[Format]:
        """See View."""
        return [
            Format("Markdown", ".md", f"{self._transcript()}\n".encode),
            Format("HTML", ".html", lambda: to_page(self._transcript())),
            Format(tr_later("Text"), ".txt", f"{self._transcript()}\n".encode),
        ]

    def _transcript(self) -> str:
        return self._talk.transcript if self._talk else ""
