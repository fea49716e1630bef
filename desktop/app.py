"""Composition root: builds every part and connects every signal."""

import logging
import os
import sys

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.capture.capture import Capture
from desktop.capture.shot import pasted_shot
from desktop.command import Command, send, send_soon
from desktop.display import check_display
from desktop.engine.choose import choose_engine
from desktop.engine.tasks import read_tasks
from desktop.engine_thread import EngineThread
from desktop.errors import UserError
from desktop.history import Entry, History
from desktop.hotkey.choose import choose_hotkeys
from desktop.job import Job, Update
from desktop.panel.actions import copy_text
from desktop.panel.panel import MODELS_LINK, Manner
from desktop.panel.panels import Panels
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings, SettingsFile
from desktop.single_instance import SingleInstance
from desktop.stop_signals import StopSignals
from desktop.theme import Theme
from desktop.tray import Tray

log = logging.getLogger(__name__)

RUNNING = "Shotglass is running already; its last panel is open now."
NO_TRAY = "This desktop shows no tray icons; start Shotglass again to open this panel."
MENU_CLOSES_S = 0.2
PREFERENCES_LINK = "shotglass:preferences"


def main(command: Command) -> int:
    """Start the tray app, or hand the command to the one that runs; the exit code. Raises UserError."""
    if send(command, paths.socket_file()):
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return 0
    check_display()
    display_lost = logs.watch_qt()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Shotglass")
    application.setDesktopFileName("shotglass")
    application.setQuitOnLastWindowClosed(False)
    app = App(application)
    if not app.instance.start():
        print(RUNNING)  # noqa: T201 - a second start says what it did
        return int(not send_soon(command, paths.socket_file(), timeout_s=5))
    app.start()
    application.exec()
    app.stop()
    return int(display_lost.is_set())


class App:
    """Every part of the running program."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.settings_file = SettingsFile(paths.settings_file())
        self.settings, problems = self.settings_file.load()
        tasks, skipped = read_tasks([paths.resources() / "tasks", paths.user_tasks()])
        self.tasks = [task for task in tasks if not task.needs_question]  # no panel asks for words yet
        self.problems = problems + skipped
        self.theme = Theme(application, self.settings.theme)
        self.instance = SingleInstance(paths.socket_file(), self.refusal)
        self.thread = EngineThread(choose_engine(self.settings.engine, self.settings.model))
        has_model = self.thread.capabilities.model
        self.capture = Capture()
        self.panels = Panels(Manner(self.tasks, has_model), pasted_shot)
        self.hotkeys = choose_hotkeys()
        self.history = History()
        self.tray = Tray(self.tasks, has_model)
        self.preferences = PreferencesWindow(self.settings, self.tasks)
        self.stop_signals = StopSignals()
        self._connect()

    def _connect(self) -> None:
        self.hotkeys.pressed.connect(self.capture.begin)
        self.tray.capture_asked.connect(lambda task_id: self.capture.begin(task_id, delay_s=MENU_CLOSES_S))
        self.instance.commanded.connect(self.obey)

        self.capture.taken.connect(self.panels.open_shot)
        self.capture.failed.connect(self.panels.say)

        self.panels.asked.connect(self.thread.submit)
        self.panels.stopped.connect(self.thread.cancel)
        self.panels.answered.connect(self.remember)
        self.panels.link_clicked.connect(self.follow_link)

        self.thread.updated.connect(self.panels.show_update)
        self.thread.reported.connect(self.tray.show_status)

        self.tray.panel_asked.connect(lambda: self.panels.open_last(self.how_to_capture()))
        self.tray.answer_picked.connect(copy_text)
        self.tray.hotkeys_paused.connect(self.bind_hotkeys)
        self.tray.preferences_asked.connect(self.preferences.show_page)
        self.tray.log_asked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_file()))))
        self.tray.quit_asked.connect(self.application.quit)

        self.preferences.changed.connect(self.change_settings)
        self.preferences.recording.connect(self.record_shortcut)
        self.stop_signals.arrived.connect(self.application.quit)

    def start(self) -> None:
        """Let every part begin; the engine loads in its own thread."""
        self.tray.show()
        self.thread.start()
        self.apply(self.settings)
        self.capture.warm_up()
        sentences = [*self.problems, *self.bind_hotkeys()]
        if not self.tray.available():
            sentences.append(f"{NO_TRAY} {self.how_to_capture()}")
        if sentences:
            self.panels.say(" ".join(sentences), f' <a href="{PREFERENCES_LINK}">Preferences</a>')
        log.info("started")

    def stop(self) -> None:
        """End every part within a second."""
        self.hotkeys.stop()
        self.capture.close()
        self.panels.close_all()
        self.tray.hide()
        self.instance.stop()
        if not self.thread.stop():
            logging.shutdown()
            os._exit(0)  # a thread stuck in native code would keep the process for ever

    def refusal(self, command: Command) -> str:
        """Why a command of another start cannot be taken, or ''."""
        ids = [task.id for task in self.tasks]
        if command.verb == "capture" and command.task not in ids:
            return f"There is no task called {command.task}; choose one of {', '.join(ids)}."
        return ""

    def obey(self, command: Command) -> None:
        """Do what another start asks for."""
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
        return f"Press {keys} and drag over a piece of the screen. You can also drop or paste a picture here."

    def remember(self, job: Job, update: Update) -> None:
        """Offer an answer again in the tray."""
        self.history.add(Entry(job.task.title, update.text))
        self.tray.show_answers(self.history.entries())

    def follow_link(self, link: str) -> None:
        """Open what a sentence in a panel points to."""
        self.preferences.show_page(self.preferences.models if link == MODELS_LINK else self.preferences.shortcuts)

    def shortcuts(self) -> dict[str, str]:
        """The shortcut of each task, as the user set it or as the task suggests."""
        return {task.id: self.settings.hotkeys.get(task.id, task.hotkey) for task in self.tasks}

    def bind_hotkeys(self) -> list[str]:
        """Register the shortcuts, none while they are paused; a sentence for each that was refused."""
        refused = self.hotkeys.bind({} if self.tray.paused else self.shortcuts())
        self.preferences.show_refusals(refused)
        return list(dict.fromkeys(refused.values()))

    def record_shortcut(self, recording: bool) -> None:
        """Let every shortcut go while one is being typed."""
        if recording:
            self.hotkeys.bind({})
        else:
            self.bind_hotkeys()

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings and follow them."""
        old, self.settings = self.settings, settings
        self.apply(settings)
        if settings.hotkeys != old.hotkeys:
            self.bind_hotkeys()
        try:
            self.settings_file.save(settings)
        except UserError as error:
            self.panels.say(str(error))

    def apply(self, settings: Settings) -> None:
        """Tell every part what the user set."""
        logging.getLogger().setLevel(settings.log_level)
        self.theme.choose(settings.theme)
        self.panels.set_auto_copy(settings.auto_copy)
        self.panels.keep_open = settings.pin_panels
        self.capture.set_keep_selection(settings.keep_selection)
