"""The list of boxes beside their picture."""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.language import tr
from desktop.panel.boxes_model import BoxesModel, Index, LabelFilter
from desktop.panel.keys import leave_copy

SWATCH = 10
Flag = QItemSelectionModel.SelectionFlag


class BoxesTable(QTableView):
    """`pointed` brings the box under the pointer or None, `reached` the one that was gone to by mouse or keyboard,
    `chosen` every box that is selected. Boxes are known by their place in the answer.
    """

    pointed = Signal(object)
    reached = Signal(int)
    chosen = Signal(list)

    def __init__(self, model: BoxesModel, shown: LabelFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = model
        self._shown = shown
        self.setModel(shown)
        self.setAccessibleName(tr("Boxes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("00000") + 12)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.clear_order()
        self.entered.connect(lambda index: self.pointed.emit(shown.mapToSource(index).row()))
        self.viewportEntered.connect(lambda: self.pointed.emit(None))

    @property
    def selected(self) -> list[int]:
        """The boxes that are selected, in the order of the answer."""
        return sorted(self._shown.mapToSource(index).row() for index in self.selectionModel().selectedRows())

    def clear_order(self) -> None:
        """List the boxes as the answer does."""
        self.horizontalHeader().setSortIndicator(-1, self.horizontalHeader().sortIndicatorOrder())
        self._shown.sort(-1)

    def choose(self, number: int, extend: bool) -> None:
        """Select a box, or with `extend` add it or take it away, and bring its row into sight."""
        index = self._shown.mapFromSource(self._source.index(number, 0))
        flags = (Flag.Toggle if extend else Flag.ClearAndSelect) | Flag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies whole boxes."""
        return not leave_copy(event) and super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell which box was gone to."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.reached.emit(self._shown.mapToSource(current).row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Tell what is selected."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.selected)
