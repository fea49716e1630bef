"""The border between Qt and the rest: a piece of a QImage becomes a Shot."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.capture.geometry import clamp
from desktop.capture.screens import Picture
from desktop.job import Box, Shot
from desktop.language import tr, tr_later
from desktop.picture import check_size


def shot_of(picture: Picture, region: Box) -> Shot:
    """The Shot of a region of the desktop in logical pixels, which lies on the picture's screen."""
    screen = picture.screen
    cut = screen.to_device(region)
    copy = picture.image.copy(QRect(cut.left, cut.top, cut.width, cut.height))
    return Shot(cut.width, cut.height, packed(copy), screen.scale, clamp(region, screen.logical))


def packed(image: QImage) -> bytes:
    """The pixels of an image as RGB, three uint8 a pixel, rows without padding."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    width, stride, pixels = rgb.width() * 3, rgb.bytesPerLine(), rgb.constBits()
    if stride == width:
        return bytes(pixels)
    return b"".join(pixels[top : top + width] for top in range(0, stride * rgb.height(), stride))


def pasted_shot(image: QImage) -> Shot:
    """The Shot of a picture that was pasted or dropped, transparency on white; raises PictureError."""
    check_size(image.width(), image.height(), tr("The pasted picture"))
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor("white"))
    painter = QPainter(flat)
    painter.drawImage(QRect(QPoint(0, 0), image.size()), image)
    painter.end()
    return Shot(flat.width(), flat.height(), packed(flat), source=tr_later("pasted picture"))
