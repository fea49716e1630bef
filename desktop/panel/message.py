"""The sentence above an answer: what went wrong or what to know, with links to what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.job import State, Update

GET_MODEL_LINK = "shotglass:get-model"
MODELS_LINK = "shotglass:models"
AGAIN_LINK = "shotglass:again"
FULL_SIZE_LINK = "shotglass:full-size"
HERE_LINK = "shotglass:here"
SERVER_LINK = "shotglass:server"
_OFFERS = (
    ("`shotglass models", GET_MODEL_LINK, "Get the model…"),
    ("`shotglass models", MODELS_LINK, "Show models"),
    ("let this computer answer", HERE_LINK, "Answer on this computer"),
    ("preferences (Server)", SERVER_LINK, "Server…"),
    ("(preferences, Server)", SERVER_LINK, "Server…"),
)
"""What is offered behind a sentence that holds certain words."""


class Message(QLabel):
    """Hidden while there is nothing to say; its links are reached by Tab and followed by Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.hide()

    def say(self, sentence: str, link: str = "") -> None:
        """Show a sentence with a link behind it; '' takes it away."""
        offered = [f'<a href="{to}">{title}</a>' for words, to, title in _OFFERS if words in sentence]
        if offered:
            link = f" {' · '.join([*offered, link.strip()] if link else offered)}"
        self.setText(f"{_escape(sentence)}{link}")
        self.setVisible(bool(sentence))

    def show_update(self, update: Update | None) -> None:
        """Show what an Update remarks, with the way to have it otherwise; None remarks nothing."""
        if update is None:
            self.say("")
        elif update.state is State.FAILED:
            self.say(update.error, f' <a href="{AGAIN_LINK}">Try again</a>')
        else:
            self.say(update.note, f' <a href="{FULL_SIZE_LINK}">Read at full size</a>' if update.reduced else "")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
