"""The preferences: every change is kept at once."""

from collections.abc import Mapping, Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.job import Task
from desktop.preferences.models_page import ModelsPage
from desktop.preferences.shortcuts_page import ShortcutsPage
from desktop.settings import Settings

_SWITCHES = ("auto_copy", "keep_selection", "pin_panels")
_CHOICES = ("theme", "log_level")


class PreferencesWindow(QWidget):
    """`changed` brings the new Settings; `recording` is True while a shortcut is being typed."""

    changed = Signal(Settings)
    recording = Signal(bool)

    def __init__(self, settings: Settings, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Shotglass preferences")
        self._settings = settings
        self.shortcuts = ShortcutsPage(tasks, settings.hotkeys)
        self.shortcuts.changed.connect(lambda hotkeys: self._change("hotkeys", hotkeys))
        self.shortcuts.recording.connect(self.recording)
        self.models = ModelsPage()
        self._tabs = QTabWidget()
        self._tabs.addTab(self._general(), "General")
        self._tabs.addTab(self.shortcuts, "Shortcuts")
        self._tabs.addTab(self.models, "Models")
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        self.resize(620, 380)

    def show_page(self, page: QWidget | None = None) -> None:
        """Come up, with that page in front."""
        if page is not None:
            self._tabs.setCurrentWidget(page)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_refusals(self, refused: Mapping[str, str]) -> None:
        """Say which shortcuts could not be registered, task id -> sentence."""
        self.shortcuts.show_refusals(refused)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the models anew."""
        self.models.refresh()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the hotkeys back."""
        self.recording.emit(False)
        super().closeEvent(event)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        for name in _SWITCHES:
            switch = QCheckBox(Settings.model_fields[name].title or name)
            switch.setObjectName(name)
            switch.setChecked(getattr(self._settings, name))
            switch.toggled.connect(lambda value, name=name: self._change(name, value))
            form.addRow(switch)
        for name in _CHOICES:
            field = Settings.model_fields[name]
            choice = QComboBox()
            choice.setObjectName(name)
            choice.addItems([str(value) for value in get_args(field.annotation)])
            choice.setCurrentText(str(getattr(self._settings, name)))
            choice.currentTextChanged.connect(lambda value, name=name: self._change(name, value))
            form.addRow(QLabel(field.title or name), choice)
        return page

    def _change(self, name: str, value: object) -> None:
        self._settings = self._settings.model_copy(update={name: value})
        self.changed.emit(self._settings)
