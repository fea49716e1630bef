"""A Shot that is looked at: fitted, zoomed, moved, and let go of; with real events on a real X server."""

import os
import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.capture.shot import packed
from desktop.job import Box, Shot
from desktop.panel.picture_view import PictureView
from desktop.panel.scaled_picture import ScaledPicture
from tests.patient_bot import wait_exposed

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LARGE = (3840, 2160)


def noise(width: int, height: int, scale: float = 1.0) -> Shot:
    """A picture in which every pixel differs from its neighbours."""
    return Shot(width, height, os.urandom(width * height * 3), scale)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    """An empty view of 600 x 400 pixels on the screen."""
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    wait_exposed(view)
    return view


def look_at(view: PictureView, shot: Shot, zoom: float | None = None) -> None:
    """Show a Shot; the scroll bars come a moment later."""
    view.show_shot(shot)
    view.zoom_to(zoom)
    QApplication.processEvents()


def wheel(view: PictureView, at: QPoint, steps: int, keys: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a point of the view."""
    point, angle = QPointF(at), QPoint(0, 120 * steps)
    place = QPointF(view.viewport().mapToGlobal(at))
    no_button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(point, place, QPoint(), angle, no_button, keys, phase, False)
    QApplication.sendEvent(view.viewport(), event)


def colours(image: QImage, places: list[tuple[int, int]]) -> list[str]:
    """What is painted there."""
    return [image.pixelColor(*place).name() for place in places]


def test_fits_the_width_and_is_never_enlarged_by_itself(view: PictureView) -> None:
    """A wide Shot takes the width, beside a scroll bar where it is high; a small one is as it was on its screen."""
    look_at(view, noise(1200, 300))
    assert view.picture_place().width() == view.viewport().width() == view.maximumViewportSize().width()
    look_at(view, noise(1200, 3000))
    assert view.picture_place().width() == pytest.approx(view.viewport().width())
    assert view.viewport().width() < view.maximumViewportSize().width()
    assert view.horizontalScrollBar().maximum() == 0
    view.show_shot(noise(200, 100))
    assert view.picture_place().size().toTuple() == (200, 100)
    view.show_shot(noise(200, 100, scale=2))
    assert view.picture_place().size().toTuple() == (100, 50)
    view.resize(80, 400)
    assert view.picture_place().width() == pytest.approx(view.viewport().width())


def test_wheel_zooms_around_the_pointer(view: PictureView) -> None:
    """What is under the pointer stays there; without Ctrl the wheel scrolls."""
    view.show_shot(noise(*LARGE))
    at = QPoint(150, 200)
    for steps in (6, -2, 3):
        before = view.to_picture(QPointF(at))
        wheel(view, at, steps, CTRL)
        after = view.to_picture(QPointF(at))
        assert (after - before).manhattanLength() * view.zoom < 2.5
    zoom, top = view.zoom, view.verticalScrollBar().value()
    wheel(view, at, -1, NONE)
    assert view.verticalScrollBar().value() > top
    assert view.zoom == zoom


def test_keys_zoom(view: PictureView) -> None:
    """+ and - by the same step, 0 fits again; there is an end both ways."""
    view.show_shot(noise(1200, 300))
    fitted = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus, CTRL)
    assert view.zoom == pytest.approx(fitted * 1.25**2)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(fitted * 1.25)
    for _ in range(40):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 8
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Minus)
    assert 0 < view.zoom <= 0.05
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == fitted
    QTest.keyClick(view, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert view.zoom == fitted


def test_middle_button_moves_the_picture(view: PictureView) -> None:
    """It follows the pointer in both directions."""
    look_at(view, noise(*LARGE), 1.0)
    before, port = view.to_picture(QPointF(300, 200)), view.viewport()
    QTest.mousePress(port, Qt.MouseButton.MiddleButton, NONE, QPoint(300, 200))
    QTest.mouseMove(port, QPoint(260, 230))
    QTest.mouseMove(port, QPoint(200, 250))
    QTest.mouseRelease(port, Qt.MouseButton.MiddleButton, NONE, QPoint(200, 250))
    assert view.to_picture(QPointF(200, 250)) == before
    QTest.mouseMove(port, QPoint(300, 300))
    assert view.to_picture(QPointF(200, 250)) == before


def test_a_box_is_brought_into_sight(view: PictureView) -> None:
    """By no more than is needed; what is in sight already moves nothing."""
    look_at(view, noise(*LARGE), 1.0)
    for box in (Box(3000, 1800, 3050, 1850), Box(10, 10, 40, 40), Box(3790, 2140, 3840, 2160), Box(0, 500, 3840, 520)):
        view.reveal(box)
        seen = QRectF(view.viewport().rect()) & view.to_view(box)
        assert seen.height() == box.height
        assert seen.width() == min(box.width, view.viewport().width())
        bars = view.horizontalScrollBar().value(), view.verticalScrollBar().value()
        view.reveal(box)
        assert (view.horizontalScrollBar().value(), view.verticalScrollBar().value()) == bars


@pytest.mark.parametrize("zoom", [1.0, 2.0, 3.0])
def test_pixels_are_exact(view: PictureView, zoom: float) -> None:
    """Where a pixel of the Shot takes whole ones of the screen, they have its colour, wherever it is scrolled to."""
    shot = noise(*LARGE)
    source = QImage(shot.rgb, *LARGE, LARGE[0] * 3, QImage.Format.Format_RGB888)
    look_at(view, shot, zoom)
    for left, top in ((0, 0), (1234, 777), (10**6, 10**6)):
        view.horizontalScrollBar().setValue(left)
        view.verticalScrollBar().setValue(top)
        painted = view.viewport().grab().toImage()
        places = [(5, 7), (300, 200), (painted.width() - 1, painted.height() - 1)]
        points = [view.to_picture(QPointF(*place)) for place in places]
        wanted = [source.pixelColor(int(point.x()), int(point.y())).name() for point in points]
        assert colours(painted, places) == wanted


def test_high_resolution_screens_get_every_pixel() -> None:
    """On a screen with twice the pixels a Shot of that screen is painted pixel by pixel in half its size."""
    shot = noise(101, 51, scale=2)
    canvas = QImage(202, 102, QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(2)
    painter = QPainter(canvas)
    ScaledPicture(shot).paint(painter, QRectF(10, 5, 50.5, 25.5), QRectF(0, 0, 101, 51))
    painter.end()
    assert packed(canvas.copy(20, 10, 101, 51)) == shot.rgb


def test_smaller_is_smooth(view: PictureView) -> None:
    """Every pixel of the Shot counts: stripes of black and white come out grey, not as either."""
    row = b"\x00\x00\x00\xff\xff\xff" * (LARGE[0] // 2)
    view.show_shot(Shot(*LARGE, row * LARGE[1]))
    painted = view.viewport().grab().toImage()
    greys = {QColor(name).lightness() for name in colours(painted, [(x, 100) for x in range(50, 500, 7)])}
    assert min(greys) > 90
    assert max(greys) < 170


def test_a_large_picture_is_scaled_once(view: PictureView) -> None:
    """Painting again, moving and selecting use the same scaled copy; another zoom makes another."""
    view.show_shot(noise(*LARGE))
    view.grab()
    assert view._picture is not None
    copy = view._picture._small.cacheKey()
    view.verticalScrollBar().setValue(20)
    view.grab()
    assert view._picture._small.cacheKey() == copy
    view.zoom_to(0.5)
    view.grab()
    assert view._picture._small.cacheKey() != copy


def test_nothing_is_kept_of_a_picture(view: PictureView) -> None:
    """Neither the Shot nor its bytes."""
    shot = noise(*LARGE)
    before = sys.getrefcount(shot), sys.getrefcount(shot.rgb)
    view.show_shot(shot)
    view.zoom_to(0.7)
    view.grab()
    assert sys.getrefcount(shot.rgb) > before[1], "else this would prove nothing"
    view.show_shot(None)
    assert (sys.getrefcount(shot), sys.getrefcount(shot.rgb)) == before
    assert view.grab().toImage().pixelColor(300, 200) == view.viewport().palette().base().color()
