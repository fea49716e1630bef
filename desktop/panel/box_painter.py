"""Paints boxes and the tags of their labels, on the screen and into pictures."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QImage, QPainter, QPen

from desktop.job import Box, Line, Shot
from desktop.panel.box_look import colours_of, ink_on, place_tag

HALO = QColor(255, 255, 255, 190)
LIVELY_ALPHA, CHOSEN_ALPHA = 70, 40
PADDING = 4
SHORTEST_TAG = 48  # of boxes that are narrower
TAG_PX = 11


class BoxPainter:
    """Paints with one painter. `to_view` says where a box stands in its pixels; tags stay inside `bounds`."""

    def __init__(self, painter: QPainter, to_view: Callable[[Box], QRectF], bounds: QRectF, unit: float = 1.0) -> None:
        self._painter = painter
        self._to_view = to_view
        self._bounds = _whole(bounds)
        self._unit = unit
        font = QFont(QGuiApplication.font())
        font.setPixelSize(round(TAG_PX * unit))
        painter.setFont(font)
        self._metrics = QFontMetrics(font)

    def paint(
        self,
        found: Mapping[int, Line],
        colours: Mapping[str, str],
        lively: int | None = None,
        chosen: Collection[int] = (),
    ) -> None:
        """Paint every box, then all tags; the lively one last and with its whole label."""
        ordered = sorted(found, key=lambda number: number == lively)
        for number in ordered:
            fill = LIVELY_ALPHA if number == lively else CHOSEN_ALPHA * (number in chosen)
            self._frame(self._to_view(found[number].box), QColor(colours[found[number].text]), fill)
        for number in ordered:
            line = found[number]
            self._tag(self._to_view(line.box), line.text, QColor(colours[line.text]), whole=number == lively)

    def _frame(self, place: QRectF, colour: QColor, fill: int) -> None:
        """A line of the colour between two thin light ones, so that it is seen on any ground."""
        painter = self._painter
        if fill:
            inside = QColor(colour)
            inside.setAlpha(fill)
            painter.fillRect(place, inside)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((HALO, 4), (colour, 3 if fill else 2)):
            painter.setPen(QPen(ink, width * self._unit, Qt.PenStyle.SolidLine, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(_whole_rect(place))

    def _tag(self, place: QRectF, label: str, colour: QColor, whole: bool) -> None:
        """The label on a ground of its colour, beside its box, never outside the bounds."""
        words = " ".join(label.split())
        padding = round(PADDING * self._unit)
        longest = self._bounds.width - 2 * padding
        if not whole:
            longest = min(longest, max(round(place.width()), round(SHORTEST_TAG * self._unit)) - 2 * padding)
        words = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, longest))
        size = self._metrics.horizontalAdvance(words) + 2 * padding, self._metrics.height() + 2
        spot = place_tag(_whole(place), size, self._bounds) if words else None
        if spot is not None and QRectF(place).intersects(_rect(self._bounds)):
            area = _rect(spot)
            self._painter.fillRect(area, colour)
            self._painter.setPen(QColor(ink_on(colour.name())))
            self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


def annotated_png(shot: Shot, found: Sequence[Line]) -> bytes:
    """The Shot with its boxes and labels on it."""
    image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    bounds = QRectF(0, 0, shot.width, shot.height)
    boxes = BoxPainter(painter, lambda box: QRectF(box.left, box.top, box.width, box.height), bounds, shot.scale)
    boxes.paint(dict(enumerate(found)), colours_of(line.text for line in found))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def _whole_rect(place: QRectF) -> QRect:
    """The pixels on which the frame of a place is drawn: its edges, inside of it."""
    return _rect(_whole(place)).toRect().adjusted(0, 0, -1, -1)


def _whole(place: QRectF) -> Box:
    left, top = round(place.left()), round(place.top())
    return Box(left, top, max(left + 1, round(place.right())), max(top + 1, round(place.bottom())))


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
