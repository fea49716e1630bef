"""The preferences: every change is kept at once."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.job import Task
from desktop.model_work import ModelWork
from desktop.preferences.form import SettingsForm
from desktop.preferences.history_page import HistoryPage
from desktop.preferences.models_page import ModelsPage
from desktop.preferences.shortcuts_page import ShortcutsPage
from desktop.settings import Settings

_FORMS = {
    "General": ("auto_copy", "keep_selection", "pin_panels", "theme", "log_level"),
    "Engine": (
        "engine",
        "model",
        "attention",
        "dtype",
        "picture_limit",
        "memory_cap_gib",
        "drafts",
        "idle_unload_minutes",
        "hub",
    ),
}


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
        self.models = ModelsPage(settings)
        self._forms = {title: SettingsForm(names, settings) for title, names in _FORMS.items()}
        self.engine = self._forms["Engine"]
        self.history = HistoryPage(settings)
        self.history.changed.connect(self._change)
        self._tabs = QTabWidget()
        for title, form in self._forms.items():
            form.changed.connect(self._change)
            self._tabs.addTab(form, title)
        self._tabs.insertTab(1, self.shortcuts, "Shortcuts")
        self._tabs.addTab(self.models, "Models")
        self._tabs.addTab(self.history, "History")
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        self.resize(760, 480)

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

    def keep(self, settings: Settings) -> None:
        """Show these settings, which may have changed elsewhere, and build the next change on them."""
        self._settings = self.models.settings = settings
        self.history.show_settings(settings)
        for form in self._forms.values():
            form.show_settings(settings)

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model."""
        self.models.show_work(work)
        if not work.running:
            self.keep(self._settings)  # a model that came can be chosen now

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the models anew."""
        self.models.refresh()
        self.history.refresh()
        self.keep(self._settings)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the hotkeys back."""
        self.recording.emit(False)
        super().closeEvent(event)

    def _change(self, name: str, value: object) -> None:
        self._settings = self.models.settings = self._settings.model_copy(update={name: value})
        self.changed.emit(self._settings)
