"""What is kept of the answers, and how to be rid of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.amounts import size_in_words
from desktop.history.entry import Totals
from desktop.language import tr, tr_later
from desktop.preferences.form import SettingsForm
from desktop.settings import Settings

_ANSWERS = (tr_later("Keep all"), tr_later("Delete all but favourites"), tr_later("Delete all"))
SETTINGS = ("private", "history_count", "history_days", "history_mb")


class HistoryPage(QWidget):
    """`changed` brings the name of a setting and its new value, `emptied` whether the favourites go, too."""

    changed = Signal(str, object)
    emptied = Signal(bool)
    history_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.totals: Callable[[], Totals] = Totals
        self._form = SettingsForm(SETTINGS, settings)
        self._form.changed.connect(self.changed)
        self._count = QLabel(wordWrap=True)
        self.show_all = QPushButton(tr("Show history…"))
        self.show_all.clicked.connect(self.history_asked)
        self.delete = QPushButton(tr("Delete all…"))
        self.delete.clicked.connect(self._ask)
        self.strip = QFrame()
        self.strip.setObjectName("strip")
        self._question = QLabel(wordWrap=True)
        self.leave, self.all_but, self.all = (QPushButton(tr(words)) for words in _ANSWERS)
        self.leave.clicked.connect(self.strip.hide)
        self.all_but.clicked.connect(lambda: self._empty(favourites_too=False))
        self.all.clicked.connect(lambda: self._empty(favourites_too=True))
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._form)
        if inside := self._form.layout():
            inside.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count)
        layout.addLayout(_row(self.show_all, self.delete))
        layout.addWidget(self.strip)
        layout.addStretch()
        strip = QVBoxLayout(self.strip)
        strip.addWidget(self._question)
        strip.addLayout(_row(self.leave, self.all_but, self.all))

    def show_settings(self, settings: Settings) -> None:
        """Show these values; nothing is told."""
        self._form.show_settings(settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew."""
        self.strip.hide()
        self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Count anew, where anyone sees it."""
        if not self.isVisible():
            return
        totals = self.totals()
        count, size = f"{totals.count:,}", size_in_words(totals.size)
        self._count.setText(tr("{count} entries are kept, {size} of pictures and texts.", count=count, size=size))
        self.delete.setEnabled(totals.count > 0)

    def _ask(self) -> None:
        count = f"{self.totals().count:,}"
        self._question.setText(tr("Delete {count} entries for good? They cannot be brought back.", count=count))
        self.strip.show()
        self.leave.setFocus()

    def _empty(self, favourites_too: bool) -> None:
        self.strip.hide()
        self.emptied.emit(favourites_too)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row
