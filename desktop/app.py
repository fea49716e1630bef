"""Composition root: builds every part and connects every signal."""

import logging
import os
import sys
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.activation import use_token
from desktop.batch.run import Outlet
from desktop.batches import Batches
from desktop.capture.choose import choose_capture
from desktop.capture.shot import pasted_shot
from desktop.choices import LogLevel
from desktop.command import Command, send, send_soon
from desktop.display import check_display
from desktop.engine.api import Engine, Status
from desktop.engine.choose import choose_engine, engine_of_this_computer, fitting_presets
from desktop.engine.remote.examine import Looked
from desktop.engine.task_files import TaskFiles
from desktop.engine_thread import EngineThread
from desktop.errors import UserError
from desktop.history_desk import HistoryDesk
from desktop.hotkey.api import SystemShortcuts
from desktop.hotkey.choose import choose_hotkeys
from desktop.job import Job
from desktop.language import tr, tr_later
from desktop.model_offer import offer_best
from desktop.model_thread import ModelThread
from desktop.model_work import ModelWork, Stage
from desktop.panel.actions import copy_text
from desktop.panel.manner import Manner
from desktop.panel.message import GET_MODEL_LINK, HERE_LINK, MODELS_LINK, SERVER_LINK
from desktop.panel.panels import Panels
from desktop.portal.choose import choose_portal
from desktop.preferences.window import PreferencesWindow
from desktop.server_thread import ServerThread
from desktop.settings import Settings, SettingsFile
from desktop.single_instance import SingleInstance
from desktop.stop_signals import StopSignals
from desktop.text_reading import read_texts
from desktop.theme import Theme
from desktop.translator import Translator
from desktop.tray import Tray
from desktop.welcome import Welcome

log = logging.getLogger(__name__)

RUNNING = "Shotglass is running already; its last panel is open now."
NO_TRAY = tr_later("This desktop shows no tray icons; start Shotglass again to open this panel.")
MENU_CLOSES_S = 0.2
SETTLED_MS = 500
SHORTCUTS_LINK, ENGINE_LINK = "shotglass:shortcuts", "shotglass:engine"
PREFERENCES = ' <a href="{}">Preferences</a>'


def main(command: Command, log_level: LogLevel | None = None) -> int:
    """Start the tray app, or hand the command to the one that runs; the exit code. Raises UserError.

    `log_level` is for this time, whatever the settings say.
    """
    if send(command, paths.socket_file()):
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return 0
    check_display()
    display_lost = logs.watch_qt()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)  # previews of pages ask for it
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Shotglass")
    application.setDesktopFileName("shotglass")
    application.setQuitOnLastWindowClosed(False)
    app = App(application, log_level)
    if not app.instance.start():
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return int(not send_soon(command, paths.socket_file(), timeout_s=5))
    app.start()
    QTimer.singleShot(SETTLED_MS, app.greet)
    application.exec()
    app.stop()
    return int(display_lost.is_set())


class App:
    """Every part of the running program."""

    def __init__(self, application: QApplication, log_level: LogLevel | None = None) -> None:
        self.application = application
        self.log_level = log_level
        self.settings_file = SettingsFile(paths.settings_file())
        self.settings, problems = self.settings_file.load()
        self.translator = Translator(application, self.settings.language)
        self.tasks, skipped = TaskFiles().read()
        self.titles = {task.id: task.title for task in self.tasks}
        self.problems = problems + skipped
        self.theme = Theme(application, self.settings.theme)
        self.instance = SingleInstance(paths.socket_file(), self.refusal)
        self.thread = EngineThread(self.first_engine())
        self.engine_settled = QTimer(singleShot=True, interval=SETTLED_MS)
        has_model = self.thread.capabilities.model
        self.models = ModelThread()
        self.portal = choose_portal()
        self.capture = choose_capture(self.portal)
        self.servers = ServerThread()
        kept = self.settings
        manner = Manner(self.tasks, has_model, choices=kept.choices, habits=kept.habits, read_texts=read_texts)
        self.panels = Panels(manner, pasted_shot)
        self.hotkeys = choose_hotkeys(self.portal, self.titles)
        outlet = Outlet(self.thread.submit, self.thread.cancel, lambda: self.thread.capabilities)
        self.batches = Batches(outlet, lambda: self.panels.manner, lambda: self.settings)
        self.history = HistoryDesk(paths.history_file(), self.tasks)
        self.tray = Tray(self.tasks, has_model)
        self.preferences = PreferencesWindow(self.settings, self.tasks)
        self.welcome: Welcome | None = None
        self.stop_signals = StopSignals()
        self._connect()
        self._connect_history()

    def _connect(self) -> None:
        self.hotkeys.pressed.connect(self.capture.begin)
        self.hotkeys.settled.connect(self.show_system_shortcuts)
        self.tray.capture_asked.connect(lambda task_id: self.capture.begin(task_id, delay_s=MENU_CLOSES_S))
        self.instance.commanded.connect(self.obey)

        for shot_known in (self.capture.kept, self.capture.taken, self.panels.awaited):
            shot_known.connect(self.thread.prepare)  # before a panel opens, which takes its time
        for given_up in (self.capture.cancelled, self.capture.failed):
            given_up.connect(self.thread.forget)
        self.capture.taken.connect(self.panels.open_shot)
        self.capture.failed.connect(self.panels.say)

        self.panels.asked.connect(self.ask)
        self.panels.stopped.connect(self.thread.cancel)
        self.panels.chosen.connect(lambda choices: self.keep("choices", choices))
        self.panels.switched.connect(lambda habits: self.keep("habits", habits))
        self.panels.link_clicked.connect(self.follow_link)
        self.panels.many_given.connect(self.batches.open)

        self.thread.updated.connect(self.panels.show_update)
        self.thread.updated.connect(self.batches.take)
        self.thread.reported.connect(self.show_status)
        self.engine_settled.timeout.connect(self.use_best_engine)

        for show in (self.panels.show_work, self.preferences.show_work, self.tray.show_work, self.use_model):
            self.models.changed.connect(show)
        for source in (self.panels.work_agreed, self.preferences.models.agreed):
            source.connect(lambda work: self.models.begin(work, self.settings))
        for source in (self.panels.work_halted, self.preferences.models.halted):
            source.connect(self.models.halt)

        self.preferences.server.asked.connect(self.servers.begin)
        self.servers.answered.connect(self.preferences.server.show_answer)
        self.servers.answered.connect(self.use_server)

        self.tray.panel_asked.connect(lambda: self.panels.open_last(self.how_to_capture()))
        self.tray.files_asked.connect(self.batches.open_files)
        self.tray.folder_asked.connect(self.batches.open_folder)
        self.tray.answer_picked.connect(copy_text)
        self.tray.hotkeys_paused.connect(self.bind_hotkeys)
        self.tray.free_asked.connect(self.batches.halt)
        self.tray.free_asked.connect(self.thread.free)
        self.tray.load_asked.connect(self.use_best_engine)
        self.tray.preferences_asked.connect(self.preferences.show_page)
        self.tray.models_asked.connect(lambda: self.preferences.show_page(self.preferences.models))
        self.tray.log_asked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_file()))))
        self.tray.quit_asked.connect(self.application.quit)

        self.preferences.changed.connect(self.change_settings)
        self.preferences.recording.connect(self.record_shortcut)
        self.preferences.shortcuts.configure_asked.connect(self.hotkeys.configure)
        self.preferences.tasks_changed.connect(self.use_tasks)
        self.stop_signals.arrived.connect(self.application.quit)

    def _connect_history(self) -> None:
        self.panels.answered.connect(self.history.keep)
        self.history.newest.connect(self.tray.show_answers)
        self.history.newest.connect(lambda _answers: self.preferences.history.refresh())
        self.history.said.connect(self.panels.say)
        self.history.reopened.connect(self.panels.reopen)
        self.history.asked.connect(lambda shot, task_id: self.panels.open_shot(shot, task_id, at_pointer=True))
        for history_asked in (part.history_asked for part in (self.panels, self.tray, self.preferences.history)):
            history_asked.connect(self.history.open)
        self.preferences.history.totals = lambda: self.history.totals
        self.preferences.history.emptied.connect(self.history.empty)
        self.tray.private_set.connect(lambda private: self.keep("private", private))

    def start(self) -> None:
        """Let every part begin; the engine loads in its own thread."""
        self.tray.show()
        self.thread.start()
        self.apply(self.settings)
        self.history.start()
        self.capture.warm_up()
        sentences = [*self.problems, *self.bind_hotkeys()]
        if not self.tray.available():
            sentences.append(f"{tr(NO_TRAY)} {self.how_to_capture()}")
        if sentences:
            self.panels.say(" ".join(sentences), PREFERENCES.format(SHORTCUTS_LINK))
        log.info("started")

    def greet(self) -> None:
        """Welcome whoever has no settings yet, in nobody's way; writing them remembers it."""
        if self.settings_file.path.exists():
            return
        if self.capture.busy or self.panels.any_open:
            QTimer.singleShot(SETTLED_MS, self.greet)
            return
        keys = self.shortcuts().get("text", "")
        self.welcome = welcome = Welcome(keys, self.settings, self.thread.capabilities.model)
        welcome.tried.connect(lambda: self.capture.begin("text", delay_s=MENU_CLOSES_S))
        welcome.typed.connect(lambda keys: self.preferences.shortcuts.put("text", keys))
        welcome.recording.connect(self.record_shortcut)
        welcome.agreed.connect(lambda work: self.models.begin(work, self.settings))
        welcome.halted.connect(self.models.halt)
        self.models.changed.connect(welcome.strip.show_work)
        self.bind_hotkeys()  # it says which are taken
        welcome.show()
        self.change_settings(self.settings)

    def stop(self) -> None:
        """End every part within a second."""
        self.models.halt()
        self.preferences.stop()
        self.hotkeys.stop()
        self.capture.close()
        if self.portal:
            self.portal.stop()
        self.panels.close_all()
        self.tray.hide()
        self.instance.stop()
        ended = [part.stop() for part in (self.batches, self.thread, self.models, self.servers, self.history)]
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
        keys = self.shortcuts().get("text") or "`shotglass capture`"
        return tr(
            "Press {keys} and drag over a piece of the screen. You can also drop or paste a picture here.", keys=keys
        )

    def ask(self, job: Job) -> None:
        """Ask the engine, with the user's sampling of the task."""
        self.batches.give_way(job.id)
        self.thread.submit(replace(job, task=self.settings.adjust(job.task)))

    def show_status(self, status: Status) -> None:
        """Show how the engine is, and offer what it can do."""
        self.tray.show_status(status)
        self.capture.set_tell_kept(status.model)
        self.panels.set_has_model(status.model)
        self.panels.set_place(status.place)

    def use_tasks(self) -> None:
        """Offer the tasks as their files have them now, everywhere."""
        self.tasks, _skipped = TaskFiles().read()
        self.titles.update({task.id: task.title for task in self.tasks})
        for part in (self.tray, self.panels, self.preferences, self.history):
            part.set_tasks(self.tasks)
        self.bind_hotkeys()

    def first_engine(self) -> Engine:
        """The engine of the settings; where it cannot answer here the embedded one, and a problem to be told."""
        try:
            return choose_engine(self.settings)
        except UserError as error:
            self.problems.append(str(error))
            return choose_engine(self.settings.model_copy(update={"engine": "ocr"}))

    def use_best_engine(self) -> None:
        """Answer with the engine that the settings and this disk ask for; the present one stays where that fails."""
        self.engine_settled.stop()
        try:
            self.thread.switch(choose_engine(self.settings))
        except UserError as error:
            self.panels.say(str(error), PREFERENCES.format(ENGINE_LINK))

    def follow_link(self, link: str) -> None:
        """Open what a sentence in a panel points to."""
        if link == GET_MODEL_LINK:
            self.panels.show_work(self.models.work if self.models.work.running else offer_best(self.settings))
            return
        if link == HERE_LINK:
            here = engine_of_this_computer(self.settings)
            self.change_settings(self.settings.model_copy(update={"engine": here}))
            self.use_best_engine()
            return
        pages = {
            MODELS_LINK: self.preferences.models,
            ENGINE_LINK: self.preferences.engine,
            SERVER_LINK: self.preferences.server,
        }
        self.preferences.show_page(pages.get(link, self.preferences.shortcuts))

    def use_model(self, work: ModelWork) -> None:
        """Let a model that came answer, where none did."""
        if (work.verb, work.stage) != ("download", Stage.DONE) or self.thread.capabilities.model:
            return
        fits = work.model in (preset.id for preset in fitting_presets())
        settings = self.settings.model_copy(update={"engine": "auto", "model": "" if fits else work.model})
        self.change_settings(settings)
        self.use_best_engine()

    def use_server(self, looked: list[Looked]) -> None:
        """Let a server that answers now take over, where another engine had to stand in."""
        if self.thread.capabilities.lack and any(not one.trouble for one in looked):
            self.use_best_engine()

    def shortcuts(self) -> dict[str, str]:
        """The shortcut of each task, as the user set it or as the task suggests."""
        return {task.id: self.settings.hotkeys.get(task.id, task.hotkey) for task in self.tasks}

    def bind_hotkeys(self) -> list[str]:
        """Register the shortcuts, none while they are paused; a sentence for each that was refused."""
        refused = self.hotkeys.bind({} if self.tray.paused else self.shortcuts())
        self.preferences.show_refusals(refused)
        if self.welcome is not None:
            self.welcome.show_refusals(refused)
        return list(dict.fromkeys(refused.values()))

    def show_system_shortcuts(self, held: SystemShortcuts) -> None:
        """Show which shortcuts the desktop holds, and say which it refused."""
        self.preferences.show_refusals(held.refused)
        self.preferences.shortcuts.show_system(held.triggers, held.configurable)
        if held.refused:
            self.panels.say(" ".join(dict.fromkeys(held.refused.values())), PREFERENCES.format(SHORTCUTS_LINK))

    def record_shortcut(self, recording: bool) -> None:
        """Let every shortcut go while one is being typed."""
        if recording:
            self.hotkeys.bind({})
        else:
            self.bind_hotkeys()

    def keep(self, name: str, value: object) -> None:
        """Remember what was chosen outside the preferences."""
        self.change_settings(self.settings.model_copy(update={name: value}))

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings and follow them."""
        old, self.settings = self.settings, settings
        self.preferences.keep(settings)
        self.apply(settings)
        if settings.hotkeys != old.hotkeys:
            self.bind_hotkeys()
        if settings.engine_values() != old.engine_values():
            self.engine_settled.start()  # a number that is being typed is many changes
        try:
            self.settings_file.save(settings)
        except UserError as error:
            self.panels.say(str(error))

    def apply(self, settings: Settings) -> None:
        """Tell every part what the user set."""
        logging.getLogger().setLevel(self.log_level or settings.log_level)
        self.translator.choose(settings.language)
        self.theme.choose(settings.theme)
        self.panels.set_auto_copy(settings.auto_copy)
        self.panels.set_math_signs(settings.math_signs)
        self.panels.keep_open = settings.pin_panels
        self.capture.set_keep_selection(settings.keep_selection)
        self.history.use(settings)
        self.tray.show_private(settings.private)
        self.thread.free_after(settings.idle_unload_minutes * 60)
