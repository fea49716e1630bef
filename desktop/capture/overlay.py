"""The window that lies over one screen: its frozen picture, dimmed outside the selection."""

import sys
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from desktop.capture.geometry import Point, Screen, grown, point_at
from desktop.capture.scene import Layer, Scene, changed_boxes, layers_of
from desktop.capture.screens import Picture
from desktop.job import Box
from desktop.language import tr

DIM = QColor(0, 0, 0, 110)

# Tool keeps the window out of the taskbar on Windows; on macOS it would hide while another program is in front. On X11
# a window that the window manager does not know lies above panels and full-screen windows, and shows sooner.
_PLATFORM_FLAGS = {
    "win32": Qt.WindowType.Tool,
    "linux": Qt.WindowType.X11BypassWindowManagerHint,
}


class Overlay(QWidget):
    """One screen's overlay, kept between captures. Its points are in logical pixels of the desktop.

    `pixel` is the pixel of the picture under the cursor, None while the cursor is elsewhere.
    """

    pressed = Signal(Point)
    dragged = Signal(Point)
    released = Signal(Point, bool)
    double_clicked = Signal(Point)
    refused = Signal()
    left = Signal()
    typed = Signal(QKeyEvent)
    painted = Signal()

    def __init__(self, window_screen: QScreen, screen: Screen) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | _PLATFORM_FLAGS.get(sys.platform, Qt.WindowType.Window))
        self.setWindowTitle(tr("Shotglass capture"))
        self.place = screen
        self.pixel: Point | None = None
        self._picture: Picture | None = None
        self._scene = Scene()
        self._layers: list[Layer] = []
        self._announced = True
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setScreen(window_screen)
        self.setGeometry(window_screen.geometry())
        self.winId()

    def freeze(self, picture: Picture, scene: Scene) -> None:
        """Show a picture over the screen; `painted` follows once it stands there."""
        self.place, self._picture = picture.screen, picture
        self._scene, self._layers = scene, layers_of(scene, picture.screen)
        self._announced = False
        if _on_wayland():
            self.showFullScreen()  # the only place a window can ask for there
        else:
            self.show()
        self.raise_()
        self.update()

    def thaw(self) -> None:
        """Hide, and let go of the picture."""
        self.hide()
        self._picture = None
        self._layers = []

    def show_scene(self, scene: Scene) -> None:
        """Repaint what differs from the scene before."""
        if self._picture is None or scene == self._scene:
            return
        layers = layers_of(scene, self.place)
        region = QRegion()
        for box in changed_boxes(self._layers, layers):
            region += self._logical(box)
        for rect in _rects(_region(self._scene.selection) ^ _region(scene.selection)):
            region += self._logical(_box(rect))
        self._scene, self._layers = scene, layers
        self.update(region)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part that changed."""
        if self._picture is None:
            return
        painter = QPainter(self)
        ratio = self.place.scale
        painter.scale(1 / ratio, 1 / ratio)
        dirty = [self._device(rect, ratio) for rect in _rects(event.region())]
        self._paint_picture(painter, dirty)
        for layer in self._layers:
            if any(_rect(box).intersects(rect) for box in layer.boxes for rect in dirty):
                layer.draw(painter, self._picture.image)
        painter.end()
        if not self._announced and self._covers_screen():
            self._announced = True
            # The window system gets the pixels after this method returns.
            QTimer.singleShot(0, self.painted.emit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self._point(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the mouse is, with or without a button."""
        self.dragged.emit(self._point(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of the left button, and whether Ctrl is held; the right one refuses."""
        if event.button() == Qt.MouseButton.LeftButton:
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.released.emit(self._point(event), held)
        elif event.button() == Qt.MouseButton.RightButton:
            self.refused.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell of the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit(self._point(event))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell where the mouse came in."""
        self.dragged.emit(self._point(event))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        """Tell that the mouse went away."""
        self.pixel = None
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of a key."""
        self.typed.emit(event)

    def _covers_screen(self) -> bool:
        """False on Wayland until the compositor has given the window the size of its screen."""
        return not _on_wayland() or self.size().toTuple() == (self.place.logical.width, self.place.logical.height)

    def _point(self, event: QMouseEvent | QEnterEvent) -> Point:
        """Where the mouse is; `pixel` keeps it finer than the whole logical pixels of the answer."""
        x, y = event.position().x(), event.position().y()
        self.pixel = self.place.pixel_at(x, y)
        return point_at(x, y, self.place.logical)

    def _paint_picture(self, painter: QPainter, dirty: Iterable[QRect]) -> None:
        if self._picture is None:
            return
        light = _region(self._scene.selection)
        for rect in dirty:
            painter.drawImage(rect, self._picture.image, rect)
            for dark in _rects(QRegion(rect) - light):
                painter.fillRect(dark, DIM)

    def _logical(self, box: Box) -> QRect:
        """The part of this window that covers a box of the picture, with a pixel to spare for odd scales."""
        region = self.place.to_logical(grown(box, 1) if self.place.scale != 1 else box)
        corner = self.place.logical
        return QRect(region.left - corner.left, region.top - corner.top, region.width, region.height)

    def _device(self, rect: QRect, ratio: float) -> QRect:
        """The pixels of the picture that cover a part of this window."""
        if ratio == 1:
            return rect
        left, top = int(rect.x() * ratio) - 1, int(rect.y() * ratio) - 1
        right, bottom = int((rect.x() + rect.width()) * ratio) + 2, int((rect.y() + rect.height()) * ratio) + 2
        return QRect(left, top, right - left, bottom - top).intersected(_rect(self.place.picture))


def _on_wayland() -> bool:
    return QGuiApplication.platformName().startswith("wayland")


def _rect(box: Box) -> QRect:
    return QRect(box.left, box.top, box.width, box.height)


def _box(rect: QRect) -> Box:
    return Box(rect.x(), rect.y(), rect.x() + rect.width(), rect.y() + rect.height())


def _region(box: Box | None) -> QRegion:
    return QRegion(_rect(box)) if box else QRegion()


def _rects(region: QRegion) -> list[QRect]:
    """The disjoint rectangles of a region, which PySide6 can iterate although its stubs do not say so."""
    return list(cast("Iterable[QRect]", region))
