"""The view of text that was read: as text or on its picture, line by line or joined, with what can be opened in it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.language import tr
from desktop.panel import keys
from desktop.panel.conversation import Conversation
from desktop.panel.finding_chips import FindingChips
from desktop.panel.text_view import TextView
from desktop.panel.view import Clipping
from desktop.panel.words_view import WordsView
from desktop.reflow import one_paragraph
from desktop.theme import draw_icon

ON_PICTURE, JOIN_LINES = "on_picture", "join_lines"


class ReadingView(TextView):
    """Two switches are habits: the picture in place of the text, where it is known what stands where; joined lines."""

    shortcuts = keys.READING

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WordsView(self)
        self.words.hide()
        self.chips = FindingChips(self)
        self.join_lines = self._switch(JOIN_LINES, "join", keys.JOIN)
        self.on_picture = self._switch(ON_PICTURE, "picture", keys.ON_PICTURE)
        self.tools = QWidget(self)
        self.tools.hide()  # until a header takes it
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.join_lines)
        row.addWidget(self.on_picture)
        self.column.addWidget(self.words)
        self.column.addWidget(self.chips)
        self.show_conversation(None)

    def set_habits(self, habits: Mapping[str, bool]) -> None:
        """See View."""
        self.join_lines.setChecked(habits.get(JOIN_LINES, False))
        self.on_picture.setChecked(habits.get(ON_PICTURE, False))

    def show_conversation(self, talk: Conversation | None) -> None:
        """See View; the one of text and picture that is out of sight is left as it was, until there is nothing."""
        first = talk.exchanges[0] if talk else None
        lines = first.lines if first else ()
        on_picture = self.on_picture.isChecked() and bool(lines)
        self.shows_all = not on_picture
        self._talk = self._joined(talk) if talk else None
        if talk is None or not on_picture:
            super().show_conversation(self._talk)
        if talk is None or on_picture:
            self.words.show_words(talk.job.shot if talk else None, first.answer if first else "", lines)
        self._show_one(self.words if on_picture else self.text)
        self.on_picture.setVisible(bool(lines))
        final = talk is not None and (len(talk.exchanges) > 1 or talk.latest.state.final)
        self.chips.show_answer(first.answer if first else "", lines, final)

    def comfort(self) -> QSize:
        """See View."""
        if not self.words.isVisibleTo(self):
            return QSize()
        chips = self.chips.sizeHint().height() + self.column.spacing() if self.chips.isVisibleTo(self) else 0
        return self.words.comfort() + QSize(0, chips)

    def as_shown(self, text: str) -> str:
        """See View."""
        return one_paragraph(text) if self.join_lines.isChecked() else text

    def clipping(self) -> Clipping:
        """See View; what is selected of the picture is joined, too, where lines are."""
        chosen = self.words.selected_text if self.words.isVisibleTo(self) else ""
        return Clipping(self.as_shown(chosen)) if chosen else super().clipping()

    def _joined(self, talk: Conversation) -> Conversation:
        """The conversation with what was read as it is shown; later answers are not of lines."""
        if talk.before:
            first, *others = talk.before
            return replace(talk, before=(first._replace(answer=self.as_shown(first.answer)), *others))
        return replace(talk, latest=replace(talk.latest, text=self.as_shown(talk.latest.text)))

    def _show_one(self, shown: QWidget) -> None:
        """Show the text or the picture, and give it the keyboard where the other one had it."""
        other = self.text if shown is self.words else self.words
        had_focus = other.hasFocus()
        other.hide()
        shown.show()
        self.sides.setVisible(shown is self.text)
        self.setFocusProxy(shown)
        if had_focus:
            shown.setFocus()

    def _switch(self, habit: str, icon: str, key: keys.Key) -> QToolButton:
        """A button that switches a habit; only the user's own switching is told."""
        button = QToolButton(self)
        button.setIcon(draw_icon(icon))
        button.setToolTip(key.tip)
        button.setAccessibleName(tr(key.words))
        button.setCheckable(True)
        button.setShortcut(key.keys[0])
        button.clicked.connect(lambda on: self.switched.emit(habit, on))
        return button
