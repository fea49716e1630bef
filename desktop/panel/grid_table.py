"""Shows the cells of a table and lets the user select, edit, add and remove them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.exports.grid import Grid
from desktop.language import tr
from desktop.panel import keys
from desktop.panel.cell_editor import CellEditor
from desktop.panel.grid_model import GridModel, Index

_NARROW, _WIDEST = 52, 260
_PAD = 18
_Trigger = QAbstractItemView.EditTrigger
_TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class GridTable(QTableView):
    """Columns grow to what is in them, until the user sets their width; what was selected and scrolled to stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Table"))
        self.setItemDelegate(CellEditor(self))
        self.setEditTriggers(_Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + 4)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultSectionSize(_NARROW)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionResized.connect(self._keep_width)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(lambda place, header=header: self._open_at(header, place))
        self._set_by_user: set[int] = set()
        self._fitting = False
        self._cells = GridModel(headed=True)
        self._undo = self._action(keys.UNDO, self._take_back)
        self._redo = self._action(keys.REDO, self._do_again)
        self._clear = self._action(keys.EMPTY, self._clear_cells)
        self._action(keys.CELL_MENU, self._open_at_cell)

    def show_model(self, cells: GridModel) -> None:
        """Show that table from now on."""
        if self.model() is cells:
            return
        if self.model():
            self._cells.columnsAboutToBeInserted.disconnect(self._begin_fitting)
            self._cells.columnsInserted.disconnect(self._fit_all)
            self.selectionModel().deleteLater()  # Qt makes a new one for each model and leaves the old one
        self._cells = cells
        self.setModel(cells)
        self._set_by_user.clear()
        cells.columnsAboutToBeInserted.connect(self._begin_fitting)
        cells.columnsInserted.connect(self._fit_all)
        self._fit_all()

    def selected(self) -> Grid:
        """The selected cells, empty where only others of their row and column are; no rows where none is selected."""
        picked = {(index.row(), index.column()) for index in self.selectedIndexes()}
        rows, columns = (sorted(set(places)) for places in zip(*picked, strict=True)) if picked else ((), ())
        cells = self._cells.grid.rows
        taken = tuple(
            tuple(cells[row][column] if (row, column) in picked else "" for column in columns) for row in rows
        )
        return Grid(taken, headed=self._cells.headed and 0 in rows and len(rows) > 1)

    def event(self, event: QEvent) -> bool:
        """Take a sign that begins to edit a cell before a shortcut of the panel does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._begins_edit(event):
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the cells."""
        self._menu().exec(event.globalPos())

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:  # noqa: N802
        """See Qt."""
        super().dataChanged(first, last, roles)
        self._fit(first.row(), last.row())

    def rowsInserted(self, parent: Index, first: int, last: int) -> None:  # noqa: N802 - Qt's name
        """See Qt."""
        super().rowsInserted(parent, first, last)
        self._fit(first, last)

    def _begins_edit(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~_TYPING or not self._cells.editable or not self.currentIndex().isValid():
            return False
        return event.text() != "" and event.text().isprintable()

    def _open_at(self, header: QHeaderView, place: QPoint) -> None:
        """Offer what can be done with a row or a column."""
        section = header.logicalIndexAt(place)
        if section >= 0:
            (self.selectColumn if header is self.horizontalHeader() else self.selectRow)(section)
        self._menu().exec(header.mapToGlobal(place))

    def _open_at_cell(self) -> None:
        """Offer what can be done with the cells, below the current one."""
        self._menu().exec(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def _menu(self) -> QMenu:
        cells, menu = self._cells, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows, columns = self._span()
        self._undo.setEnabled(cells.steps.canUndo())
        self._redo.setEnabled(cells.steps.canRedo())
        menu.addActions([self._undo, self._redo, self._clear])
        menu.addSeparator()
        menu.addAction(tr("Add row above"), lambda: cells.add_rows(rows[0] if rows else 0))
        menu.addAction(tr("Add row below"), lambda: cells.add_rows(rows[-1] + 1 if rows else cells.rowCount()))
        menu.addAction(tr("Remove row"), self._remove_rows).setEnabled(0 < len(rows) < cells.rowCount())
        menu.addSeparator()
        menu.addAction(tr("Add column left"), lambda: cells.add_columns(columns[0] if columns else 0))
        menu.addAction(
            tr("Add column right"), lambda: cells.add_columns(columns[-1] + 1 if columns else cells.columnCount())
        )
        menu.addAction(tr("Remove column"), self._remove_columns).setEnabled(0 < len(columns) < cells.columnCount())
        menu.setEnabled(cells.editable)
        return menu

    def _span(self) -> tuple[list[int], list[int]]:
        """The rows and the columns in which something is selected."""
        picked = self.selectedIndexes()
        return sorted({index.row() for index in picked}), sorted({index.column() for index in picked})

    def _remove_rows(self) -> None:
        rows, _columns = self._span()
        self._cells.steps.beginMacro("remove rows")
        for row in reversed(rows):
            self._cells.remove_rows(row, 1)
        self._cells.steps.endMacro()

    def _remove_columns(self) -> None:
        _rows, columns = self._span()
        self._cells.steps.beginMacro("remove columns")
        for column in reversed(columns):
            self._cells.remove_columns(column, 1)
        self._cells.steps.endMacro()

    def _take_back(self) -> None:
        self._cells.steps.undo()

    def _do_again(self) -> None:
        self._cells.steps.redo()

    def _clear_cells(self) -> None:
        if self._cells.editable:
            self._cells.set_cells({(index.row(), index.column()): "" for index in self.selectedIndexes()}, "clear")

    def _action(self, key: keys.Key, act: Callable[[], None]) -> QAction:
        action = QAction(tr(key.words), self)
        action.setShortcuts([QKeySequence(one) for one in key.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _keep_width(self, column: int) -> None:
        if not self._fitting and column < self._cells.columnCount() - 1:  # the last one takes what is left
            self._set_by_user.add(column)

    def _begin_fitting(self) -> None:
        """What was the last column gives up what was left."""
        self._fitting = True

    def _fit_all(self) -> None:
        self._fit(0, self._cells.rowCount() - 1)

    def _fit(self, first: int, last: int) -> None:
        """Make room for what stands in some rows: columns as wide as needed, then rows as high."""
        self._begin_fitting()
        measure = self.fontMetrics().horizontalAdvance
        for row in range(first, last + 1):
            tall = False
            for column in range(self._cells.columnCount()):
                lines = self._cells.index(row, column).data().split("\n")
                need = max(map(measure, lines)) + _PAD
                width = self.columnWidth(column)
                if need > width and width < _WIDEST and column not in self._set_by_user:
                    width = min(need, _WIDEST)
                    self.setColumnWidth(column, width)
                tall = tall or len(lines) > 1 or need > width
            if tall:
                self.resizeRowToContents(row)
        self._fitting = False
