"""A small dark plate with a line of text that reads on any background: the size label and the hint."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from desktop.capture.geometry import Point, grown
from desktop.job import Box

TEXT_HEIGHT = 13
PADDING = Point(10, 5)
PLATE = QColor(20, 22, 27, 232)
EDGE = QColor(255, 255, 255, 56)
INK = QColor(255, 255, 255)


def badge_font(scale: float) -> QFont:
    """The font of badges and of the magnifier, sized in device pixels; its digits are all of one width."""
    font = QFont()
    font.setPixelSize(round(TEXT_HEIGHT * scale))
    font.setWeight(QFont.Weight.Medium)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def badge_size(text: str, scale: float) -> Point:
    """The size of a badge in device pixels."""
    metrics = QFontMetrics(badge_font(scale))
    width = metrics.horizontalAdvance(text) + round(2 * PADDING.x * scale)
    return Point(width, metrics.height() + round(2 * PADDING.y * scale))


def draw_plate(painter: QPainter, box: Box, scale: float) -> None:
    """Draw the plate alone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(EDGE, max(1.0, scale)))
    painter.setBrush(PLATE)
    inset = max(1.0, scale) / 2
    plate = QRectF(box.left, box.top, box.width, box.height).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(plate, 6 * scale, 6 * scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


@dataclass(frozen=True, slots=True)
class Badge:
    """A line of text on a plate; `box` is in pixels of the picture."""

    box: Box
    text: str
    scale: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels it covers."""
        return (grown(self.box, 1),)

    def draw(self, painter: QPainter, image: QImage) -> None:  # noqa: ARG002
        """Draw it, in pixels of the picture."""
        draw_plate(painter, self.box, self.scale)
        painter.setFont(badge_font(self.scale))
        painter.setPen(INK)
        place = QRectF(self.box.left, self.box.top, self.box.width, self.box.height)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text)
