"""Writes the pieces of a conversation at the end of a document."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.panel.answer_text import BAND
from desktop.panel.code_colours import COLOURS
from desktop.panel.pieces import Cell, Kind, Piece
from desktop.panel.run import Run

COPY = "copy:"
"""What the address of the link above some code begins with; behind it stands which code it is."""

NATURE = QTextFormat.Property.UserProperty
"""The property of a block that says what it is: BAR is above code and no part of the text, QUOTE is somebody else's."""

BAR, CODE, QUOTE = 1, 2, 3

_INSIDE = 10
_NATURES = {Kind.BAR: BAR, Kind.CODE: CODE}
_STEP = 20
_ALIGN = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
_ABOVE = {Kind.TEXT: 7, Kind.HEADING: 12, Kind.BAR: 8, Kind.CODE: 0, Kind.RULE: 4, Kind.TABLE: 0, Kind.QUESTION: 14}
_LARGER = {1: 1.35, 2: 1.2, 3: 1.1}


class PieceWriter:
    """Sets pieces in the colours and the font of a widget."""

    def __init__(self, widget: QWidget) -> None:
        palette = widget.palette()
        self._font = widget.font()
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        self._quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        self._ground = palette.color(QPalette.ColorRole.AlternateBase)
        self._edge = palette.color(QPalette.ColorRole.Mid)
        self._slim = QTextBlockFormat()
        self._slim.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._link = palette.color(QPalette.ColorRole.Link)
        self._colours = COLOURS[palette.color(QPalette.ColorRole.Base).lightness() < 128]
        self._writers: dict[Kind, Callable[[QTextCursor, Piece, int], None]] = {
            Kind.BAR: self._write_bar,
            Kind.RULE: self._write_rule,
        }

    def write(self, cursor: QTextCursor, piece: Piece, number: int) -> None:
        """Write a piece where the cursor stands, in a block of its own; `number` counts the code before it."""
        if piece.kind is Kind.TABLE:
            self._write_table(cursor, piece)
            return
        block = QTextBlockFormat()
        first = cursor.blockNumber() == 0
        block.setTopMargin(0 if first else 2 if piece.close else _ABOVE[piece.kind])
        block.setLeftMargin(_STEP * piece.depth)
        nature = _NATURES.get(piece.kind, QUOTE if piece.quoted else 0)
        block.setProperty(NATURE, nature)
        if nature in (BAR, CODE):
            block.setLeftMargin(block.leftMargin() + _INSIDE)
            block.setRightMargin(_INSIDE)
        if piece.kind is Kind.QUESTION:
            block.setBackground(BAND)
        marker = f"{piece.marker} " if piece.marker else ""
        block.setTextIndent(-QFontMetricsF(self._font).horizontalAdvance(marker))
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(QTextCharFormat())
        cursor.insertText(marker, self._looks(Run(marker), piece))
        self._writers.get(piece.kind, self._write_runs)(cursor, piece, number)

    def _write_runs(self, cursor: QTextCursor, piece: Piece, _number: int) -> None:
        self._insert(cursor, piece.runs, piece)

    def _write_bar(self, cursor: QTextCursor, piece: Piece, number: int) -> None:
        name = Run(f"{piece.runs[0].text}   ", role="quiet")
        self._insert(cursor, [name, Run(tr("Copy"), link=f"{COPY}{number}")], piece)

    def _write_rule(self, cursor: QTextCursor, _piece: Piece, _number: int) -> None:
        block = cursor.blockFormat()
        whole = QTextLength(QTextLength.Type.PercentageLength, 100)
        block.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, whole)
        block.setBackground(self._edge)
        cursor.setBlockFormat(block)

    def _write_table(self, cursor: QTextCursor, piece: Piece) -> None:
        if not cursor.block().text():
            cursor.setBlockFormat(self._slim)  # Qt begins each table behind a block
        table_format = QTextTableFormat()
        table_format.setBorder(1)
        table_format.setBorderCollapse(True)
        table_format.setBorderBrush(self._edge)
        table_format.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        table_format.setCellPadding(4)
        table_format.setTopMargin(8)
        table_format.setBottomMargin(6)
        table_format.setLeftMargin(_STEP * piece.depth)
        table = cursor.insertTable(len(piece.rows), max(map(len, piece.rows)), table_format)
        for row, cells in enumerate(piece.rows):
            for column, cell in enumerate(cells):
                self._write_cell(table.cellAt(row, column).firstCursorPosition(), cell, piece)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _write_cell(self, cursor: QTextCursor, cell: Cell, piece: Piece) -> None:
        if cell.align in _ALIGN:
            block = cursor.blockFormat()
            block.setAlignment(_ALIGN[cell.align])
            cursor.setBlockFormat(block)
        self._insert(cursor, cell.runs, piece)

    def _insert(self, cursor: QTextCursor, runs: Iterable[Run], piece: Piece) -> None:
        for run in runs:
            cursor.insertText(run.text, self._looks(run, piece))

    def _looks(self, run: Run, piece: Piece) -> QTextCharFormat:
        looks = QTextCharFormat()
        if run.bold or piece.kind is Kind.HEADING:
            looks.setFontWeight(QFont.Weight.DemiBold)
        if piece.kind is Kind.HEADING:
            looks.setFontPointSize(self._font.pointSizeF() * _LARGER.get(piece.level, 1))
        looks.setFontItalic(run.italic)
        looks.setFontStrikeOut(run.struck)
        if run.code or piece.kind is Kind.CODE:
            looks.setFontFamilies(self._fixed)
        if run.code:
            looks.setBackground(self._ground)
        if piece.quoted or run.role == "quiet":
            looks.setForeground(self._quiet)
        if run.role in self._colours:
            looks.setForeground(QColor(self._colours[run.role]))
        if run.link:
            looks.setAnchor(True)
            looks.setAnchorHref(run.link)
            looks.setForeground(self._link)
            looks.setToolTip("" if run.link.startswith(COPY) else run.link)
        return looks
