"""The top of a panel: the picture small, what was asked of it, who answered how; the place to drag it by."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.job import Shot, State, Update
from desktop.language import tr, tr_later
from desktop.panel import keys
from desktop.panel.keys import tip
from desktop.panel.options import Options
from desktop.panel.place_badge import PlaceBadge
from desktop.panel.status_text import StatusText
from desktop.theme import draw_icon

THUMBNAIL = (88, 44)
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_WORDS = {
    State.QUEUED: tr_later("waiting"),
    State.RUNNING: tr_later("answering"),
    State.CANCELLED: tr_later("stopped"),
    State.FAILED: tr_later("failed"),
}


class Header(QWidget):
    """`close_clicked` comes from its button."""

    close_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnail, self.title, self.status = QLabel(), QLabel(), StatusText()
        self.thumbnail.setObjectName("thumbnail")
        self.title.setObjectName("title")
        self.status.setObjectName("status")
        self.thumbnail.setAccessibleName(tr("Picture"))
        self.thumbnail.hide()
        self.options = Options(self)
        self.badge = PlaceBadge(self)
        self.details = QLabel()
        self.details.setObjectName("details")
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(_SELECTABLE)
        self.details.setAccessibleName(tr(keys.DETAILS.words))
        self.details.hide()
        self.info = self._button("info", keys.DETAILS.tip, keys.DETAILS.keys[0])
        self.info.setCheckable(True)
        self.info.toggled.connect(lambda _open: self._show_details())
        self.info.hide()
        self.pin = self._button("pin", keys.PIN.tip, keys.PIN.keys[0])
        self.pin.setCheckable(True)
        self._close = self._button("close", tip(tr("Close"), keys.ESCAPE), "")
        self._close.clicked.connect(self.close_clicked)
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self.title)
        asked.addWidget(self.options)
        asked.addStretch()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(asked)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.badge)
        told.addWidget(self.status, 1)
        words.addLayout(told)
        self._tools: QWidget | None = None
        self._top = QHBoxLayout()
        self._top.addWidget(self.thumbnail)
        self._top.addLayout(words, 1)
        for button in (self.info, self.pin, self._close):
            self._top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._top)
        layout.addWidget(self.details)

    def clear(self) -> None:
        """Show nothing, and be no longer pinned."""
        self.pin.setChecked(False)
        self.info.setChecked(False)
        self.details.clear()
        self._show_details()
        self.show_options({}, {})
        self.show_tools(None)
        self.thumbnail.clear()
        self.thumbnail.hide()
        self.title.clear()
        self.status.clear()
        self.badge.show_place(None, "")

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
        self.thumbnail.setToolTip(
            tr("{width} × {height} pixels, {source}", width=shot.width, height=shot.height, source=tr(shot.source))
        )
        self.thumbnail.setVisible(True)

    def show_options(self, options: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str]) -> None:
        """Offer what can be chosen, with these choices."""
        self.options.offer(options, chosen)

    def show_tools(self, tools: QWidget | None) -> None:
        """Offer what belongs to the view that is shown, before the panel's own buttons."""
        if self._tools is not None and self._tools is not tools:
            self._tools.hide()
        if tools is not None and tools is not self._tools:
            self._top.insertWidget(self._top.indexOf(self.info), tools, 0, Qt.AlignmentFlag.AlignTop)
            tools.show()
        self._tools = tools

    def show_update(self, update: Update | None) -> None:
        """Show who answers, how long it took and what came of it; None where a question is waited for."""
        words = [tr("waiting for your question")]
        if update:
            took = tr("{seconds} s", seconds=f"{update.seconds:.2f}") if update.state.final else ""
            words = [update.engine, took, tr(_WORDS[update.state]) if update.state in _WORDS else ""]
        self.status.setText(" · ".join(filter(None, words)))
        self.status.setToolTip(self.status.text())
        self.details.setText(update.details if update and update.state.final else "")
        self._show_details()

    def _show_details(self) -> None:
        self.info.setVisible(bool(self.details.text()))
        self.details.setVisible(self.info.isChecked() and bool(self.details.text()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window system move the panel."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.window().windowHandle().startSystemMove()

    def _button(self, icon: str, words: str, shortcut: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(draw_icon(icon))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setShortcut(shortcut)
        return button
