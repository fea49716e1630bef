"""What the history is searched for: words, a task, favourites, a range of dates."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.history.search import Query
from desktop.history_window.entry_painter import GOLD
from desktop.job import Task
from desktop.language import tr, tr_later
from desktop.theme import draw_icon, draw_pixmap

SETTLED_MS = 120
BETWEEN = -1
_SPANS = {
    tr_later("Any time"): 0,
    tr_later("Today"): 1,
    tr_later("Last 7 days"): 7,
    tr_later("Last 30 days"): 30,
    tr_later("Last 365 days"): 365,
    tr_later("Between…"): BETWEEN,
}


class Filters(QWidget):
    """`changed` brings the Query, a moment after the last letter was typed."""

    changed = Signal(Query)

    def __init__(self, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(clearButtonEnabled=True, placeholderText=tr("Search texts, answers, tasks, dates…"))
        self.words.setAccessibleName(tr("Search the history"))
        self.words.addAction(draw_icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.task, self.span, self.favourites = QComboBox(), QComboBox(), QToolButton()
        for words, days in _SPANS.items():
            self.span.addItem(tr(words), days)
        self.favourites.setIcon(_star())
        self.favourites.setCheckable(True)
        for part, tip in (
            (self.task, tr("Task")),
            (self.span, tr("When it was asked")),
            (self.favourites, tr("Only favourites")),
        ):
            part.setToolTip(tip)
            part.setAccessibleName(tip)
        today = QDate.currentDate()
        self.first, self.last = _date(tr("From"), today.addDays(-30)), _date(tr("To"), today)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self.set_tasks(tasks)
        self._build()
        self._connect()

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks; the one that was picked stays where it still is there."""
        picked = self.task.currentData()
        with QSignalBlocker(self.task):
            self.task.clear()
            self.task.addItem(tr("All tasks"), "")
            for task in tasks:
                self.task.addItem(draw_icon(task.icon), tr(task.title), task.id)
            self.task.setCurrentIndex(max(self.task.findData(picked), 0))

    @property
    def query(self) -> Query:
        """What is looked for now."""
        since, until = self._range()
        return Query(self.words.text(), self.task.currentData(), self.favourites.isChecked(), since, until)

    def clear(self) -> None:
        """Look for everything."""
        self.words.clear()
        self.task.setCurrentIndex(0)
        self.favourites.setChecked(False)
        self.span.setCurrentIndex(0)
        self._tell()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._dash = QLabel("–")
        for part in (self.words, self.task, self.span, self.first, self._dash, self.last, self.favourites):
            layout.addWidget(part, int(part is self.words))
        self._show_range()

    def _connect(self) -> None:
        self._settled.timeout.connect(self._tell)
        self.words.textChanged.connect(lambda _text: self._settled.start())
        self.task.currentIndexChanged.connect(lambda _row: self._tell())
        self.favourites.toggled.connect(lambda _on: self._tell())
        self.span.currentIndexChanged.connect(lambda _row: self._show_range())
        self.span.currentIndexChanged.connect(lambda _row: self._tell())
        for edit in (self.first, self.last):
            edit.dateChanged.connect(lambda _date: self._tell())

    def _tell(self) -> None:
        self._settled.stop()
        self.changed.emit(self.query)

    def _show_range(self) -> None:
        for part in (self.first, self._dash, self.last):
            part.setVisible(self.span.currentData() == BETWEEN)

    def _range(self) -> tuple[datetime | None, datetime | None]:
        """The first moment, and the first one after the last."""
        days = self.span.currentData()
        if days == BETWEEN:
            ends = sorted((self.first.date(), self.last.date()))
            first, last = (datetime(end.year(), end.month(), end.day()) for end in ends)
            return first, last + timedelta(days=1)
        if not days:
            return None, None
        return datetime.combine(datetime.now().date() - timedelta(days=days - 1), time()), None


def _star() -> QIcon:
    """An empty star, a full one while it is switched on."""
    icon = draw_icon("star")
    icon.addPixmap(draw_pixmap("star-full", QColor(GOLD), 64), state=QIcon.State.On)
    return icon


def _date(name: str, at_first: QDate) -> QDateEdit:
    edit = QDateEdit(at_first)
    edit.setCalendarPopup(True)
    edit.setAccessibleName(name)
    edit.setDisplayFormat("yyyy-MM-dd")
    return edit
