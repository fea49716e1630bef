"""What a panel asks of the view of an answer: to show it, to copy it, to save it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from desktop.panel.conversation import Conversation
from desktop.panel.keys import Key
from desktop.panel.manner import Manner


class Clipping(NamedTuple):
    """What goes on the clipboard: plain text, and the same by MIME type for programs that take more."""

    text: str
    others: Mapping[str, bytes] = MappingProxyType({})


class Format(NamedTuple):
    """A kind of file that an answer can be saved as; `content` raises UserError where it cannot be made."""

    title: str
    suffix: str
    content: Callable[[], bytes]


class View(QWidget):
    """Shows the conversation of one task.

    `sent` brings a request in words about the answer, as if it had been typed. `switched` brings a habit of the user by
    its name, as it is now. `reported` brings a few words on what was done in it, for the status line. `shows_all` is
    True where the view shows follow-up questions and their answers itself; else they stand below it. `tools` are small
    buttons that stand in the panel's header while the view is shown.
    """

    sent = Signal(str)
    switched = Signal(str, bool)
    reported = Signal(str)
    manner: Manner | None = None
    """How the panel behaves; it is another one when that changes."""
    shows_all = False
    tools: QWidget | None = None
    shortcuts: Sequence[Key] = ()
    """What can be done with it by key."""

    def set_habits(self, habits: Mapping[str, bool]) -> None:
        """Show the next picture as the user likes it; a habit without a name here is as it is at first."""

    def show_conversation(self, talk: Conversation | None) -> None:
        """Show it as it stands; called again whenever that has changed. None is before the first question."""
        raise NotImplementedError

    def comfort(self) -> QSize:
        """The size in which what is shown is seen well, to which a panel grows; an invalid one asks for nothing."""
        return QSize()

    def as_shown(self, text: str) -> str:
        """The text of an answer as this view shows it."""
        return text

    def clipping(self) -> Clipping:
        """What is selected, else the whole answer; empty text where there is none."""
        raise NotImplementedError

    def formats(self) -> Sequence[Format]:
        """The files that can be written, the usual one first."""
        raise NotImplementedError
