"""A Shot that can be painted at any size without being scaled anew each time."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.job import Shot

PIXELS_SHOW = 2.0  # from this ratio on a pixel of the Shot is a square to be seen


class ScaledPicture:
    """Keeps the Shot's own pixels, which it shares, and where it is shown smaller one scaled copy."""

    def __init__(self, shot: Shot) -> None:
        self.shot = shot
        self.image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
        self._small = QImage()

    def paint(self, painter: QPainter, whole: QRectF, exposed: QRectF) -> None:
        """Paint what is exposed of the picture, all of which takes the place `whole`; both in logical pixels."""
        device = painter.device().devicePixelRatioF()
        ratio = round(whole.width() * device) / self.shot.width
        image = self.image
        if ratio < 1:
            image = self._scaled(round(whole.width() * device), round(whole.height() * device))
            whole = QRectF(whole.topLeft(), QSizeF(image.size()) / device)  # else its last row would be stretched
        part = whole & exposed
        if part.isEmpty():
            return
        share = image.width() / whole.width()
        corner = (part.topLeft() - whole.topLeft()) * share
        source = QRectF(corner, part.size() * share)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, 1 < ratio < PIXELS_SHOW)
        painter.drawImage(part, image, source)
        painter.restore()

    def _scaled(self, width: int, height: int) -> QImage:
        """The picture in fewer pixels, kept for the next time."""
        width, height = max(1, width), max(1, height)
        if (self._small.width(), self._small.height()) != (width, height):
            kind = Qt.TransformationMode.SmoothTransformation
            self._small = self.image.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, kind)
        return self._small
