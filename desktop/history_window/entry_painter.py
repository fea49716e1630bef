"""Draws an entry of the list: thumbnail, task and date, first line, star."""

from bisect import bisect_right
from datetime import datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.history.entry import Entry
from desktop.history_window.dates import say_when
from desktop.history_window.entries import ENTRY, ROLE
from desktop.language import tr
from desktop.theme import draw_pixmap

THUMBNAIL = QSize(88, 56)
EDGE, STAR = 8, 18
LINE = 1.25
"""Height of a line against that of its font: Chinese comes from a higher one."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
GOLD = "#e8a317"
Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


class EntryPainter(QStyledItemDelegate):
    """`starred` brings the row whose star was clicked."""

    starred = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars: dict[tuple[str, str], QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as its thumbnail."""
        return QSize(260, THUMBNAIL.height() + 2 * EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the entry; nothing but the ground where it is gone."""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        painter.save()
        inside = option.rect.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self._draw_picture(painter, QRect(inside.topLeft(), THUMBNAIL), option, index)
        self._draw_words(painter, inside.adjusted(THUMBNAIL.width() + 10, 0, 0, 0), option, entry)
        self._draw_star(painter, option, entry)
        painter.restore()

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Notice a click on the star."""
        if not isinstance(event, QMouseEvent) or not _star(option.rect).contains(event.position().toPoint()):
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            self.starred.emit(index.row())
        return True

    def _draw_picture(self, painter: QPainter, frame: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        painter.fillRect(frame, option.palette.color(QPalette.ColorRole.AlternateBase))
        pixmap = index.data(ROLE.DecorationRole)
        if isinstance(pixmap, QPixmap) and not pixmap.isNull():
            ratio = painter.device().devicePixelRatioF()
            room = frame.size() * ratio
            if pixmap.width() > room.width() or pixmap.height() > room.height():
                kind = Qt.TransformationMode.SmoothTransformation
                pixmap = pixmap.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, kind)
            size = pixmap.size() / ratio
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(frame.center())
            painter.drawPixmap(place, pixmap)
        painter.setPen(option.palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))

    def _draw_words(self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, entry: Entry) -> None:
        selected = bool(option.state & State.State_Selected)
        strong = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        weak = strong if selected else option.palette.color(QPalette.ColorRole.PlaceholderText)
        font, bold = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        height = round(QFontMetrics(bold).height() * LINE)
        top = QRect(room.left(), room.top(), room.width() - STAR - 6, height)
        painter.setFont(font)
        painter.setPen(weak)
        when = say_when(entry.created, datetime.now())
        painter.drawText(top, RIGHT, when)
        painter.setFont(bold)
        painter.setPen(strong)
        left = top.width() - QFontMetrics(font).horizontalAdvance(when) - 10
        painter.drawText(top, LEFT, _cut(bold, tr(entry.title), left))
        painter.setFont(font)
        for number, words in enumerate(_two_lines(font, entry.line, top.width()), 1):
            painter.drawText(top.translated(0, number * height), LEFT, words)

    def _draw_star(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        """A full star where it is a favourite, an empty one where the pointer or the selection is."""
        selected = bool(option.state & State.State_Selected)
        if not (entry.favourite or selected or option.state & State.State_MouseOver):
            return
        plain = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Mid)
        colour = QColor(GOLD) if entry.favourite and not selected else plain
        name = "star-full" if entry.favourite else "star"
        star = self._stars.setdefault((name, colour.name()), draw_pixmap(name, colour, 4 * STAR))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(_star(option.rect), star)


def _star(room: QRect) -> QRect:
    return QRect(room.right() - EDGE - STAR + 1, room.top() + EDGE, STAR, STAR)


def _cut(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _two_lines(font: QFont, text: str, width: int) -> list[str]:
    """The text on at most two lines, broken between words where it can be."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    fits = bisect_right(range(1, len(text)), width, key=lambda length: metrics.horizontalAdvance(text[:length]))
    space = text.rfind(" ", fits // 2, fits + 1)
    end = space if space > 0 else max(fits, 1)
    return [text[:end], _cut(font, text[end:].strip(), width)]
