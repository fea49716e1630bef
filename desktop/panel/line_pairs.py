"""Two texts side by side, of which each line belongs to the line beside it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from desktop.panel.answer_text import BAND


class LinePairs(QObject):
    """Scrolls both together and marks the line of one in the other, where they have the same number of lines."""

    def __init__(self, left: QPlainTextEdit, right: QPlainTextEdit, parent: QObject) -> None:
        super().__init__(parent)
        self._moves = False
        for one, other in ((left, right), (right, left)):
            one.verticalScrollBar().valueChanged.connect(lambda _value, one=one, other=other: self._scroll(one, other))
            one.cursorPositionChanged.connect(lambda one=one, other=other: self._mark(one, other))

    def _scroll(self, one: QPlainTextEdit, other: QPlainTextEdit) -> None:
        if self._moves or not _match(one, other):
            return
        self._moves = True
        line = one.firstVisibleBlock().blockNumber()
        other.verticalScrollBar().setValue(other.document().findBlockByNumber(line).firstLineNumber())
        self._moves = False

    def _mark(self, one: QPlainTextEdit, other: QPlainTextEdit) -> None:
        line = one.textCursor().blockNumber()
        match = _match(one, other) and one.hasFocus()
        for text in (one, other):
            text.setExtraSelections([_band(text, line)] if match else [])


def _match(one: QPlainTextEdit, other: QPlainTextEdit) -> bool:
    return one.isVisible() and other.isVisible() and one.blockCount() == other.blockCount()


def _band(text: QPlainTextEdit, line: int) -> QTextEdit.ExtraSelection:
    band = QTextEdit.ExtraSelection()
    band.cursor = QTextCursor(text.document().findBlockByNumber(line))
    band.format.setBackground(BAND)
    band.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
    return band
