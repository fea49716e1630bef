"""Shows a conversation as text: the answer while it grows and after, the questions set off above theirs."""

from collections.abc import Sequence
from itertools import takewhile

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.language import tr, tr_later
from desktop.panel.conversation import MARK, Exchange
from desktop.panel.keys import leave_copy

PLACEHOLDER = tr_later("Drop a picture here, paste one (Ctrl+V) or open one (Ctrl+O).")
BAND = QColor(125, 135, 148, 45)


class AnswerText(QPlainTextEdit):
    """Read-only text that can be selected with mouse and keyboard; indented text is set in a fixed-width font."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("Answer"))
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._shown: tuple[Exchange, ...] = ()
        self._newest = 0
        self._bold = QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.DemiBold)
        self._band = QTextBlockFormat()
        self._band.setBackground(BAND)

    def show_exchanges(self, exchanges: Sequence[Exchange]) -> None:
        """Show a conversation; what stands already is not set again, so that a selection survives."""
        wanted, shown = tuple(Exchange(said.question, said.answer) for said in exchanges), self._shown
        if wanted == shown:
            return
        self._shown = wanted
        follows = self._follows()
        kept = _unchanged(shown, wanted)
        if kept is not None:
            self._replace_end(shown[-1].answer[kept:], wanted[-1].answer[kept:])
        else:
            self.clear()
            for exchange in wanted:
                self._add(exchange)
            self._place_caret(self.document().findBlockByNumber(self._newest).position())
        self.setFont(self._fixed if any(_is_indented(said.answer) for said in wanted) else QFont())
        if follows or kept is None:
            self._scroll_to_newest()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies the newest answer where nothing is selected."""
        return not leave_copy(event) and super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest answer in sight where a sentence above takes room from it."""
        follows = self._follows()
        super().resizeEvent(event)
        if follows:
            self._scroll_to_newest()

    def selected_text(self) -> str:
        """The selection, or ''."""
        return self.textCursor().selection().toPlainText()

    def _add(self, exchange: Exchange) -> None:
        """Append a question on its band and the answer under it."""
        cursor = self._end()
        if exchange.question:
            if not self.document().isEmpty():
                cursor.insertBlock()
                cursor.insertBlock()
            cursor.setBlockFormat(self._band)
            self._newest = cursor.blockNumber()
            cursor.insertText(f"{MARK}{exchange.question}", self._bold)
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        else:
            self._newest = 0
        cursor.insertText(exchange.answer)

    def _replace_end(self, old: str, new: str) -> None:
        """Put new text in the place of the last."""
        mine = self.textCursor()
        anchor, position = mine.anchor(), mine.position()
        cursor = self._end()
        length = len(old.replace("\r\n", "\n").encode("utf-16-le")) // 2  # as the document counts
        cursor.setPosition(cursor.position() - length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        if anchor == position != self.textCursor().position():
            self._place_caret(min(position, self.document().characterCount() - 1))

    def _place_caret(self, position: int) -> None:
        """Let the caret stay where it is read from: Qt takes it along with what is written; nothing is scrolled."""
        scrolled, mine = self.verticalScrollBar().value(), self.textCursor()
        mine.setPosition(position)
        self.setTextCursor(mine)
        self.verticalScrollBar().setValue(scrolled)

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _newest_line(self) -> int:
        return self.document().findBlockByNumber(self._newest).firstLineNumber()

    def _follows(self) -> bool:
        """True while the newest question moves up to the top as its answer grows, and the user has not scrolled."""
        bar = self.verticalScrollBar()
        return bar.value() == bar.maximum() and bar.value() < self._newest_line()

    def _scroll_to_newest(self) -> None:
        """Show the newest question as high as there is text below it."""
        self.verticalScrollBar().setValue(self._newest_line())


def _unchanged(shown: Sequence[Exchange], wanted: Sequence[Exchange]) -> int | None:
    """How many characters of the last answer stay; None where anything else has changed, or all of it has."""
    if not shown or not wanted or shown[:-1] != wanted[:-1] or shown[-1].question != wanted[-1].question:
        return None
    old, new = shown[-1].answer, wanted[-1].answer
    if new.startswith(old):
        return len(old)
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) or None


def _is_indented(text: str) -> bool:
    return any(line[:1] in (" ", "\t") for line in text.splitlines())
