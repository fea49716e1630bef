"""The magnifier beside the cursor: single pixels on a grid, the middle one marked and named by its colour."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.capture.badge import EDGE, INK, badge_font, draw_plate
from desktop.capture.frame import ACCENT
from desktop.capture.geometry import Point, grown
from desktop.job import Box

SPAN = 17
"""Pixels shown each way; odd, so that one of them is the middle."""

ZOOM = 8
FOOT = 26
OUTSIDE = QColor(20, 22, 27)
RIM = ((OUTSIDE, 3.0), (QColor(255, 255, 255, 90), 1.0))
GRID = QColor(128, 128, 128, 72)


def _zoom(scale: float) -> int:
    return round(ZOOM * scale)


def magnifier_size(scale: float) -> Point:
    """The size of the magnifier in device pixels."""
    return Point(SPAN * _zoom(scale), SPAN * _zoom(scale) + round(FOOT * scale))


def colour_at(image: QImage, pixel: Point) -> QColor:
    """The colour of a pixel of an image."""
    return QColor(image.pixel(pixel.x, pixel.y))


@dataclass(frozen=True, slots=True)
class Magnifier:
    """Shows what is around `cursor`, a pixel of the picture, in `box`."""

    box: Box
    cursor: Point
    scale: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels it covers."""
        return (grown(self.box, 1),)

    def draw(self, painter: QPainter, image: QImage) -> None:
        """Draw it, in pixels of the picture."""
        draw_plate(painter, self.box, self.scale)
        self._draw_pixels(painter, image)
        self._draw_colour(painter, colour_at(image, self.cursor))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in RIM:
            painter.setPen(QPen(colour, width * self.scale))
            painter.drawRoundedRect(self._outline(), 6 * self.scale, 6 * self.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _outline(self) -> QRectF:
        inset = 1.5 * self.scale
        box = QRectF(self.box.left, self.box.top, self.box.width, self.box.height)
        return box.adjusted(inset, inset, -inset, -inset)

    def _draw_pixels(self, painter: QPainter, image: QImage) -> None:
        zoom, half = _zoom(self.scale), SPAN // 2
        side = SPAN * zoom
        corner = QPoint(self.box.left, self.box.top)
        painter.save()
        painter.setClipPath(self._glass(side), Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRect(corner, corner + QPoint(side - 1, side - 1)), OUTSIDE)
        source = QRect(self.cursor.x - half, self.cursor.y - half, SPAN, SPAN)
        shown = source.intersected(image.rect())
        target = QRect(corner + (shown.topLeft() - source.topLeft()) * zoom, shown.size() * zoom)
        painter.drawImage(target, image, shown)
        for step in range(1, SPAN):
            painter.fillRect(corner.x() + step * zoom, corner.y(), 1, side, GRID)
            painter.fillRect(corner.x(), corner.y() + step * zoom, side, 1, GRID)
        painter.restore()
        self._mark_middle(painter, QRect(corner.x() + half * zoom, corner.y() + half * zoom, zoom + 1, zoom + 1))

    def _glass(self, side: int) -> QPainterPath:
        """The upper part of the plate with its two round corners."""
        path = QPainterPath()
        path.addRoundedRect(self._outline(), 6 * self.scale, 6 * self.scale)
        upper = QPainterPath()
        upper.addRect(QRectF(self.box.left, self.box.top, side, side))
        return path.intersected(upper)

    def _mark_middle(self, painter: QPainter, place: QRect) -> None:
        """Two rings, one of which stands out from any colour."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for outset, colour in ((0, ACCENT), (1, INK)):
            painter.setPen(QPen(colour, 1))
            painter.drawRect(place.adjusted(-outset, -outset, outset - 1, outset - 1))

    def _draw_colour(self, painter: QPainter, colour: QColor) -> None:
        foot = round(FOOT * self.scale)
        top = self.box.bottom - foot
        size = round(12 * self.scale)
        left = self.box.left + round(10 * self.scale)
        swatch = QRect(left, top + (foot - size) // 2, size, size)
        painter.setPen(QPen(EDGE, max(1.0, self.scale)))
        painter.setBrush(colour)
        painter.drawRect(swatch)
        painter.setPen(INK)
        painter.setFont(badge_font(self.scale))
        text = QRect(left + size + round(8 * self.scale), top, self.box.width, foot)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), colour.name().upper())
