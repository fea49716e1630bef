"""The view of each kind of answer, one of which a panel shows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.job import AnswerKind
from desktop.language import tr
from desktop.panel.boxes_view import BoxesView
from desktop.panel.conversation import Conversation
from desktop.panel.formula_view import FormulaView
from desktop.panel.grid_view import FieldsView, TableView
from desktop.panel.manner import Manner
from desktop.panel.markdown_view import MarkdownView
from desktop.panel.reading_view import ReadingView
from desktop.panel.rich_text import RichText
from desktop.panel.splitter import Splitter
from desktop.panel.text_view import TextView
from desktop.panel.view import Clipping, View


def _page() -> View:
    from desktop.panel.html.view import HtmlView

    return HtmlView()


VIEWS: Mapping[AnswerKind, Callable[[], View]] = {
    AnswerKind.TEXT: ReadingView,
    AnswerKind.BOXES: BoxesView,
    AnswerKind.HTML: _page,
    AnswerKind.MARKDOWN: MarkdownView,
    AnswerKind.TABLE: TableView,
    AnswerKind.FIELDS: FieldsView,
    AnswerKind.FORMULA: FormulaView,
}
"""The kinds whose answers are more than text."""


class Views(QStackedWidget):
    """Shows a conversation in the view of its kind; a view is made when its kind first comes.

    `sent` brings a request in words that the user made in a view, `switched` a habit and how it is now, `reported` a
    few words on what was done in one.
    """

    sent = Signal(str)
    switched = Signal(str, bool)
    reported = Signal(str)

    def __init__(self, manner: Manner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._manner = manner
        self._plain = TextView()
        self._pages: dict[AnswerKind | None, Page] = {}
        self.turn_to(None)

    @property
    def current(self) -> View:
        """The view that is shown."""
        return self._page.view

    def turn_to(self, kind: AnswerKind | None) -> None:
        """Show the view of a kind; None is plain text."""
        known = kind if kind in VIEWS else None
        if known not in self._pages:
            self._pages[known] = page = Page(VIEWS[known]() if known else self._plain)
            page.view.sent.connect(self.sent)
            page.view.switched.connect(self.switched)
            page.reported.connect(self.reported)
            page.view.set_habits(self._manner.habits)
            page.view.manner = self._manner
            self.addWidget(page)
        self._page = self._pages[known]
        self.setCurrentWidget(self._page)
        self.setFocusProxy(self._page.view)

    def set_manner(self, manner: Manner) -> None:
        """Behave in that manner from now on."""
        self._manner = manner
        for page in self._pages.values():
            page.view.manner = manner

    def show_conversation(self, talk: Conversation | None) -> None:
        """Show it as it stands."""
        self._page.show_conversation(talk)

    def invite(self, words: str) -> None:
        """Be empty but for how a picture comes here; '' takes that away."""
        self.clear()
        self._plain.text.setPlaceholderText(words)

    def clear(self) -> None:
        """Hold nothing of the picture before."""
        for page in self._pages.values():
            page.show_conversation(None)
            page.view.set_habits(self._manner.habits)
        self.turn_to(None)

    def clipping(self) -> Clipping:
        """What Copy takes."""
        return self._page.clipping()


class Page(Splitter):
    """A view, and below it the questions that followed where it does not show them itself."""

    reported = Signal(str)

    def __init__(self, view: View) -> None:
        more = RichText()
        super().__init__(Qt.Orientation.Vertical, view, more)
        self.view, self._more = view, more
        for part in (view, self._more):
            part.reported.connect(self.reported)
        self._more.setAccessibleName(tr("Questions and answers"))
        self._more.hide()

    def show_conversation(self, talk: Conversation | None) -> None:
        """Show it as it stands."""
        self.view.show_conversation(talk)
        more = talk.exchanges[1:] if talk and not self.view.shows_all else ()
        self._more.show_exchanges(more, talk is None or talk.latest.state.final)
        self._more.setVisible(bool(more))

    def clipping(self) -> Clipping:
        """What is selected below, else what the view gives."""
        below = self._more.selected_text()
        return Clipping(below) if below else self.view.clipping()
