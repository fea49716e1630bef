"""A Shot with boxes on it that answer to the pointer."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from desktop.job import Line
from desktop.language import tr
from desktop.panel.box_painter import BoxPainter
from desktop.panel.picture_view import PictureView


class BoxesPicture(PictureView):
    """`pointed` brings the box under the pointer, None where there is none; `clicked` one, and True with Ctrl.

    Boxes are known by their place in the answer.
    """

    pointed = Signal(object)
    clicked = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Picture with its boxes"))
        self.setAccessibleDescription(tr("The table below lists the boxes."))
        self._found: Mapping[int, Line] = {}
        self._colours: Mapping[str, str] = {}
        self._lively: int | None = None
        self._chosen: Collection[int] = ()

    def show_boxes(self, found: Mapping[int, Line], colours: Mapping[str, str]) -> None:
        """Show these boxes, each in the colour of its label."""
        self._found, self._colours = found, colours
        self.viewport().update()

    @Slot(object)
    def set_lively(self, number: int | None) -> None:
        """Bring out one box, or none."""
        if number != self._lively:
            self._lively = number
            self.viewport().update()

    @Slot(list)
    def set_chosen(self, numbers: Collection[int]) -> None:
        """Mark the boxes that are selected."""
        self._chosen = numbers
        self.viewport().update()

    def paint_over(self, painter: QPainter) -> None:
        """Paint the boxes; their tags keep to what is in sight of the picture."""
        bounds = self.picture_place() & QRectF(self.viewport().rect())
        BoxPainter(painter, self.to_view, bounds).paint(self._found, self._colours, self._lively, self._chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the pointer is on."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(self._under(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        super().mousePressEvent(event)
        under = self._under(event)
        if event.button() is Qt.MouseButton.LeftButton and under is not None:
            self.clicked.emit(under, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, number: int | None) -> None:
        if number != self._lively:
            shape = Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.set_lively(number)
            self.pointed.emit(number)

    def _under(self, event: QMouseEvent) -> int | None:
        """The smallest box at the pointer."""
        at = self.to_picture(event.position())
        boxes = {number: line.box for number, line in self._found.items()}
        under = [n for n, box in boxes.items() if box.left <= at.x() < box.right and box.top <= at.y() < box.bottom]
        return min(under, key=lambda number: boxes[number].width * boxes[number].height, default=None)
