"""Shows a conversation in Markdown: the answer while it grows and after, the questions set off above theirs."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.exports.markdown import may_open
from desktop.language import tr
from desktop.panel.actions import copy_text
from desktop.panel.conversation import Exchange
from desktop.panel.grounds import paint_grounds
from desktop.panel.keys import leave_copy
from desktop.panel.pace import Pace
from desktop.panel.piece_writer import BAR, COPY, NATURE, PieceWriter
from desktop.panel.pieces import Growing, Kind, Piece

_UPDATE_MS = 33


class Placed(NamedTuple):
    """A piece, where it begins in the document, and whether it stands in a block that was there before it."""

    piece: Piece
    start: int
    fills: bool


class RichText(QTextBrowser):
    """Read-only text that can be selected; only the pieces that changed are written again.

    Links open in the browser once they are clicked, to the web and to mail alone; nothing is ever fetched.
    `reported` brings a few words on what a link did here.
    """

    reported = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Answer"))
        self.document().setDocumentMargin(8)
        self.anchorClicked.connect(self._follow)
        self._pace = Pace(_UPDATE_MS, self)
        self._growing: list[Growing] = []
        self._placed: list[Placed] = []
        self._newest = 0
        self._asked: tuple[Sequence[Exchange], list[str]] = ((), [])

    def show_exchanges(self, exchanges: Sequence[Exchange], done: bool) -> None:
        """Show a conversation; `done` is True where its last answer does not grow any more."""
        asked = (exchanges[:-1], [said.question for said in exchanges[-1:]])
        anew, self._asked = asked != self._asked, asked
        (self._pace.now if done or anew else self._pace.soon)(lambda: self._show(exchanges, done, anew))

    def selected_text(self) -> str:
        """The selection as plain text, the cells of a table parted by tabs, or ''."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        parts: list[str] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            text = block.text()[max(0, start - block.position()) : end - block.position()]
            if block.blockFormat().intProperty(NATURE) != BAR:
                parts += ["\t" if _goes_on(QTextCursor(block)) else "\n", text] if parts else [text]
            block = block.next()
        return "".join(parts).replace("\u2028", "\n")

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:  # noqa: N802 - Qt calls it by this name
        """Fetch nothing, whatever is asked for."""

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt calls it by this name
        """Let a selection be copied and dragged as plain text."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies the newest answer where nothing is selected."""
        return not leave_copy(event) and super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours and the font that the widget has now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._placed:
            pieces = [placed.piece for placed in self._placed]
            self._write([])
            self._write(pieces)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay a ground under code and a bar beside quotes."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_grounds(self, painter)
        painter.end()
        super().paintEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Stay where it was scrolled to: Qt scrolls to the cursor, before it knows how much room there is."""
        scrolled = self.verticalScrollBar().value()
        super().showEvent(event)
        self.verticalScrollBar().setValue(scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest answer in sight where a sentence above takes room from it."""
        follows = self._follows()
        super().resizeEvent(event)
        if follows:
            self._scroll_to_newest()

    def _show(self, exchanges: Sequence[Exchange], done: bool, anew: bool) -> None:
        del self._growing[len(exchanges) :]
        self._growing += [Growing() for _ in exchanges[len(self._growing) :]]
        pieces: list[Piece] = []
        for said, growing in zip(exchanges, self._growing, strict=True):
            pieces += growing.feed(said, done or said is not exchanges[-1])
        follows = anew or self._follows()
        self._write(pieces)
        if follows:
            self._scroll_to_newest()

    def _write(self, pieces: Sequence[Piece]) -> None:
        """Write what is not there yet, and take away what is there and not wanted."""
        same = 0
        while same < min(len(pieces), len(self._placed)) and pieces[same] == self._placed[same].piece:
            same += 1
        if same == len(pieces) == len(self._placed):
            return
        cursor, bar = self.textCursor(), self.verticalScrollBar()
        anchor, position, scrolled = cursor.anchor(), cursor.position(), bar.value()
        end = QTextCursor(self.document())
        end.beginEditBlock()
        end.movePosition(QTextCursor.MoveOperation.End)
        start = self._placed[same].start if same < len(self._placed) else end.position()
        end.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        end.removeSelectedText()
        del self._placed[same:]
        writer = PieceWriter(self)
        for piece in pieces[same:]:
            self._append(writer, piece)
        end.endEditBlock()
        if max(anchor, position) >= start:  # Qt moved it with what was written
            last = self.document().characterCount() - 1
            cursor.setPosition(min(anchor, last))
            cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        bar.setValue(scrolled)

    def _append(self, writer: PieceWriter, piece: Piece) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        start = cursor.position()
        fills = not self._placed or self._placed[-1].piece.kind is Kind.TABLE  # Qt ends each table with an empty block
        if not fills and piece.kind is not Kind.TABLE:
            cursor.insertBlock()
        if piece.kind is Kind.QUESTION:
            self._newest = cursor.position()
        writer.write(cursor, piece, sum(placed.piece.kind is Kind.BAR for placed in self._placed))
        self._placed.append(Placed(piece, start, fills))

    def _follow(self, link: QUrl) -> None:
        """Open what may be opened, or copy the code below the link."""
        address = link.toString()
        if address.startswith(COPY):
            copy_text(self._code(int(address.removeprefix(COPY))))
            self.reported.emit(tr("Copied the code"))
        elif may_open(address):
            QDesktopServices.openUrl(link)

    def _code(self, number: int) -> str:
        """The code below the bar of that number."""
        pieces = [placed.piece for placed in self._placed]
        bar = [place for place, piece in enumerate(pieces) if piece.kind is Kind.BAR][number]
        lines: list[str] = []
        for piece in pieces[bar + 1 :]:
            if piece.kind is not Kind.CODE:
                break
            lines.append("".join(run.text for run in piece.runs))
        return "\n".join(lines)

    def _top(self) -> int:
        """Where the newest question begins, or the text where there is none, in pixels."""
        block = self.document().findBlock(self._newest)
        return round(self.document().documentLayout().blockBoundingRect(block).top()) if self._newest else 0

    def _follows(self) -> bool:
        """True while the newest question moves up to the top as its answer grows, and the user has not scrolled."""
        bar = self.verticalScrollBar()
        return bar.value() == bar.maximum() and bar.value() < self._top()

    def _scroll_to_newest(self) -> None:
        """Show the newest question as high as there is text below it."""
        self.verticalScrollBar().setValue(self._top())


def _goes_on(cursor: QTextCursor) -> bool:
    """Tell whether a block is a cell to the right of another one."""
    table = cursor.currentTable()
    return table is not None and table.cellAt(cursor).column() > 0
