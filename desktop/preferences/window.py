"""The preferences: every change is kept at once."""

import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.engine.api import Status
from desktop.job import Task
from desktop.language import tr, tr_later
from desktop.model_work import ModelWork
from desktop.preferences.about_page import AboutPage
from desktop.preferences.autostart_switch import AutostartSwitch
from desktop.preferences.form import SettingsForm
from desktop.preferences.history_page import HistoryPage
from desktop.preferences.later import Later
from desktop.preferences.models_page import ModelsPage
from desktop.preferences.server_page import ServerPage
from desktop.preferences.shortcuts_page import ShortcutsPage
from desktop.preferences.tasks_page import TasksPage
from desktop.settings import Settings

_FORMS = {
    tr_later("General"): (
        *("auto_copy", "math_signs", "keep_selection", "pin_panels", "language", "theme", "log_level"),
        *(("keyboard_hook",) if sys.platform == "win32" else ()),
    ),
    tr_later("Engine"): (
        "engine",
        "model",
        "attention",
        "dtype",
        "weights",
        "picture_limit",
        "memory_cap_gib",
        "drafts",
        "idle_unload_minutes",
        "hub",
    ),
}
NO_ATTENTION = tr_later("none: no model is loaded on this computer")


class PreferencesWindow(QWidget):
    """`changed` brings the new Settings; `recording` is True while a shortcut is being typed.

    `tasks_changed` comes when the files of the tasks were changed.
    """

    changed = Signal(Settings)
    tasks_changed = Signal()
    recording = Signal(bool)

    def __init__(self, settings: Settings, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shotglass preferences"))
        self._settings = settings
        self.shortcuts = ShortcutsPage(tasks, settings.hotkeys)
        self.shortcuts.changed.connect(lambda hotkeys: self._change("hotkeys", hotkeys))
        self.shortcuts.recording.connect(self.recording)
        self.models = ModelsPage(settings)
        self.server = ServerPage(settings)
        self.server.changed.connect(self._change)
        self.history = HistoryPage(settings)
        self.history.changed.connect(self._change)
        self._tasks, self._about = (
            Later(self._make_tasks),
            Later(lambda: AboutPage(bool(self._settings.update_address))),
        )
        self._forms = {title: SettingsForm(names, settings) for title, names in _FORMS.items()}
        self.engine = self._forms["Engine"]
        self._attention = self.engine.add_line("attention", tr("Attention in use"))
        self._tabs = QTabWidget()
        for title, form in self._forms.items():
            form.changed.connect(self._change)
            self._tabs.addTab(form, tr(title))
        self._tabs.insertTab(1, self.shortcuts, tr("Shortcuts"))
        self._tabs.insertTab(2, self._tasks, tr("Tasks"))
        self._tabs.addTab(self.models, tr("Models"))
        self._tabs.addTab(self.server, tr("Server"))
        self._tabs.addTab(self.history, tr("History"))
        self._tabs.addTab(self._about, tr("About"))
        self._forms["General"].add_switch(AutostartSwitch())
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        self.resize(760, 540)
        QShortcut(QKeySequence("Esc"), self, self.close)

    @property
    def tasks(self) -> TasksPage:
        """The page of the tasks."""
        return self._tasks.page

    @property
    def about(self) -> AboutPage:
        """The page about the program."""
        return self._about.page

    def take_place_of(self, other: "PreferencesWindow") -> None:
        """Stand where another one did, with the same page in front; that one goes away for good."""
        self._tabs.setCurrentIndex(other._tabs.currentIndex())
        self.resize(other.size())
        if other.isVisible():
            self.move(other.pos())
            self.show_page()
        other.stop()
        other.deleteLater()

    def stop(self) -> None:
        """Go away for good; what is being typed is kept."""
        self.close()
        if self._about.made:
            self._about.made.stop()

    def show_page(self, page: QWidget | None = None) -> None:
        """Come up, with that page in front."""
        if page is not None:
            around = page.parentWidget()
            self._tabs.setCurrentWidget(around if isinstance(around, Later) else page)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Have a shortcut for each of these tasks."""
        self.shortcuts.set_tasks(tasks, self._settings.hotkeys)

    def show_refusals(self, refused: Mapping[str, str]) -> None:
        """Say which shortcuts could not be registered, task id -> sentence."""
        self.shortcuts.show_refusals(refused)

    def keep(self, settings: Settings) -> None:
        """Show these settings, which may have changed elsewhere, and build the next change on them."""
        self._settings = self.models.settings = settings
        self.server.show_settings(settings)
        self.history.show_settings(settings)
        if self._tasks.made:
            self._tasks.made.settings = settings
        for form in self._forms.values():
            form.show_settings(settings)

    def show_status(self, status: Status) -> None:
        """Show what the engine uses."""
        self._attention.setText(status.attention or tr(NO_ATTENTION))

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model."""
        self.models.show_work(work)
        if not work.running:
            self.keep(self._settings)  # a model that came can be chosen now

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the models anew."""
        self.models.refresh()
        self.keep(self._settings)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the hotkeys back."""
        self.recording.emit(False)
        super().closeEvent(event)

    def _make_tasks(self) -> TasksPage:
        page = TasksPage(self._settings)
        page.changed.connect(self.tasks_changed)
        page.sampling_moved.connect(self._drop_sampling)
        page.shortcut_wanted.connect(self._show_shortcut)
        return page

    def _drop_sampling(self, task_id: str) -> None:
        """Let a task's own sampling hold, now that it was written there."""
        kept = {name: sampling for name, sampling in self._settings.sampling.items() if name != task_id}
        self._change("sampling", kept)

    def _show_shortcut(self, task_id: str) -> None:
        self.show_page(self.shortcuts)
        self.shortcuts.focus(task_id)

    def _change(self, name: str, value: object) -> None:
        self._settings = self.models.settings = self._settings.model_copy(update={name: value})
        if self._tasks.made:
            self._tasks.made.settings = self._settings
        self.changed.emit(self._settings)
