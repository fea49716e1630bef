"""The entry that is selected: its picture, what was asked and said, what can be done with it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.history.entry import Entry
from desktop.history.reader import Reader
from desktop.history_window.dates import say_fully
from desktop.job import AnswerKind, Shot
from desktop.language import tr
from desktop.panel.answer_text import AnswerText
from desktop.panel.rich_text import RichText
from desktop.panel.splitter import Splitter

_RICH = (AnswerKind.MARKDOWN, AnswerKind.TABLE)


class Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QImage()
        self._scaled = QPixmap()
        self.setMinimumSize(120, 60)

    def sizeHint(self) -> QSize:
        """Half of the preview."""
        return QSize(420, 240)

    def show_shot(self, shot: Shot | None) -> None:
        """Show a Shot, or nothing."""
        self._scaled = QPixmap()
        self._whole = QImage()
        if shot is not None:
            image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
            self._whole = image.convertToFormat(QImage.Format.Format_RGB32)  # its own bytes, not those of the Shot
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._whole.isNull():
            ratio = self.devicePixelRatioF()
            size = self._whole.size().scaled(self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
            size = size.boundedTo(self._whole.size())
            if self._scaled.size() != size:
                kind = Qt.TransformationMode.SmoothTransformation
                self._scaled = QPixmap.fromImage(self._whole.scaled(size, mode=kind))
            place = QRect(0, 0, round(size.width() / ratio), round(size.height() / ratio))
            place.moveCenter(self.rect().center())
            painter.drawPixmap(place, self._scaled)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Preview(QWidget):
    """Empty until an entry is shown; its buttons are connected by the window."""

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.title = QLabel()
        self.title.setObjectName("title")
        self.about = QLabel()
        self.about.setObjectName("status")
        self.picture = Picture()
        self.plain, self.rich = AnswerText(), RichText()
        self._texts = QStackedWidget()
        for text in (self.plain, self.rich):
            self._texts.addWidget(text)
        self.open = _button(tr("Open"), tr("Open it in a panel and ask on (Enter)"))
        self.open.setObjectName("primary")
        self.copy = _button(tr("Copy"), tr("Copy the selection, or the newest answer (Ctrl+C)"))
        self.more = _button(tr("More"), tr("What else can be done with it"))
        split = Splitter(Qt.Orientation.Vertical, self.picture, self._texts)
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        for button in (self.open, self.copy, self.more):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        layout.addLayout(buttons)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry, or nothing."""
        self.title.setText(tr(entry.title) if entry else "")
        self.about.setText(say_fully(entry.created) if entry else "")
        self._show_text(entry)
        self.picture.show_shot(self._read(entry) if entry else None)
        for button in (self.open, self.copy, self.more):
            button.setEnabled(entry is not None)

    @property
    def text(self) -> AnswerText | RichText:
        """What was asked and said, as it is shown now."""
        return self.rich if self._texts.currentWidget() is self.rich else self.plain

    def _show_text(self, entry: Entry | None) -> None:
        """Show answers in Markdown as such; hold nothing in the other of the two."""
        said = self._reader.exchanges(entry.id) if entry else []
        rich = entry is not None and self._reader.kind(entry.id) in _RICH
        self._texts.setCurrentWidget(self.rich if rich else self.plain)
        self.plain.show_exchanges([] if rich else said)
        self.rich.show_exchanges(said if rich else [], done=True)

    def _read(self, entry: Entry) -> Shot | None:
        try:
            return self._reader.shot(entry.id)
        except UserError as error:
            self.about.setText(str(error))
            return None


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    return button
