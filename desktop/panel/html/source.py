"""The source of a page: read-only, coloured, with numbered lines."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.language import tr
from desktop.panel.html.colouring import Colouring
from desktop.panel.keys import leave_copy

_MARGIN = 6


class Source(QPlainTextEdit):
    """Text that grows is appended to, text that changes is exchanged where it differs: selection and place stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAccessibleName(tr("Source of the page"))
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTabStopDistance(2 * self.fontMetrics().horizontalAdvance(" "))
        self._shown = ""
        self._numbers = _Numbers(self)
        self._colouring = Colouring(self.document())
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._follow)
        self._make_room()
        self._dress()

    def show_source(self, source: str) -> None:
        """Show this source in place of what stands."""
        source = source.replace("\r\n", "\n")  # Qt makes one of the two, and positions would be off
        if self._shown == source:
            return
        start, end = _changed_part(self._shown, source)
        bar = self.verticalScrollBar()
        follows = bar.value() == bar.maximum() and source.startswith(self._shown)
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self._shown[:start]))
        cursor.setPosition(_units(self._shown[: len(self._shown) - end]), QTextCursor.MoveMode.KeepAnchor)
        self._shown = source
        mine = self.textCursor()
        anchor, position, untouched = mine.anchor(), mine.position(), cursor.selectionStart()
        cursor.insertText(source[start : len(source) - end])
        if max(anchor, position) <= untouched:  # Qt takes what is added at its end for its own
            mine.setPosition(anchor)
            mine.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(mine)
        if follows and self._shown and bar.maximum():
            bar.setValue(bar.maximum())

    def wrap(self, wanted: bool) -> None:
        """Break long lines, or let them run out of sight."""
        modes = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(modes.WidgetWidth if wanted else modes.NoWrap)

    def selected_text(self) -> str:
        """The selection, or ''."""
        return self.textCursor().selection().toPlainText()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies the whole source where nothing is selected."""
        return not leave_copy(event) and super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the light and the dark look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.left(), area.top(), self.numbers_width(), area.height()))

    def numbers_width(self) -> int:
        """How wide the numbers are, in logical pixels."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * _MARGIN

    def paint_numbers(self, painter: QPainter, top: int, bottom: int) -> None:
        """Write the numbers of the lines between two heights."""
        block = self.firstVisibleBlock()
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > bottom:
                return
            if area.bottom() >= top:
                place = QRect(0, round(area.top()), self.numbers_width() - _MARGIN, self.fontMetrics().height())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block = block.next()

    def _dress(self) -> None:
        self._colouring.choose(self.palette().color(QPalette.ColorRole.Base).lightness() < 128)

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _follow(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class _Numbers(QWidget):
    """The strip of line numbers."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._source = source

    def sizeHint(self) -> QSize:
        """As wide as its source says."""
        return QSize(self._source.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the numbers that are in sight."""
        self._source.paint_numbers(QPainter(self), event.rect().top(), event.rect().bottom())


def _units(text: str) -> int:
    """How many UTF-16 units a text has: Qt counts those."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _changed_part(old: str, new: str) -> tuple[int, int]:
    """How many characters at the start and at the end two texts share."""
    start = _shared(min(len(old), len(new)), lambda count: new.startswith(old[:count]))
    end = _shared(min(len(old), len(new)) - start, lambda count: new.endswith(old[len(old) - count :]))
    return start, end


def _shared(most: int, holds: Callable[[int], bool]) -> int:
    """The largest count up to `most` for which it holds, where it holds for all below."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
