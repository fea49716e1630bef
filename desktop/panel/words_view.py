"""A Shot on which the words of an answer are selected like text."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.job import Line, Shot
from desktop.language import tr
from desktop.panel import keys
from desktop.panel.page import Page, Span
from desktop.panel.picture_view import PictureView

MARKED_ALPHA = 90
NOWHERE: Span = (0, 0)
_STEPS = dict(zip(keys.EXTEND.keys, ((-1, 0), (1, 0), (0, -1), (0, 1)), strict=True))


class WordsView(PictureView):
    """Drag selects words in reading order, a double click a word, a triple click a line; Shift extends.

    The selection reaches from its anchor, where it began, to its head.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Picture with its words"))
        told = tr("{keys} shows the text itself, which can be read aloud.", keys=keys.ON_PICTURE.name)
        self.setAccessibleDescription(told)
        self._said: tuple[str, Sequence[Line]] = ("", ())
        self._page: Page | None = Page()
        self._before = Page()
        self._anchor = NOWHERE
        self._head: Span | None = None
        self._by_line = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self._doubled = (0.0, QPointF())

    @property
    def page(self) -> Page:
        """The words as they stand; read when they are needed, once after they have changed."""
        if self._page is None:
            self._page = Page.read(*self._said)
            self._anchor = self._before.moved_to(self._page, self._anchor)
            if self._head is not None:
                self._head = self._before.moved_to(self._page, self._head)
            self._before = self._page
        return self._page

    @property
    def selection(self) -> Span:
        """The words that are selected."""
        page, head = self.page, self._head
        if head is None:
            return NOWHERE
        span = min(self._anchor[0], head[0]), max(self._anchor[1], head[1])
        return page.lines_of(span) if self._by_line else span

    @property
    def selected_text(self) -> str:
        """What is selected, with the spaces and line breaks of the text, or ''."""
        return self.page.copied(self.selection)

    def show_words(self, shot: Shot | None, text: str, lines: Sequence[Line]) -> None:
        """Show a Shot and what can be selected on it; a text that grows keeps the selection."""
        if shot is not self.shot:
            self.show_shot(shot)
            self._page, self._before = None, Page()
            self._select(NOWHERE, None)
        if self._said != (text, lines):
            self._said, self._page = (text, lines), None
            self.viewport().update()

    def paint_over(self, painter: QPainter) -> None:
        """Mark what is selected."""
        colour = QColor(self.palette().highlight().color())
        colour.setAlpha(MARKED_ALPHA)
        for band in self.page.bands(self.selection):
            painter.fillRect(self.to_view(band), colour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select all with Ctrl+A; Shift with an arrow extends."""
        pressed = keys.written(event)
        if pressed in keys.ALL_WORDS.keys:
            self._by_line = False
            self._select(NOWHERE, self.page.whole)
        elif pressed in _STEPS:
            start = self._head or (self._anchor[0], self._anchor[0])
            self._select(self._anchor, self.page.step(start, *_STEPS[pressed]))
            self._reveal_head()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or go on with Shift."""
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        under = self._under(event.position())
        self._pressed, self._dragging = event.position(), False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select(self._anchor, under)
            return
        self._by_line = self._follows_double(event.position())
        self._select(under, under if self._by_line else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the pointer; a click that follows at once makes it the line."""
        if event.button() is Qt.MouseButton.LeftButton:
            under = self._under(event.position())
            self._pressed, self._dragging = event.position(), False
            self._doubled = time.monotonic(), event.position()
            self._by_line = False
            self._select(under, under)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the selection follow the pointer."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            at = self.to_picture(event.position())
            over = self.page.word_at(at.x(), at.y()) is not None
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)
        elif self._pressed is not None:
            self._dragging = self._dragging or _is_drag(self._pressed, event.position())
            if self._dragging:
                self._select(self._anchor, self._under(event.position()))
                if not QRectF(self.viewport().rect()).contains(event.position()):
                    self._reveal_head()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; the selection stays."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = None

    def _under(self, point: QPointF) -> Span:
        """The word at a point of the view, or the place between words that is nearest."""
        at = self.to_picture(point)
        return self.page.near(at.x(), at.y())

    def _follows_double(self, point: QPointF) -> bool:
        """Tell whether a click is the third at one place."""
        at, place = self._doubled
        in_time = time.monotonic() - at < QApplication.doubleClickInterval() / 1000
        return in_time and not _is_drag(place, point)

    def _select(self, anchor: Span, head: Span | None) -> None:
        self._anchor, self._head = anchor, head
        self.viewport().update()

    def _reveal_head(self) -> None:
        if self._head and self.page.spots:
            self.reveal(self.page.spots[min(self._head[0], len(self.page.spots) - 1)].box)


def _is_drag(start: QPointF, end: QPointF) -> bool:
    return (end - start).manhattanLength() >= QApplication.startDragDistance()
