"""The list of entries and its keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.history_window.entries import Entries, Index
from desktop.history_window.entry_painter import EntryPainter
from desktop.language import tr


class EntryList(QListView):
    """`typed` brings a letter that is meant for the search; `turned` tells that another entry has the keyboard."""

    typed = Signal(str)
    turned = Signal()

    def __init__(self, entries: Entries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = entries
        self.painter = EntryPainter(self)
        self.setModel(entries)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Entries"))

    @property
    def current(self) -> int | None:
        """The entry that has the keyboard, if any."""
        index = self.currentIndex()
        return self.entries.id_at(index.row()) if index.isValid() else None

    @property
    def selected(self) -> list[int]:
        """The entries that are selected, newest first."""
        spans = self.selectionModel().selection().toList()
        rows = sorted(row for span in spans for row in range(span.top(), span.bottom() + 1))
        return self.entries.ids_at(rows)

    @property
    def first_row(self) -> int:
        """The first row that is selected, or 0."""
        return min((span.top() for span in self.selectionModel().selection().toList()), default=0)

    def start(self, row: int = 0) -> None:
        """Select that row, or the last one, where none is selected."""
        if self.entries.rowCount() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.entries.index(min(row, self.entries.rowCount() - 1)))

    def selectAll(self) -> None:  # noqa: N802 - Qt calls it so
        """Select everything that matches, also what was not scrolled to yet."""
        self.entries.fetch_all()
        super().selectAll()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell of it."""
        super().currentChanged(current, previous)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send letters to the search."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().isprintable() and event.text().strip() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
