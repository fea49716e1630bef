"""The models: whether they fit this computer, and what can be done with each."""

from collections.abc import Callable
from dataclasses import astuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import paths
from desktop.engine.qwen.weights import Preset, find_preset
from desktop.language import tr, tr_later
from desktop.model_list import HEADINGS, NOTE, list_models
from desktop.model_offer import offer_download, offer_removal, offer_runtime
from desktop.model_work import ModelWork
from desktop.runtime.runtime import RUNTIME, Runtime, find_runtime, missing_runtime
from desktop.settings import Settings
from desktop.work_strip import WorkStrip

_DEEDS = (tr_later("Download…"), tr_later("Verify"), tr_later("Remove…"))


class ModelsPage(QWidget):
    """The same list as `shotglass models list`; `agreed` brings a work that the user wants, `halted` ends it."""

    agreed = Signal(ModelWork)
    halted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._work = ModelWork()
        self._table = QTableWidget(0, len(HEADINGS))
        self._table.setHorizontalHeaderLabels([tr(heading) for heading in HEADINGS])
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.itemSelectionChanged.connect(self._show_state)
        self._download, self._verify, self._remove = (QPushButton(tr(words)) for words in _DEEDS)
        self._strip = WorkStrip()
        self._strip.agreed.connect(self.agreed)
        self._strip.halted.connect(self.halted)
        self._build()
        self._show_state()

    def refresh(self) -> None:
        """Look at this computer anew."""
        rows = list_models()
        self._table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(astuple(row)):
                self._table.setItem(number, column, QTableWidgetItem(text))
        self._show_state()

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done; what it changed on the disk is looked up when it ends."""
        ended = self._work.running and not work.running
        self._work = work
        self._strip.show_work(work)
        if ended:
            self.refresh()
        self._show_state()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        for button, slot in (
            (self._download, lambda wanted: self._strip.show_work(self._offer(wanted))),
            (self._verify, lambda preset: self.agreed.emit(ModelWork("verify", preset.id, preset.name))),
            (self._remove, lambda preset: self._strip.show_work(offer_removal(preset))),
        ):
            button.setAutoDefault(True)  # Enter presses it where it has the keyboard, as Space does
            button.clicked.connect(lambda _checked, slot=slot: self._use(slot))
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(self._table)
        layout.addLayout(buttons)
        layout.addWidget(self._strip)
        layout.addWidget(QLabel(tr(NOTE), wordWrap=True))

    def _offer(self, wanted: Preset | Runtime) -> ModelWork:
        """The download of what is wanted."""
        if isinstance(wanted, Runtime):
            return offer_runtime(wanted, self.settings)
        return offer_download(wanted, self.settings)

    def _selected(self) -> Preset | Runtime | None:
        """What the selected row is about, where something can be done with it."""
        row = self._table.currentRow()
        item = self._table.item(row, 0) if self._table.selectedItems() else None
        name = item.text() if item else ""
        return find_runtime() if name == RUNTIME else find_preset(name)

    def _use(self, slot: Callable[[Preset | Runtime], None]) -> None:
        if selected := self._selected():
            self._strip.expect()
            slot(selected)

    def _show_state(self) -> None:
        """Offer what can be done with the selected model now."""
        selected = None if self._work.running else self._selected()
        models = paths.models()
        lacks = selected is not None and not (selected.installed(models) and missing_runtime() is None)
        self._download.setEnabled(lacks)
        self._verify.setEnabled(isinstance(selected, Preset) and selected.bytes_here(models) > 0)
        self._remove.setEnabled(selected is not None and selected.folder(models).exists())
