"""The top of a panel: the picture small, what was asked, who answered in how long; the place to drag it by."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.job import Shot
from desktop.theme import draw_icon

THUMBNAIL = (88, 44)


class Header(QWidget):
    """`pin_toggled` and `close_clicked` come from its buttons."""

    pin_toggled = Signal(bool)
    close_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnail, self.title, self.status = QLabel(), QLabel(), QLabel()
        self.thumbnail.setObjectName("thumbnail")
        self.title.setObjectName("title")
        self.status.setObjectName("status")
        self.thumbnail.hide()
        self.pin = self._button("pin", "Keep this panel open (Ctrl+P)", "Ctrl+P")
        self.pin.setCheckable(True)
        self.pin.toggled.connect(self.pin_toggled)
        close = self._button("close", "Close (Esc)", "")
        close.clicked.connect(self.close_clicked)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.thumbnail)
        layout.addLayout(words, 1)
        for button in (self.pin, close):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def clear(self) -> None:
        """Show nothing, and be no longer pinned."""
        self.pin.setChecked(False)
        self.thumbnail.clear()
        self.thumbnail.hide()
        self.title.clear()
        self.status.clear()

    def show_picture(self, shot: Shot) -> None:
        """Show the Shot, scaled down to fit."""
        ratio = self.devicePixelRatioF()
        image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
        width, height = (round(side * ratio) for side in THUMBNAIL)
        if image.width() > width or image.height() > height:
            kind = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio, kind)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self.thumbnail.setPixmap(pixmap)
        self.thumbnail.setToolTip(f"{shot.width} × {shot.height} pixels, {shot.source}")
        self.thumbnail.setVisible(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window system move the panel."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.window().windowHandle().startSystemMove()

    def _button(self, icon: str, tip: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(draw_icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setShortcut(keys)
        return button
