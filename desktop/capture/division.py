"""Divides one picture of the whole desktop among its screens."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage

from desktop.capture.geometry import Screen
from desktop.capture.screens import Picture
from desktop.job import Box


def qt_screens() -> list[Screen]:
    """The screens as Qt knows them on Wayland: the scale is a whole number there, which a picture may correct."""
    found = []
    for screen in QGuiApplication.screens():
        place, scale = screen.geometry(), screen.devicePixelRatio()
        logical = Box(place.x(), place.y(), place.x() + place.width(), place.y() + place.height())
        found.append(_sized(screen.name(), logical, round(logical.width * scale), round(logical.height * scale)))
    return found


def divide(whole: QImage, screens: Sequence[Screen]) -> list[Picture]:
    """The picture of each screen, cut from that of all.

    The desktop draws all screens at one scale, the largest: the part of a screen with a smaller one is brought back to
    its own pixels.
    """
    bounds = _bounds(screens)
    ratio = whole.width() / bounds.width
    pictures = []
    for screen in screens:
        left = round((screen.logical.left - bounds.left) * ratio)
        top = round((screen.logical.top - bounds.top) * ratio)
        right = round((screen.logical.right - bounds.left) * ratio)
        bottom = round((screen.logical.bottom - bounds.top) * ratio)
        part = whole.copy(QRect(left, top, right - left, bottom - top))
        size = QSize(screen.device.width, screen.device.height)
        if size.width() < part.width():
            part = part.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        pictures.append(picture_of(part, screen))
    return pictures


def picture_of(image: QImage, screen: Screen) -> Picture:
    """The Picture of a screen, whose scale is the one that the image really has."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    return Picture(_sized(screen.name, screen.logical, rgb.width(), rgb.height()), rgb, bytearray())


def _sized(name: str, logical: Box, width: int, height: int) -> Screen:
    """A screen with its size in pixels; Wayland counts places in logical pixels only."""
    device = Box(logical.left, logical.top, logical.left + width, logical.top + height)
    return Screen(name, logical, width / logical.width, device)


def _bounds(screens: Sequence[Screen]) -> Box:
    boxes = [screen.logical for screen in screens]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
