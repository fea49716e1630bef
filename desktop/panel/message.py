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
        """Show a sentence with a link behind it; '' takes it away."""
        offered = [_link(to, tr(title)) for words, to, title in OFFERS if tr(words) in sentence]
        if offered:
            link = " · ".join([*offered, link.strip()] if link else offered)
        self.setText(f"{_escape(sentence)} {link.strip()}" if link else _escape(sentence))
        self.setVisible(bool(sentence))
        said = QTextDocumentFragment.fromHtml(self.text()).toPlainText()
        if said and said != self.accessibleName():  # it is said again with each Update
            announce(self, said, urgent=True)
        self.setAccessibleName(said)

    def show_update(self, update: Update | None) -> None:
        """Show what an Update remarks, with the way to have it otherwise; None remarks nothing."""
        if update is None:
            self.say("")
        elif update.state is State.FAILED:
            self.say(update.error, _link(AGAIN_LINK, tr("Try again")))
        else:
            self.say(update.note, _link(FULL_SIZE_LINK, tr("Read at full size")) if update.reduced else "")


def _link(to: str, title: str) -> str:
    return f'<a href="{to}">{title}</a>'


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
