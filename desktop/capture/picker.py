"""Lets the user pick a region: joins the overlays of all screens with the one selection on them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QPainter

from desktop.capture.geometry import Handle, Point, Screen, screen_at
from desktop.capture.keyboard_grab import KeyboardGrab
from desktop.capture.overlay import Overlay
from desktop.capture.scene import Scene, layers_of
from desktop.capture.screens import Picture
from desktop.capture.selection import Selection, Stage
from desktop.job import Box
from desktop.language import tr, tr_later

HINT = tr_later("Drag to capture  ·  Ctrl: adjust first  ·  Space: whole screen  ·  R: last region  ·  Esc: cancel")

_ARROWS = {
    Qt.Key.Key_Left: Point(-1, 0),
    Qt.Key.Key_Right: Point(1, 0),
    Qt.Key.Key_Up: Point(0, -1),
    Qt.Key.Key_Down: Point(0, 1),
}
_CURSORS = {
    None: Qt.CursorShape.CrossCursor,
    Handle.INSIDE: Qt.CursorShape.SizeAllCursor,
    Handle.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Handle.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Handle.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Handle.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Handle.LEFT: Qt.CursorShape.SizeHorCursor,
    Handle.RIGHT: Qt.CursorShape.SizeHorCursor,
    Handle.TOP: Qt.CursorShape.SizeVerCursor,
    Handle.BOTTOM: Qt.CursorShape.SizeVerCursor,
}


class Picker(QObject):
    """Shows pictures, one overlay each, until the user has picked a region or changed their mind.

    `kept` brings the screen and the region that stay for adjustment, at each release of the mouse.
    """

    shown = Signal()
    kept = Signal(object, object)
    picked = Signal(object, object)
    dismissed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._overlays: list[Overlay] = []
        self._selection = Selection()
        self._keyboard = KeyboardGrab(self)
        self._pictures: Sequence[Picture] = ()
        self._last: tuple[Screen, Box] | None = None
        self._unpainted: set[str] = set()
        self._hinted = True
        self._keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Escape: self._cancel,
            Qt.Key.Key_Return: self._accept,
            Qt.Key.Key_Enter: self._accept,
            Qt.Key.Key_Space: self._take_screen,
            Qt.Key.Key_R: self._take_last,
        }

    def prepare(self, screens: Sequence[Screen]) -> None:
        """Make one hidden overlay a screen, unless they are there already."""
        if [overlay.place for overlay in self._overlays] == list(screens):
            return
        self.discard()
        windows = {screen.name(): screen for screen in QGuiApplication.screens()}
        for screen in screens:
            overlay = Overlay(windows[screen.name], screen)
            self._connect(overlay)
            self._overlays.append(overlay)

    def rehearse(self, pictures: Sequence[Picture]) -> None:
        """Draw all there is to draw once, unseen: fonts load on their first use."""
        for picture in pictures:
            middle = Point(picture.screen.device.width // 2, picture.screen.device.height // 2)
            target = picture.image.copy()
            painter = QPainter(target)
            for layer in layers_of(Scene(picture.screen.picture, middle, handles=True, hint=tr(HINT)), picture.screen):
                layer.draw(painter, picture.image)
            painter.end()

    def pick(self, pictures: Sequence[Picture], keep: bool, last: tuple[Screen, Box] | None) -> None:
        """Show the pictures and wait for `picked(screen, region)` or `dismissed`; `last` is what the key R picks."""
        self.prepare([picture.screen for picture in pictures])
        self._selection = Selection(keep)
        self._pictures, self._last = pictures, last
        self._unpainted = {picture.screen.name for picture in pictures}
        here = cursor_screen([picture.screen for picture in pictures])
        for overlay, picture in zip(self._overlays, pictures, strict=True):
            overlay.pixel = _cursor_pixel(picture.screen) if picture.screen is here else None
            overlay.setCursor(_CURSORS[None])
            overlay.freeze(picture, self._scene(overlay))
            if picture.screen is here:
                self._keyboard.take(overlay.windowHandle())

    def dismiss(self) -> None:
        """Hide the overlays and let go of the pictures."""
        self._keyboard.let_go()
        self._pictures, self._unpainted = (), set()
        for overlay in self._overlays:
            overlay.thaw()

    def discard(self) -> None:
        """Destroy the overlays."""
        self.dismiss()
        for overlay in self._overlays:
            overlay.deleteLater()
        self._overlays = []

    def _connect(self, overlay: Overlay) -> None:
        overlay.pressed.connect(partial(self._press, overlay))
        overlay.dragged.connect(partial(self._drag, overlay))
        overlay.released.connect(self._release)
        overlay.double_clicked.connect(partial(self._double_click, overlay))
        overlay.refused.connect(self._cancel)
        overlay.left.connect(self._repaint)
        overlay.typed.connect(self._type)
        overlay.painted.connect(partial(self._paint_done, overlay))

    def _press(self, overlay: Overlay, point: Point) -> None:
        self._keyboard.ask_again()
        self._selection.press(overlay.place, point)
        self._hinted = False
        self._go_on()

    def _drag(self, overlay: Overlay, point: Point) -> None:
        self._keyboard.ask_again()
        if self._selection.stage is not Stage.DRAGGING:
            overlay.setCursor(_CURSORS[self._selection.grip_at(overlay.place, point)])
        self._selection.move(point)
        self._repaint()

    def _release(self, point: Point, keep: bool) -> None:
        self._selection.release(point, keep)
        self._go_on()
        if self._selection.stage is Stage.ADJUSTING:
            self.kept.emit(self._selection.screen, self._selection.box)

    def _double_click(self, overlay: Overlay, point: Point) -> None:
        self._selection.double_click(overlay.place, point)
        self._go_on()

    def _type(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow:
            self._push(arrow, event.modifiers())
        elif event.key() in self._keys and not event.isAutoRepeat():
            self._keys[event.key()]()
        self._go_on()

    def _push(self, arrow: Point, modifiers: Qt.KeyboardModifier) -> None:
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        stretched = modifiers & Qt.KeyboardModifier.ControlModifier
        change = self._selection.stretch if stretched else self._selection.nudge
        change(arrow.x * step, arrow.y * step)

    def _accept(self) -> None:
        self._selection.accept()

    def _cancel(self) -> None:
        self._selection.cancel()
        self._go_on()

    def _take_screen(self) -> None:
        screen = cursor_screen([overlay.place for overlay in self._overlays])
        if screen:
            self._selection.take(screen, screen.logical)

    def _take_last(self) -> None:
        if self._last:
            self._selection.take(*self._last)

    def _paint_done(self, overlay: Overlay) -> None:
        if overlay.place.name in self._unpainted:
            self._unpainted.remove(overlay.place.name)
            if not self._unpainted:
                self.shown.emit()

    def _go_on(self) -> None:
        """Repaint, or report the end once."""
        if not self._pictures:
            return
        if not self._selection.over:
            self._repaint()
        elif self._selection.stage is Stage.ACCEPTED:
            self.picked.emit(self._selection.screen, self._selection.box)
        else:
            self.dismissed.emit()

    def _repaint(self) -> None:
        for overlay in self._overlays:
            overlay.show_scene(self._scene(overlay))

    def _scene(self, overlay: Overlay) -> Scene:
        selection, screen = self._selection, overlay.place
        adjusting = selection.stage is Stage.ADJUSTING
        mine = selection.box if selection.screen == screen else None
        return Scene(
            selection=screen.to_device(mine) if mine else None,
            cursor=overlay.pixel,
            heading=selection.heading,
            handles=adjusting,
            magnified=not adjusting,
            hint=tr(HINT) if self._hinted else "",
        )


def cursor_screen(screens: Sequence[Screen]) -> Screen | None:
    """The screen under the mouse."""
    place = QCursor.pos()
    return screen_at(screens, Point(place.x(), place.y()))


def _cursor_pixel(screen: Screen) -> Point:
    place = QCursor.pos()
    return screen.pixel_at(place.x() - screen.logical.left, place.y() - screen.logical.top)
