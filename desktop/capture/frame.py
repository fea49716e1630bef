"""The lines of the overlay: the border of the selection with its handles, and the crosshair before there is one."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop.capture.geometry import Handle, Point, clamp, grown
from desktop.job import Box

ACCENT = QColor("#2f7cf6")
LINE = QColor(47, 124, 246, 170)
KNOB = QColor(255, 255, 255)
THICKNESS = 2
RADIUS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """The border just outside a selection, which is in pixels of the picture; inside it along the picture's edge."""

    selection: Box
    picture: Box
    handles: bool
    scale: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels it covers."""
        return self._sides + tuple(grown(Box(x, y, x + 1, y + 1), self._reach) for x, y in self._knobs)

    def draw(self, painter: QPainter, image: QImage) -> None:  # noqa: ARG002
        """Draw it, in pixels of the picture."""
        for side in self._sides:
            painter.fillRect(QRect(side.left, side.top, side.width, side.height), ACCENT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(ACCENT, THICKNESS * self.scale))
        painter.setBrush(KNOB)
        radius = (RADIUS - THICKNESS / 2) * self.scale
        for x, y in self._knobs:
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    @property
    def _reach(self) -> int:
        return round((RADIUS + 1) * self.scale)

    @property
    def _sides(self) -> tuple[Box, ...]:
        thick = max(1, round(THICKNESS * self.scale))
        outer = clamp(grown(self.selection, thick), self.picture)
        inner = clamp(self.selection, grown(self.picture, -thick))
        return (
            Box(outer.left, outer.top, outer.right, inner.top),
            Box(outer.left, inner.bottom, outer.right, outer.bottom),
            Box(outer.left, inner.top, inner.left, inner.bottom),
            Box(inner.right, inner.top, outer.right, inner.bottom),
        )

    @property
    def _knobs(self) -> tuple[Point, ...]:
        if not self.handles:
            return ()
        box = self.selection
        xs = {-1: box.left, 0: (box.left + box.right) // 2, 1: box.right}
        ys = {-1: box.top, 0: (box.top + box.bottom) // 2, 1: box.bottom}
        return tuple(Point(xs[h.value[0]], ys[h.value[1]]) for h in Handle if h is not Handle.INSIDE)


@dataclass(frozen=True, slots=True)
class Crosshair:
    """Two lines through the pixel under the cursor, across the whole picture."""

    cursor: Point
    picture: Box
    scale: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels it covers."""
        x, y, thick = self.cursor.x, self.cursor.y, max(1, int(self.scale))
        return Box(0, y, self.picture.right, y + thick), Box(x, 0, x + thick, self.picture.bottom)

    def draw(self, painter: QPainter, image: QImage) -> None:  # noqa: ARG002
        """Draw it, in pixels of the picture."""
        for line in self.boxes:
            painter.fillRect(QRect(line.left, line.top, line.width, line.height), LINE)
