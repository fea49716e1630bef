"""The entries that a search finds, as a list model over the history: ids come a page at a time, entries when seen."""

from array import array
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from desktop.history.entry import Entry
from desktop.history.picture import decode
from desktop.history.reader import Reader
from desktop.history.search import PAGE, Query
from desktop.language import tr

KEPT_ENTRIES, KEPT_THUMBNAILS = 400, 100
ROLE = Qt.ItemDataRole
ENTRY = ROLE.UserRole
"""The role that brings an Entry, or None where it is gone."""

Index = QModelIndex | QPersistentModelIndex


class Entries(QAbstractListModel):
    """Newest first. However many there are, it holds their ids and the few entries that were seen last."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._ids = array("q")
        self._more = False
        self.query = Query()
        self._entry = lru_cache(KEPT_ENTRIES)(reader.entry)
        self._pixmap = lru_cache(KEPT_THUMBNAILS)(self._read_thumbnail)

    def search(self, query: Query) -> None:
        """Hold what matches."""
        self.beginResetModel()
        self.query = query
        self._forget()
        self._take(self._reader.page(query))
        self.endResetModel()

    def refresh(self) -> None:
        """Follow what was written meanwhile, so that a selection stays where it is."""
        fresh = self._reader.page(self.query, limit=len(self._ids) + PAGE)
        if len(set(fresh) ^ set(self._ids)) > 2 * PAGE:
            self.search(self.query)
            return
        self._entry.cache_clear()
        wanted = set(fresh)
        for row in reversed(range(len(self._ids))):
            if self._ids[row] not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                self._ids.pop(row)
                self.endRemoveRows()
        for row, entry in enumerate(fresh):
            if row == len(self._ids) or self._ids[row] != entry:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, entry)
                self.endInsertRows()
        self._more = len(fresh) >= PAGE
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def clear(self) -> None:
        """Hold nothing, until the next search."""
        self.beginResetModel()
        self._forget()
        self.endResetModel()

    def id_at(self, row: int) -> int:
        """The entry of a row."""
        return self._ids[row]

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """The entries of rows."""
        return [self._ids[row] for row in rows]

    def fetch_all(self) -> None:
        """Hold the ids of everything that matches."""
        while self._more:
            self.fetchMore(QModelIndex())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt calls it so
        """How many are held."""
        return 0 if parent.isValid() else len(self._ids)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802
        """Tell whether there may be another page."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:  # noqa: N802
        """Hold another page."""
        page = [] if parent.isValid() or not self._ids else self._reader.page(self.query, before=self._ids[-1])
        self._more = len(page) >= PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(page) - 1)
            self._ids.extend(page)
            self.endInsertRows()

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        """The Entry, its thumbnail, or its words."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ROLE.DecorationRole:
            return self._pixmap(self._ids[index.row()])
        if role not in (ENTRY, ROLE.DisplayRole, ROLE.ToolTipRole):
            return None
        entry = self._entry(self._ids[index.row()])
        return entry if role == ENTRY else _words(entry)

    def _take(self, page: list[int]) -> None:
        self._ids.extend(page)
        self._more = len(page) >= PAGE

    def _forget(self) -> None:
        self._ids = array("q")
        self._more = False
        self._entry.cache_clear()
        self._pixmap.cache_clear()

    def _read_thumbnail(self, entry: int) -> QPixmap:
        """The picture small; empty where it is gone."""
        try:
            width, height, rgb = decode(self._reader.thumbnail(entry))
        except (OSError, ValueError):
            return QPixmap()
        return QPixmap.fromImage(QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888))


def _words(entry: Entry | None) -> str:
    return f"{tr(entry.title)}: {entry.line}" if entry else ""
