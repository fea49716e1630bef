"""Composition root: builds every part and connects every signal."""

import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.activation import use_token
from desktop.batch.run import Outlet
from desktop.batches import Batches
from desktop.capture.choose import choose_capture, choose_permission, system_settings
from desktop.capture.shot import pasted_shot
from desktop.choices import LogLevel
from desktop.command import Command
from desktop.engine.api import Engine, Phase, Status
from desktop.engine.choose import choose_engine
from desktop.engine.remote.examine import Looked
from desktop.engine.task_files import TaskFiles
from desktop.engine_desk import SETTLED_MS, EngineDesk
from desktop.errors import UserError
from desktop.history.entry import Answer
from desktop.history_desk import HistoryDesk
from desktop.hotkey.choose import choose_hotkeys
from desktop.job import Job
from desktop.language import in_a_row, tr, tr_later
from desktop.model_work import ModelWork
from desktop.motion import Motion
from desktop.panel.actions import copy_text
from desktop.panel.manner import Manner
from desktop.panel.message import GET_MODEL_LINK, HERE_LINK, MODELS_LINK, SERVER_LINK
from desktop.panel.panels import Panels
from desktop.portal.choose import choose_portal
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings, SettingsFile
from desktop.shortcut_desk import ShortcutDesk
from desktop.single_instance import SingleInstance
from desktop.stop_signals import StopSignals
from desktop.text_reading import read_texts
from desktop.theme import Theme
from desktop.translator import Translator
from desktop.tray import NO_TRAY, Tray
from desktop.welcome import Welcome

log = logging.getLogger(__name__)

MENU_CLOSES_S = 0.2
SHORTCUTS_LINK, ENGINE_LINK = "shotglass:shortcuts", "shotglass:engine"
PREFERENCES = tr_later(' <a href="{link}">Preferences</a>')


class App:
    """Every part of the running program."""

    def __init__(self, application: QApplication, log_level: LogLevel | None = None) -> None:
        self.application = application
        self.log_level = log_level
        self.settings_file = SettingsFile(paths.settings_file())
        self.translator = Translator(application)
        self.settings, problems = self.settings_file.load()
        self.translator.choose(self.settings.language)
        self.tasks, skipped = TaskFiles().read()
        self.titles = {task.id: tr(task.title) for task in self.tasks}
        self.problems = problems + skipped
        self.theme = Theme(application, self.settings.theme)
        self.motion = Motion(application)
        self.instance = SingleInstance(paths.socket_file(), self.refusal)
        self.engines = EngineDesk(self.first_engine(), lambda: self.settings)
        self.thread = self.engines.engine
        has_model = self.thread.capabilities.model
        self.portal = choose_portal()
        self.capture = choose_capture(self.portal)
        kept = self.settings
        manner = Manner(self.tasks, has_model, choices=kept.choices, habits=kept.habits, read_texts=read_texts)
        self.panels = Panels(manner, pasted_shot)
        hotkeys = choose_hotkeys(
            self.portal, self.titles, lambda: self.settings.keyboard_hook, lambda: self.shortcuts.may_ask
        )
        self.shortcuts = ShortcutDesk(hotkeys, may_ask=self.settings_file.path.exists())  # else the welcome asks
        self.shortcuts.use(self.tasks, kept)
        outlet = Outlet(self.thread.submit, self.thread.cancel, lambda: self.thread.capabilities)
        self.history = HistoryDesk(paths.history_file(), self.tasks)
        keep = self.history.keep_of_batch
        self.batches = Batches(outlet, lambda: self.panels.manner, lambda: self.settings, keep)
        self.status = Status(Phase.LOADING, self.thread.capabilities.title, model=has_model)
        self.tray = self._make_tray()
        self.preferences = self._make_preferences()
        self.welcome: Welcome | None = None
        self.stop_signals = StopSignals()
        self._connect()
        self._connect_engine()
        self._connect_history()

    def _connect(self) -> None:
        self.shortcuts.pressed.connect(self.capture.begin)
        self.shortcuts.changed.connect(self.show_shortcuts)
        self.shortcuts.said.connect(self.say_refused)
        self.instance.commanded.connect(self.obey)
        self.stop_signals.arrived.connect(self.application.quit)

        for shot_known in (self.capture.kept, self.capture.taken, self.panels.awaited):
            shot_known.connect(self.thread.prepare)  # before a panel opens, which takes its time
        self.capture.given_up.connect(self.thread.forget)
        self.capture.taken.connect(self.panels.open_shot)
        self.capture.failed.connect(lambda said: self.panels.say(said, system_settings(said)))

        self.panels.asked.connect(self.ask)
        self.panels.stopped.connect(self.thread.cancel)
        self.panels.chosen.connect(lambda choices: self.keep("choices", choices))
        self.panels.switched.connect(lambda habits: self.keep("habits", habits))
        self.panels.link_clicked.connect(self.follow_link)
        self.panels.many_given.connect(self.batches.open)

    def _connect_engine(self) -> None:
        self.thread.updated.connect(self.panels.show_update)
        self.thread.updated.connect(self.batches.take)
        self.thread.reported.connect(self.show_status)
        self.engines.said.connect(lambda said: self.panels.say(said, tr(PREFERENCES, link=ENGINE_LINK)))
        self.engines.chosen.connect(self.change_settings)
        self.engines.models.changed.connect(self.panels.show_work)
        self.engines.models.changed.connect(self.show_work)
        self.engines.servers.answered.connect(self.show_servers)
        self.panels.work_agreed.connect(self.engines.begin_work)
        self.panels.work_halted.connect(self.engines.models.halt)

    def _connect_history(self) -> None:
        self.panels.answered.connect(self.history.keep)
        self.history.newest.connect(self.show_answers)
        self.history.said.connect(self.panels.say)
        self.history.reopened.connect(self.panels.reopen)
        self.history.asked.connect(lambda shot, task_id: self.panels.open_shot(shot, task_id, at_pointer=True))
        self.panels.history_asked.connect(self.history.open)

    def _make_tray(self) -> Tray:
        """A tray that is connected and shows how things are."""
        tray = Tray(self.tasks, self.thread.capabilities.model, self.shortcuts.paused)
        tray.capture_asked.connect(lambda task_id: self.capture.begin(task_id, delay_s=MENU_CLOSES_S))
        tray.panel_asked.connect(lambda: self.panels.open_last(self.how_to_capture()))
        tray.files_asked.connect(self.batches.open_files)
        tray.folder_asked.connect(self.batches.open_folder)
        tray.history_asked.connect(self.history.open)
        tray.private_set.connect(lambda private: self.keep("private", private))
        tray.answer_picked.connect(copy_text)
        tray.hotkeys_paused.connect(self.shortcuts.pause)
        tray.free_asked.connect(self.batches.halt)
        tray.free_asked.connect(self.thread.free)
        tray.load_asked.connect(self.engines.use_best)
        tray.preferences_asked.connect(lambda: self.preferences.show_page(None))
        tray.models_asked.connect(lambda: self.preferences.show_page(self.preferences.models))
        tray.log_asked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_file()))))
        tray.quit_asked.connect(self.application.quit)
        return tray

    def _make_preferences(self) -> PreferencesWindow:
        """Preferences that are connected and show how things are."""
        window = PreferencesWindow(self.settings, self.tasks)
        window.changed.connect(self.change_settings)
        window.recording.connect(self.shortcuts.record)
        window.shortcuts.configure_asked.connect(self.shortcuts.configure)
        window.tasks_changed.connect(self.use_tasks)
        window.models.agreed.connect(self.engines.begin_work)
        window.models.halted.connect(self.engines.models.halt)
        window.server.asked.connect(self.engines.servers.begin)
        window.history.totals = lambda: self.history.totals
        window.history.emptied.connect(self.history.empty)
        window.history.history_asked.connect(self.history.open)
        window.show_status(self.status)
        return window

    def renew(self) -> None:
        """Have tray and windows anew, in the language that is spoken now; what else is open stays as it is."""
        self.titles.update({task.id: tr(task.title) for task in self.tasks})
        old_tray, old_window = self.tray, self.preferences
        self.tray, self.preferences = self._make_tray(), self._make_preferences()
        self.preferences.take_place_of(old_window)
        old_tray.retire()
        for part in (self.panels, self.batches, self.history):
            part.renew()
        self.tray.show()
        self.tray.show_private(self.settings.private)
        self.tray.show_status(self.status)
        self.show_answers(self.history.answers)
        self.show_work(self.engines.models.work)
        self.shortcuts.bind()  # its sentences are in the other language now

    def start(self) -> None:
        """Let every part begin; the engine loads in its own thread."""
        self.tray.show()
        self.thread.start()
        self.apply(self.settings)
        self.history.start()
        self.capture.warm_up()
        sentences = [*self.problems, *self.shortcuts.bind()]
        if not self.tray.available() and self.settings_file.path.exists():  # else the welcome says it
            sentences.append(f"{tr(NO_TRAY)} {self.how_to_capture()}")
        if sentences:
            self.panels.say(in_a_row(*sentences), tr(PREFERENCES, link=SHORTCUTS_LINK))
        log.info("started")

    def greet(self) -> None:
        """Welcome whoever has no settings yet, in nobody's way; writing them remembers it."""
        if self.settings_file.path.exists():
            return
        if self.capture.busy or self.panels.any_open:
            QTimer.singleShot(SETTLED_MS, self.greet)
            return
        keys = self.shortcuts.keys.get("text", "")
        self.welcome = welcome = Welcome(keys, self.settings, self.thread.capabilities.model, self.tray.available())
        welcome.tried.connect(lambda: self.capture.begin("text", delay_s=MENU_CLOSES_S))
        welcome.typed.connect(lambda keys: self.preferences.shortcuts.put("text", keys))
        welcome.recording.connect(self.shortcuts.record)
        welcome.agreed.connect(self.engines.begin_work)
        welcome.halted.connect(self.engines.models.halt)
        welcome.shortcuts.asked.connect(self.shortcuts.ask)
        welcome.closed.connect(self.shortcuts.open_up)
        self.engines.models.changed.connect(welcome.strip.show_work)
        if pictures := choose_permission(self.portal, welcome):
            pictures.told.connect(partial(welcome.show_permission, welcome.pictures))
            welcome.pictures.asked.connect(pictures.ask)
            pictures.look()
        self.shortcuts.bind()  # it says which are taken
        welcome.show()
        self.change_settings(self.settings)

    def stop(self) -> None:
        """End every part; its windows are gone. A history that another program holds is waited for longest, 3 s."""
        self.engines.models.halt()
        self.preferences.stop()
        self.shortcuts.stop()
        self.capture.close()
        if self.portal:
            self.portal.stop()
        self.panels.close_all()
        self.tray.hide()
        self.instance.stop()
        ended = [part.stop() for part in (self.batches, self.engines, self.history)]
        if not all(ended):
            logging.shutdown()
            os._exit(0)  # a thread stuck in native code would keep the process for ever

    def refusal(self, command: Command) -> str:
        """Why a command of another start cannot be taken, or ''."""
        ids = [task.id for task in self.tasks]
        if command.verb == "capture" and command.task not in ids:
            offered = ", ".join(ids)
            return tr("There is no task called {task}; choose one of {offered}.", task=command.task, offered=offered)
        return ""

    def obey(self, command: Command) -> None:
        """Do what another start asks for."""
        use_token(command.activation_token)
        match command.verb:
            case "capture":
                self.capture.begin(command.task, command.last, command.delay_s)
            case "copy":
                copy_text(command.text)
            case "quit":
                self.application.quit()
            case "open":
                self.panels.open_last(self.how_to_capture())

    def how_to_capture(self) -> str:
        """How to take the first picture."""
        keys = self.shortcuts.keys.get("text") or "`shotglass capture`"
        return tr(
            "Press {keys} and drag over a piece of the screen. You can also drop or paste a picture here.", keys=keys
        )

    def ask(self, job: Job) -> None:
        """Ask the engine, with the user's sampling of the task."""
        self.batches.give_way(job.id)
        self.thread.submit(replace(job, task=self.settings.adjust(job.task)))

    def show_status(self, status: Status) -> None:
        """Show how the engine is, and offer what it can do."""
        self.status = status
        self.tray.show_status(status)
        self.preferences.show_status(status)
        self.capture.set_tell_kept(status.model)
        self.panels.set_has_model(status.model)
        self.panels.set_place(status.place)

    def use_tasks(self) -> None:
        """Offer the tasks as their files have them now, everywhere."""
        self.tasks, _skipped = TaskFiles().read()
        self.titles.update({task.id: tr(task.title) for task in self.tasks})
        for part in (self.tray, self.panels, self.preferences, self.history):
            part.set_tasks(self.tasks)
        self.shortcuts.use(self.tasks, self.settings)
        self.shortcuts.bind()

    def first_engine(self) -> Engine:
        """The engine of the settings; where it cannot answer here the embedded one, and a problem to be told."""
        try:
            return choose_engine(self.settings)
        except UserError as error:
            self.problems.append(str(error))
            return choose_engine(self.settings.model_copy(update={"engine": "ocr"}))

    def follow_link(self, link: str) -> None:
        """Open what a sentence in a panel points to."""
        if link == GET_MODEL_LINK:
            self.panels.show_work(self.engines.offer_work())
            return
        if link == HERE_LINK:
            self.engines.use_this_computer()
            return
        if link.startswith("x-apple.systempreferences:"):
            QDesktopServices.openUrl(QUrl(link))
            return
        pages = {
            MODELS_LINK: self.preferences.models,
            ENGINE_LINK: self.preferences.engine,
            SERVER_LINK: self.preferences.server,
        }
        self.preferences.show_page(pages.get(link, self.preferences.shortcuts))

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model outside the panels."""
        self.preferences.show_work(work)
        self.tray.show_work(work)

    def show_servers(self, looked: list[Looked]) -> None:
        """Show how the servers are."""
        self.preferences.server.show_answer(looked)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Offer the newest answers, and count what is kept."""
        self.tray.show_answers(answers)
        self.preferences.history.refresh()

    def show_shortcuts(self) -> None:
        """Show which shortcuts were refused, and which ones the desktop holds."""
        self.preferences.show_refusals(self.shortcuts.refused)
        self.preferences.shortcuts.show_system(self.shortcuts.held.triggers, self.shortcuts.held.configurable)
        if self.welcome is not None:
            permission = self.shortcuts.held.permission
            self.welcome.show_permission(self.welcome.shortcuts, permission)
            self.welcome.show_refusals({} if permission and permission.trouble else self.shortcuts.refused)

    def say_refused(self, said: str) -> None:
        """Say what the desktop refused, unless the welcome does."""
        if not (self.welcome and self.welcome.isVisible()):
            self.panels.say(said, tr(PREFERENCES, link=SHORTCUTS_LINK))

    def keep(self, name: str, value: object) -> None:
        """Remember what was chosen outside the preferences."""
        self.change_settings(self.settings.model_copy(update={name: value}))

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings and follow them."""
        old, self.settings = self.settings, settings
        self.preferences.keep(settings)
        self.apply(settings)
        if (settings.hotkeys, settings.keyboard_hook) != (old.hotkeys, old.keyboard_hook):
            self.shortcuts.use(self.tasks, settings)
            self.shortcuts.bind()
        if settings.engine_values() != old.engine_values():
            self.engines.use_best_soon()
        try:
            self.settings_file.save(settings)
        except UserError as error:
            self.panels.say(str(error))

    def apply(self, settings: Settings) -> None:
        """Tell every part what the user set."""
        logging.getLogger().setLevel(self.log_level or settings.log_level)
        if self.translator.choose(settings.language):
            QTimer.singleShot(0, self.renew)  # the preferences are about to say more
        self.theme.choose(settings.theme)
        self.panels.set_auto_copy(settings.auto_copy)
        self.panels.set_math_signs(settings.math_signs)
        self.panels.keep_open = settings.pin_panels
        self.capture.set_keep_selection(settings.keep_selection)
        self.history.use(settings)
        self.tray.show_private(settings.private)
        self.thread.free_after(settings.idle_unload_minutes * 60)
