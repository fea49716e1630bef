"""The cells of a table while it grows, and what the user changes in it, step by step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication

from desktop.exports.grid import Grid
from desktop.exports.number import read_number
from desktop.exports.table import Rows
from desktop.language import tr

_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class GridModel(QAbstractTableModel):
    """Rows of cells; `steps` holds what the user did, to be undone and redone. `grown` names the first new row."""

    grown = Signal(int)

    def __init__(self, headed: bool, titles: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headed = headed
        self.editable = False
        self.steps = QUndoStack(self)
        self._titles = titles
        self._rows: list[list[str]] = []
        self._width = 0

    @property
    def grid(self) -> Grid:
        """The table as it stands."""
        return Grid(tuple(map(tuple, self._rows)), self.headed)

    def show_rows(self, rows: Rows) -> None:
        """Hold these rows, changing no more than what differs; nothing of it can be undone."""
        width = len(rows[0]) if rows else self._width
        if width < self._width or len(rows) < len(self._rows):
            self.steps.clear()
            self.beginResetModel()
            self._rows, self._width = [], 0
            self.endResetModel()
        if width > self._width:
            self._insert_columns(self._width, [[""] * len(self._rows)] * (width - self._width))
        known = min(len(self._rows), len(rows))
        first = next((row for row in range(known) if tuple(self._rows[row]) != rows[row]), known)
        self._set({(row, column): text for row in range(first, known) for column, text in enumerate(rows[row])})
        if len(rows) > known:
            self._insert_rows(known, [list(row) for row in rows[known:]])
        self.grown.emit(first)

    # What the user does

    def set_cells(self, cells: Mapping[tuple[int, int], str], words: str) -> None:
        """Write into cells."""
        before = {place: self._rows[place[0]][place[1]] for place in cells}
        if before != cells:
            self._do(words, lambda: self._set(cells), lambda: self._set(before))

    def add_rows(self, at: int, count: int = 1) -> None:
        """Put empty rows before that one."""
        rows = [[""] * self._width for _ in range(count)]
        self._do("add row", lambda: self._insert_rows(at, rows), lambda: self._remove_rows(at, count))

    def add_columns(self, at: int, count: int = 1) -> None:
        """Put empty columns before that one."""
        columns = [[""] * len(self._rows) for _ in range(count)]
        self._do("add column", lambda: self._insert_columns(at, columns), lambda: self._remove_columns(at, count))

    def remove_rows(self, at: int, count: int) -> None:
        """Take rows away."""
        rows = [list(row) for row in self._rows[at : at + count]]
        self._do("remove row", lambda: self._remove_rows(at, count), lambda: self._insert_rows(at, rows))

    def remove_columns(self, at: int, count: int) -> None:
        """Take columns away."""
        columns = [[row[column] for row in self._rows] for column in range(at, at + count)]
        self._do("remove column", lambda: self._remove_columns(at, count), lambda: self._insert_columns(at, columns))

    def set_headed(self, headed: bool) -> None:
        """Let the first row name the columns, or be like every other."""
        self._do("header row", lambda: self._set_headed(headed), lambda: self._set_headed(not headed))

    # As Qt asks for it

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt calls it by this name
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt calls it by this name
        """See Qt."""
        return 0 if parent.isValid() else self._width

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """See Qt; the head is bold on a ground of its own, numbers stand on the right."""
        text = self._rows[index.row()][index.column()]
        head = self.headed and index.row() == 0
        if role in (Role.DisplayRole, Role.EditRole):
            return text
        if role == Role.TextAlignmentRole:
            right = not head and not self._titles and read_number(text) is not None
            return (
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        if head and role == Role.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if head and role == Role.BackgroundRole:
            return QApplication.palette().color(QPalette.ColorRole.Midlight)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802 - Qt's name
        """See Qt."""
        if role != Role.EditRole:
            return False
        self.set_cells({(index.row(), index.column()): str(value)}, "edit")
        return True

    def headerData(self, section: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        """See Qt; columns are lettered as in a spreadsheet unless they have titles, rows are numbered."""
        if role != Role.DisplayRole:
            return None
        if way is Qt.Orientation.Vertical:
            return str(section + 1)
        return tr(self._titles[section]) if section < len(self._titles) else _letters(section)

    # Changes without a step

    def _do(self, words: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        self.steps.push(_Step(words, redo, undo))

    def _set(self, cells: Mapping[tuple[int, int], str]) -> None:
        if not cells:
            return
        for (row, column), text in cells.items():
            self._rows[row][column] = text
        rows, columns = zip(*cells, strict=True)
        self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))

    def _insert_rows(self, at: int, rows: Sequence[list[str]]) -> None:
        self.beginInsertRows(_NOWHERE, at, at + len(rows) - 1)
        self._rows[at:at] = [list(row) for row in rows]
        self.endInsertRows()

    def _remove_rows(self, at: int, count: int) -> None:
        self.beginRemoveRows(_NOWHERE, at, at + count - 1)
        del self._rows[at : at + count]
        self.endRemoveRows()

    def _insert_columns(self, at: int, columns: Sequence[Sequence[str]]) -> None:
        self.beginInsertColumns(_NOWHERE, at, at + len(columns) - 1)
        for number, row in enumerate(self._rows):
            row[at:at] = [column[number] for column in columns]
        self._width += len(columns)
        self.endInsertColumns()

    def _remove_columns(self, at: int, count: int) -> None:
        self.beginRemoveColumns(_NOWHERE, at, at + count - 1)
        for row in self._rows:
            del row[at : at + count]
        self._width -= count
        self.endRemoveColumns()

    def _set_headed(self, headed: bool) -> None:
        self.headed = headed
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(0, self._width - 1))


class _Step(QUndoCommand):
    """Something that can be done and undone."""

    def __init__(self, words: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(words)
        self._redo, self._undo = redo, undo

    def redo(self) -> None:
        self._redo()

    def undo(self) -> None:
        self._undo()


def _letters(section: int) -> str:
    """A, B, …, Z, AA, …"""
    letters, left = "", section + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = f"{chr(65 + letter)}{letters}"
    return letters
