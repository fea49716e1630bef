"""The sentence above an answer: what went wrong or what to know, with links to what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QWidget

from desktop.job import State, Update
from desktop.language import tr, tr_later
from desktop.offers import HERE, SERVER_ASIDE, SERVER_PAGE
from desktop.panel.accessible import announce

GET_MODEL_LINK = "shotglass:get-model"
MODELS_LINK = "shotglass:models"
AGAIN_LINK = "shotglass:again"
FULL_SIZE_LINK = "shotglass:full-size"
HERE_LINK = "shotglass:here"
SERVER_LINK = "shotglass:server"
OFFERS = (
    ("`shotglass models", GET_MODEL_LINK, tr_later("Get the model…")),
    ("`shotglass models", MODELS_LINK, tr_later("Show models")),
    (HERE, HERE_LINK, tr_later("Answer on this computer")),
    (SERVER_PAGE, SERVER_LINK, tr_later("Server…")),
    (SERVER_ASIDE, SERVER_LINK, tr_later("Server…")),
)
"""What is offered behind a sentence that holds certain words, in whatever language it is said."""
_BREAK = "<br>"


class Message(QLabel):
    """Hidden while there is nothing to say; its links are reached by Tab and followed by Enter.

    Screen readers say at once what is new.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.hide()

    def say(self, sentence: str, link: str = "") -> None:
        """Show a sentence with a link behind it, and nothing else; '' takes all away."""
        self._show(_line(sentence, link))

    def add(self, sentence: str, link: str = "") -> None:
        """Show a sentence below those that stand there already, each once."""
        self._show(*dict.fromkeys([*self.text().split(_BREAK), _line(sentence, link)]))

    def show_update(self, update: Update | None) -> None:
        """Show what an Update remarks, with the way to have it otherwise; None remarks nothing."""
        if update is None:
            self.say("")
        elif update.state is State.FAILED:
            self.say(update.error, _link(AGAIN_LINK, tr("Try again")))
        else:
            self.say(update.note, _link(FULL_SIZE_LINK, tr("Read at full size")) if update.reduced else "")

    def _show(self, *lines: str) -> None:
        """Show these lines, and have the last one said where anything is new."""
        self.setText(_BREAK.join(filter(None, lines)))
        self.setVisible(bool(self.text()))
        if self.text() and _plain(self.text()) != self.accessibleName():  # it is said again with each Update
            announce(self, _plain(lines[-1]), urgent=True)
        self.setAccessibleName(_plain(self.text()))


def _line(sentence: str, link: str) -> str:
    """A sentence with its links, as HTML."""
    if not sentence:
        return ""
    offered = [_link(to, tr(title)) for words, to, title in OFFERS if tr(words) in sentence]
    return f"{_escape(sentence)} {' · '.join(filter(None, [*offered, link.strip()]))}".strip()


def _plain(html: str) -> str:
    return QTextDocumentFragment.fromHtml(html).toPlainText()


def _link(to: str, title: str) -> str:
    return f'<a href="{to}">{title}</a>'


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
