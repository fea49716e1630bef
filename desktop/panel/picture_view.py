"""A place to look at a Shot: as wide as the room, zoomed, scrolled and moved; others paint over it."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.job import Box, Shot
from desktop.panel import keys
from desktop.panel.accessible import be_picture
from desktop.panel.scaled_picture import ScaledPicture

AT_EASE = QSize(640, 420)
STEP = 1.25
LARGEST = 8.0
SMALLEST = 0.05
AROUND_PX = 24  # what is shown of the picture around a box that is brought into sight
NOTCH = 120.0
ZOOMING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class PictureView(QAbstractScrollArea):
    """Shows one Shot or none. It fits the width, and is never larger than it was on its screen, until it is zoomed.

    Ctrl+wheel, + and - zoom, 0 fits again, the middle button moves the picture. "In the view" means logical pixels of
    the viewport, "in the picture" pixels of the Shot.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        be_picture(self)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._picture: ScaledPicture | None = None
        self._zoom: float | None = None
        self._held: QPoint | None = None

    @property
    def shot(self) -> Shot | None:
        """What is shown."""
        return self._picture.shot if self._picture else None

    @property
    def zoom(self) -> float:
        """Logical pixels a pixel of the Shot takes."""
        return self._zoom or self._fitting()

    def show_shot(self, shot: Shot | None) -> None:
        """Show a Shot from its top, fitted; None lets go of the last one."""
        self._picture = ScaledPicture(shot) if shot else None
        self._zoom = None
        self._held = None
        self._set_bars()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def zoom_to(self, zoom: float | None, fixed: QPointF | None = None) -> None:
        """Show it at a zoom, None fits it; what is at `fixed` in the view, else in its middle, stays there."""
        if self._picture is None:
            return
        fixed = fixed or QRectF(self.viewport().rect()).center()
        kept = self.to_picture(fixed)
        smallest = min(SMALLEST, self._fitting())
        self._zoom = None if zoom is None else min(max(zoom, smallest), LARGEST / self._picture.shot.scale)
        self._set_bars()
        moved = self.to_view(Box(0, 0, 1, 1)).topLeft() + kept * self.zoom - fixed
        self._move(round(moved.x()), round(moved.y()))
        self.viewport().update()

    def reveal(self, box: Box) -> None:
        """Bring a box of the picture into sight, by no more than is needed."""
        margin = AROUND_PX
        place = self.to_view(box).adjusted(-margin, -margin, margin, margin)
        room = QRectF(self.viewport().rect())
        across = _needed(place.left(), place.right(), room.width())
        self._move(round(across), round(_needed(place.top(), place.bottom(), room.height())))

    def to_picture(self, point: QPointF) -> QPointF:
        """A point of the view in the picture."""
        return (point - self._origin()) / self.zoom

    def to_view(self, box: Box) -> QRectF:
        """A box of the picture in the view."""
        corner = self._origin() + QPointF(box.left, box.top) * self.zoom
        return QRectF(corner.x(), corner.y(), box.width * self.zoom, box.height * self.zoom)

    def picture_place(self) -> QRectF:
        """Where the picture lies in the view, parts out of sight included."""
        shot = self.shot
        return self.to_view(Box(0, 0, shot.width, shot.height)) if shot else QRectF()

    def paint_over(self, painter: QPainter) -> None:
        """Paint what belongs on the picture, in the view."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what belongs on it."""
        if self._picture is not None:
            painter = QPainter(self.viewport())
            self._picture.paint(painter, self.picture_place(), QRectF(event.rect()))
            self.paint_over(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, or show more of it."""
        super().resizeEvent(event)
        self._set_bars()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint all anew: what stands over the picture may keep to the part in sight."""
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * STEP ** (event.angleDelta().y() / NOTCH), event.position())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by +, - and 0; arrows and pages scroll."""
        zooms = {keys.LARGER: self.zoom * STEP, keys.SMALLER: self.zoom / STEP, keys.FITTED: None}
        pressed = next((key for key in zooms if key.pressed(event)), None)
        if pressed and not event.modifiers() & ~ZOOMING:
            self.zoom_to(zooms[pressed])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture with the middle button."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture that is held."""
        if self._held is not None:
            at = event.position().toPoint()
            self._move(self._held.x() - at.x(), self._held.y() - at.y())
            self._held = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the picture."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._held = None
            self.viewport().unsetCursor()

    def comfort(self) -> QSize:
        """The size in which all of it is seen as on its screen, or fitted, within bounds; an invalid one without it."""
        shot = self.shot
        if shot is None:
            return QSize()
        width = min(shot.width / shot.scale, AT_EASE.width())
        frame = 2 * self.frameWidth()
        return QSize(round(width) + frame, min(round(width * shot.height / shot.width), AT_EASE.height()) + frame)

    def sizeHint(self) -> QSize:
        """Any size will do."""
        return QSize(200, 120)

    def _origin(self) -> QPointF:
        """Where the picture's first pixel lies in the view; what is smaller than the view stands in its middle."""
        free = self.viewport().size() - self._extent()
        x = free.width() // 2 if free.width() > 0 else -self.horizontalScrollBar().value()
        y = free.height() // 2 if free.height() > 0 else -self.verticalScrollBar().value()
        return QPointF(x, y)

    def _extent(self) -> QSize:
        """The size of the picture in logical pixels."""
        shot = self.shot
        return QSize(round(shot.width * self.zoom), round(shot.height * self.zoom)) if shot else QSize()

    def _fitting(self) -> float:
        """The zoom at which the width has room, with a scroll bar beside it where one is needed."""
        shot = self.shot
        if shot is None:
            return 1.0
        room = self.maximumViewportSize()
        natural = 1 / shot.scale
        fit = min(natural, room.width() / shot.width)
        if round(shot.height * fit) > room.height():
            fit = min(natural, (room.width() - self.verticalScrollBar().sizeHint().width()) / shot.width)
        return max(fit, 1 / shot.width)

    def _set_bars(self) -> None:
        """Let the bars reach as far as the picture does."""
        extent, room = self._extent(), self.maximumViewportSize()
        thickness = self.verticalScrollBar().sizeHint().width()
        tall = extent.height() > room.height()
        wide = extent.width() > room.width() - thickness * tall
        tall = extent.height() > room.height() - thickness * wide
        room -= QSize(thickness * tall, thickness * wide)
        for bar, content, shown in (
            (self.horizontalScrollBar(), extent.width(), room.width()),
            (self.verticalScrollBar(), extent.height(), room.height()),
        ):
            bar.setRange(0, max(0, content - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(max(1, shown // 12))

    def _move(self, dx: int, dy: int) -> None:
        """Scroll by so many pixels, as far as the picture goes."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + dx)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + dy)


def _needed(start: float, end: float, room: float) -> float:
    """How far to scroll so that a stretch is in sight, or its start where it is longer than the room."""
    if start < 0 or end - start > room:
        return start
    return max(0.0, end - room)
