"""A page beside the picture it was made from, over it, or in place of one half of it."""

from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from desktop.job import Shot
from desktop.language import tr, tr_later
from desktop.panel.accessible import be_picture
from desktop.panel.html.photographer import Photographer, Sitting
from desktop.theme import ACCENT

_GAP = 8


class Manner(IntEnum):
    """How the two stand to each other."""

    BESIDE = 0
    OVER = 1
    SWIPE = 2


_WORDS = {
    Manner.BESIDE: (tr_later("Side by side"), tr_later("The picture on the left, the page on the right")),
    Manner.OVER: (tr_later("Overlay"), tr_later("The page over the picture; the slider makes it come and go")),
    Manner.SWIPE: (tr_later("Swipe"), tr_later("The picture on the left of the line, the page on its right")),
}


class Compare(QWidget):
    """Draws the page anew when it has changed, while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting: Sitting | None = None
        self.both = Both()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self.slider.setAccessibleName(tr("How much of the page is seen"))
        self.slider.valueChanged.connect(self.both.set_share)
        self.both.moved.connect(self.slider.setValue)
        self._photographer = Photographer(self)
        self._photographer.taken.connect(lambda picture, _sitting: self.both.set_page(picture))
        self._manners = QButtonGroup(self)
        self._manners.idClicked.connect(lambda number: self.turn_to(Manner(number)))
        row = QHBoxLayout()
        row.setSpacing(2)
        for manner, (words, tip) in _WORDS.items():
            button = QToolButton(self)
            button.setText(tr(words))
            button.setToolTip(tr(tip))
            button.setCheckable(True)
            self._manners.addButton(button, manner)
            row.addWidget(button)
        row.addWidget(self.slider, 1)
        # The row is as high with the slider as without.
        kept = self.slider.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.slider.setSizePolicy(kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.both, 1)
        layout.addLayout(row)
        self.turn_to(Manner.BESIDE)

    def turn_to(self, manner: Manner) -> None:
        """Let the two stand to each other this way."""
        self._manners.button(manner).setChecked(True)
        self.slider.setVisible(manner is not Manner.BESIDE)
        self.both.turn_to(manner)

    def show_page(self, shot: Shot | None, html: str, width_px: int) -> None:
        """Compare the page, laid out for a window of that width, with the Shot; None lets go of both."""
        if shot is None or not html:
            self._sitting = None
            self._photographer.stop()
            self.both.clear()
            return
        self.both.set_shot(shot)
        self._sitting = Sitting(html, width_px, max(1, round(shot.height / shot.scale)))
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came meanwhile."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep no browser while nobody looks."""
        super().hideEvent(event)
        self._photographer.stop()

    def _ask(self) -> None:
        if self._sitting is not None and self.isVisible():
            self._photographer.take(self._sitting)


class Both(QWidget):
    """The two pictures at one scale. `moved` brings where the line was dragged to, from 0 to 100."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of: Shot | None = None
        self._shot, self._page = QImage(), QImage()
        self._manner, self._share = Manner.BESIDE, 0.5
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        be_picture(self)
        self.setAccessibleName(tr("The picture and the page"))

    def clear(self) -> None:
        """Hold nothing."""
        self._of = None
        self._shot, self._page = QImage(), QImage()
        self.update()

    def set_shot(self, shot: Shot) -> None:
        """The picture that the page was made from."""
        if shot is not self._of:
            self._of = shot
            image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
            image.setDevicePixelRatio(shot.scale)
            self._shot = image
            self.update()

    def set_page(self, picture: QImage) -> None:
        """The page as it was drawn."""
        self._page = picture
        self.update()

    @Slot(int)
    def set_share(self, percent: int) -> None:
        """How much of the page is seen, or where the line stands."""
        self._share = percent / 100
        self.update()

    def turn_to(self, manner: Manner) -> None:
        """Let the two stand to each other this way."""
        self._manner = manner
        self.setCursor(Qt.CursorShape.SplitHCursor if manner is Manner.SWIPE else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """Whatever the panel has."""
        return QSize(400, 240)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line to the mouse."""
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the line."""
        if self._manner is Manner.SWIPE and not self._shot.isNull():
            area = self._areas()[0]
            self.moved.emit(round(min(max((event.position().x() - area.left()) / area.width(), 0), 1) * 100))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        if self._shot.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shot, page = self._areas()
        painter.drawImage(shot, self._shot)
        if self._page.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(page, Qt.AlignmentFlag.AlignCenter, tr("The page is being drawn…"))
        elif self._manner is Manner.OVER:
            painter.setOpacity(self._share)
            painter.drawImage(page, self._page)
        elif self._manner is Manner.SWIPE:
            line = shot.left() + shot.width() * self._share
            painter.setClipRect(
                QRectF(line, page.top(), max(self.width() - line, 0), max(page.height(), shot.height()))
            )
            painter.fillRect(shot, self.palette().color(QPalette.ColorRole.Window))
            painter.drawImage(page, self._page)
            painter.setClipping(False)
            painter.fillRect(QRectF(line - 1, shot.top(), 2, shot.height()), QColor(ACCENT))
        else:
            painter.drawImage(page, self._page)

    def _areas(self) -> tuple[QRectF, QRectF]:
        """Where the Shot and the page go: as large as they fit, both at the same scale."""
        shot = self._shot.deviceIndependentSize()
        page = shot if self._page.isNull() else self._page.deviceIndependentSize()
        beside = self._manner is Manner.BESIDE
        wide = shot.width() + page.width() if beside else max(shot.width(), page.width())
        room = self.width() - (_GAP if beside else 0)
        scale = min(room / wide, self.height() / max(shot.height(), page.height()), 1.0)
        left = (self.width() - wide * scale - (_GAP if beside else 0)) / 2
        second = left + shot.width() * scale + _GAP if beside else left
        return (
            QRectF(left, 0, shot.width() * scale, shot.height() * scale),
            QRectF(second, 0, page.width() * scale, page.height() * scale),
        )
