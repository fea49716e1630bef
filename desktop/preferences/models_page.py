"""The models and whether they fit this computer."""

from dataclasses import astuple

from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.model_list import HEADINGS, NOTE, list_models


class ModelsPage(QWidget):
    """The same list as `shotglass models list`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QTableWidget(0, len(HEADINGS))
        self._table.setHorizontalHeaderLabels(HEADINGS)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.addWidget(self._table)
        layout.addWidget(QLabel(NOTE, wordWrap=True))

    def refresh(self) -> None:
        """Look at this computer anew."""
        rows = list_models()
        self._table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(astuple(row)):
                self._table.setItem(number, column, QTableWidgetItem(text))
