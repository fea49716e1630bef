"""A drawn formula on paper, as large as it should be and no larger than there is room for."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.exports.formula import Drawing
from desktop.language import tr
from desktop.panel.accessible import be_picture

_PAD = 14
_LARGE, _SMALL = 1.8, 1.0
"""The size of its letters, in units of those of the window: where there is room, and at least."""

PAPER, INK = "#ffffff", "#111111"
"""What a picture of a formula is drawn with where it is saved."""


class FormulaPicture(QWidget):
    """Put it into a scroll area: it asks for as much room as the smallest letters need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        be_picture(self)
        self.setAccessibleName(tr("Formula"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drawing: Drawing | None = None
        self.renderer = QSvgRenderer()
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Draw it, or nothing."""
        self.drawing = drawing
        self._load()
        self.updateGeometry()
        self.repaint()  # at once, so that the time it takes counts

    def sizeHint(self) -> QSize:
        """Room for the letters as large as they should be."""
        return self._room(_LARGE)

    def minimumSizeHint(self) -> QSize:
        """Room for the smallest letters."""
        return self._room(_SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the formula in the middle."""
        if self.drawing is None or not self.drawing.width_em:
            return
        across = (self.width() - 2 * _PAD) / self.drawing.width_em
        down = (self.height() - 2 * _PAD) / self.drawing.height_em
        em = max(min(across, down, _LARGE * self._em()), _SMALL * self._em())
        width, height = self.drawing.width_em * em, self.drawing.height_em * em
        place = QRectF(max(_PAD, (self.width() - width) / 2), (self.height() - height) / 2, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.renderer.render(painter, place)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._load()

    def _load(self) -> None:
        ink = self.palette().text().color().name()
        self.renderer.load(QByteArray(self.drawing.inked(ink) if self.drawing else b""))

    def _em(self) -> float:
        return float(self.fontInfo().pixelSize())

    def _room(self, letters: float) -> QSize:
        if self.drawing is None:
            return QSize(0, 0)
        em = letters * self._em()
        return QSize(round(self.drawing.width_em * em) + 2 * _PAD, round(self.drawing.height_em * em) + 2 * _PAD)


def to_png(drawing: Drawing, em: int = 48) -> bytes:
    """The formula in black on white paper, `em` pixels a letter."""
    pad = em // 2
    size = QSize(round(drawing.width_em * em) + 2 * pad, round(drawing.height_em * em) + 2 * pad)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(pad, pad, drawing.width_em * em, drawing.height_em * em)
    QSvgRenderer(QByteArray(drawing.inked(INK))).render(painter, place)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
