"""The boxes of an answer as rows of a table, and which of them are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRegularExpression,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from desktop.job import Line
from desktop.language import tr, tr_later

COLUMNS = (tr_later("Label"), "x", "y", "w", "h")
LIVELY = QColor(125, 135, 148, 60)
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NUMBER_ALIGN = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

WORDS_ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BoxesModel(QAbstractTableModel):
    """A row a box, in the order of the answer; x and y are its top left corner in pixels of the Shot."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[Line, ...] = ()
        self._colours: Mapping[str, str] = {}
        self._lively: int | None = None

    def show_boxes(self, found: Sequence[Line], colours: Mapping[str, str]) -> None:
        """Take in an answer; rows that it only adds leave the others as they are."""
        self._colours = colours
        known = len(self.found)
        if tuple(found[:known]) != self.found:
            self.beginResetModel()
            self.found = tuple(found)
            self.endResetModel()
        elif len(found) > known:
            self.beginInsertRows(QModelIndex(), known, len(found) - 1)
            self.found = tuple(found)
            self.endInsertRows()

    def set_lively(self, number: int | None) -> None:
        """Bring out one row, or none."""
        before, self._lively = self._lively, number
        for row in {before, number} - {None}:
            self.dataChanged.emit(self.index(row or 0, 0), self.index(row or 0, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """The number of boxes."""
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """The label and four numbers."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return tr(COLUMNS[section])
        if orientation is Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            return NUMBER_ALIGN if section else WORDS_ALIGN
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell; numbers as such, so that they are sorted as numbers."""
        line = self.found[index.row()]
        box = line.box
        if role == Role.DisplayRole:
            return (line.text, box.left, box.top, box.width, box.height)[index.column()]
        if role == Role.DecorationRole and index.column() == 0:
            return QColor(self._colours[line.text])
        if role == Role.TextAlignmentRole and index.column():
            return NUMBER_ALIGN
        if role == Role.ToolTipRole and index.column() == 0:
            return line.text
        if role == Role.BackgroundRole and index.row() == self._lively:
            return LIVELY
        return None


class LabelFilter(QSortFilterProxyModel):
    """Shows the boxes whose labels are not hidden."""

    def __init__(self, model: BoxesModel) -> None:
        super().__init__()
        self._model = model
        self._hidden: frozenset[str] = frozenset()
        self.setSourceModel(model)

    @property
    def shown(self) -> dict[int, Line]:
        """The boxes that are shown, by their place in the answer."""
        return {number: line for number, line in enumerate(self._model.found) if line.text not in self._hidden}

    def hide_labels(self, labels: frozenset[str]) -> None:
        """Show the boxes of all other labels."""
        if labels != self._hidden:
            self._hidden = labels
            hidden = "|".join(map(QRegularExpression.escape, labels))
            self.setFilterRegularExpression(QRegularExpression(rf"\A(?!(?:{hidden})\z)" if labels else ""))
