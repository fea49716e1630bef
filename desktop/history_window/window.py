"""The window of the history: search, list, preview, and what can be done with an entry."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.amounts import size_in_words
from desktop.history.entry import Totals
from desktop.history.search import Query
from desktop.history_thread import HistoryThread
from desktop.history_window.deeds import Deeds
from desktop.history_window.entries import ENTRY, Entries
from desktop.history_window.entry_list import EntryList
from desktop.history_window.exporting import Exporting
from desktop.history_window.filters import Filters
from desktop.history_window.notice import Notice
from desktop.history_window.preview import Preview
from desktop.job import Task
from desktop.language import tr, tr_later
from desktop.panel.splitter import Splitter
from desktop.panel.tab_order import step

EMPTY = tr_later("Nothing is kept yet. Take a picture and ask something about it: the answer will be here.")
PRIVATE = tr_later("Nothing is kept while Private is on. Switch it off in the tray or in the preferences.")
BATCHES = tr_later("What is kept was read from many files. Search for a word of it, or choose a task or a date.")
NOT_FOUND = tr_later('Nothing matches. Use fewer letters, or <a href="all">look at everything</a>.')
SETTLED_MS = 60
_EXPORT = Qt.Modifier.CTRL | Qt.Key.Key_E


class HistoryWindow(QWidget):
    """What is opened and asked comes from its `deeds`."""

    def __init__(self, history: HistoryThread, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setWindowTitle(tr("Shotglass history"))
        self._reader = history.reader
        self._private = False
        self.filters = Filters(tasks)
        self.entries = Entries(history.reader, self)
        self.list = EntryList(self.entries)
        self.preview = Preview(history.reader)
        self.notice = Notice()
        self.status = QLabel()
        self.status.setObjectName("status")
        self.exporting = Exporting(history.path, self.notice, self)
        self.deeds = Deeds(history.reader, history.writer, self.list, self.notice, self)
        self.menu = self.deeds.make_menu(self.preview, self.exporting, self)
        self.deeds.set_tasks(tasks)
        self._turned = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._build()
        self._connect(history)
        self.resize(980, 640)

    def show_now(self) -> None:
        """Come up, with the keyboard in the search."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.filters.words.setFocus()
        self.filters.words.selectAll()

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks."""
        self.filters.set_tasks(tasks)
        self.deeds.set_tasks(tasks)

    def set_private(self, private: bool) -> None:
        """Say why nothing is kept, where nothing is."""
        self._private = private
        self._show_state()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt calls it by this name
        """Go to what stands next, as it is read."""
        return step(self, forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows lead from the search into the list; Ctrl+E, on X11 the end of a line, is left to export."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.ignore()
            return event.keyCombination() == _EXPORT  # which the field is not asked about
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key()
        if pressed in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self.entries.rowCount():
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the history anew."""
        self._search(self.filters.query)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold nothing while it is out of sight."""
        self.entries.clear()
        self.preview.show_entry(None)
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what was deleted be gone."""
        self.exporting.halt()
        self.notice.end()
        super().closeEvent(event)

    def _build(self) -> None:
        self._reason = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._reason.setTextFormat(Qt.TextFormat.RichText)
        self._reason.setMargin(24)
        self._pages = QStackedWidget()
        for page in (self.list, self._reason):
            self._pages.addWidget(page)
        split = Splitter(Qt.Orientation.Horizontal, self._pages, self.preview)
        split.setSizes([430, 550])
        self.preview.more.setMenu(self.menu)
        bottom = QHBoxLayout()
        bottom.addWidget(self.status)
        bottom.addWidget(self.notice, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        layout.addWidget(split, 1)
        layout.addLayout(bottom)

    def _connect(self, history: HistoryThread) -> None:
        history.changed.connect(self._refresh)
        self.filters.changed.connect(self._search)
        self.filters.words.returnPressed.connect(self.deeds.open)
        self.filters.words.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _index: self.deeds.open())
        self.list.typed.connect(self._type)
        self.list.turned.connect(self._turned.start)
        self.list.painter.starred.connect(self.deeds.star)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda place: self.menu.popup(self.list.viewport().mapToGlobal(place))
        )
        self._turned.timeout.connect(self._show_current)
        self._reason.linkActivated.connect(lambda _link: self.filters.clear())
        self.preview.open.clicked.connect(self.deeds.open)
        self.preview.rich.reported.connect(lambda said: self.notice.say(f"{said}."))
        self.preview.copy.clicked.connect(lambda: self.deeds.copy(self.preview.text.selected_text()))
        keys = {"Ctrl+F": self.show_now, "Ctrl+Z": self.notice.button.click, "Esc": self._escape, "Ctrl+W": self.close}
        for name, slot in keys.items():
            QShortcut(QKeySequence(name), self, slot)

    def _type(self, letter: str) -> None:
        self.filters.words.setFocus()
        self.filters.words.setText(letter)

    def _escape(self) -> None:
        """Look at everything first, then close."""
        if self.filters.query.narrows:
            self.filters.clear()
            self.filters.words.setFocus()
        else:
            self.close()

    def _search(self, query: Query) -> None:
        self.entries.search(query)
        self.list.start()
        self._show_state()
        self._turned.start()

    def _refresh(self) -> None:
        """Follow what was written meanwhile."""
        if self.isVisible():
            row = self.list.first_row
            self.entries.refresh()
            self.list.start(row)
            self._show_state()
            self._turned.start()

    def _show_current(self) -> None:
        index = self.list.currentIndex()
        self.preview.show_entry(index.data(ENTRY) if index.isValid() else None)

    def _show_state(self) -> None:
        """Say how much is kept, and why the list is empty where it is."""
        totals = self._reader.totals()
        narrows = self.filters.query.narrows
        self.status.setText(_in_words(totals, listed=narrows))
        found = self.entries.rowCount() > 0
        nothing = BATCHES if totals.count else PRIVATE if self._private else EMPTY
        self._reason.setText(tr(NOT_FOUND if narrows else nothing))
        self._pages.setCurrentWidget(self.list if found else self._reason)
        self.preview.setVisible(found)


def _in_words(totals: Totals, listed: bool) -> str:
    """How much is kept; where what was read in batches is not `listed`, how it is found. '' for nothing."""
    if not totals.count:
        return ""
    count, size, many = f"{totals.count:,}", size_in_words(totals.size), f"{totals.batch:,}"
    kept = tr("1 entry, {size}", size=size) if count == "1" else tr("{count} entries, {size}", count=count, size=size)
    if listed or not totals.batch:
        return kept
    return tr("{kept}; {many} of them, read from many files, come up in a search", kept=kept, many=many)
