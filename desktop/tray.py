"""The tray icon: the engine's state, a capture entry a task, the last answers, and the way out."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.engine.api import Phase, Status
from desktop.history.entry import Answer
from desktop.job import Task
from desktop.language import tr, tr_later
from desktop.model_work import ModelWork
from desktop.theme import ACCENT, NEUTRAL, draw_icon, draw_pixmap

_STATES = {
    Phase.LOADING: ("#f0a020", tr_later("{engine}: loading")),
    Phase.READY: ("#2fb463", tr_later("{engine}: ready")),
    Phase.BUSY: (ACCENT, tr_later("{engine}: working")),
    Phase.FAILED: ("#e04848", tr_later("{engine}: failed")),
    Phase.UNLOADED: (NEUTRAL, tr_later("{engine}: asleep until the next picture")),
}

TRAY_COMES_S = 60  # from then on an icon of the old kind waits, which a panel may still adopt

NO_TRAY = tr_later("This desktop shows no tray icons; start Shotglass again to open its panel.")


class Tray(QObject):
    """One icon with one menu; a left click asks for the panel."""

    capture_asked = Signal(str)
    answer_picked = Signal(str)
    panel_asked = Signal()
    files_asked = Signal()
    folder_asked = Signal()
    history_asked = Signal()
    private_set = Signal(bool)
    hotkeys_paused = Signal(bool)
    free_asked = Signal()
    load_asked = Signal()
    preferences_asked = Signal()
    models_asked = Signal()
    log_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self, tasks: Sequence[Task], has_model: bool, paused: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = {phase: _state_icon(colour) for phase, (colour, _words) in _STATES.items()}
        self.menu = QMenu()
        self._said: list[str] = []
        self._state = self._add(tr("Starting"), lambda: None)
        self._state.setEnabled(False)
        self._place = self._add("", lambda: None)
        self._place.setEnabled(False)
        self._place.setVisible(False)
        self._work = self._add("", self.models_asked.emit)
        self._work.setVisible(False)
        self.menu.addSeparator()
        self._has_model = has_model
        self._tasks: list[tuple[Task, QAction]] = []
        self._below_tasks = self.menu.addSeparator()
        self.set_tasks(tasks)
        self._add(
            tr("Open last panel"), self.panel_asked.emit
        )  # some trays, and macOS, let a click open the menu alone
        self._add(tr("Read files…"), self.files_asked.emit)
        self._add(tr("Read a folder…"), self.folder_asked.emit)
        self.menu.addSeparator()
        self._answers = self.menu.addMenu(tr("Last answers"))
        self._answers.setToolTipsVisible(True)
        self._add(tr("History…"), self.history_asked.emit)
        keep_none = tr("Private: keep no history")
        self._private = self._add(keep_none, lambda: self.private_set.emit(self._private.isChecked()))
        self._private.setCheckable(True)
        self._pause = self._add(tr("Pause hotkeys"), lambda: None)
        self._pause.setCheckable(True)
        self._pause.setChecked(paused)
        self._pause.toggled.connect(self.hotkeys_paused)
        self._free = self._add(tr("Free the GPU"), self.free_asked.emit)
        self._free.setEnabled(False)
        self._load = self._add(tr("Load the model"), self.load_asked.emit)
        self._load.setVisible(False)
        self._add(tr("Preferences…"), self.preferences_asked.emit)
        self._add(tr("Open log"), self.log_asked.emit)
        self.menu.addSeparator()
        self._add(tr("Quit"), self.quit_asked.emit)
        self._icon: QSystemTrayIcon | None = None
        self._phase = Phase.LOADING
        self.show_answers([])

    @property
    def icon(self) -> QSystemTrayIcon:
        """The icon, made when it is first needed: what kind of tray there is then holds for this process."""
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._icons[self._phase], self)
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._activate)
            self._show_tip()
        return self._icon

    @staticmethod
    def available() -> bool:
        """Tell whether this desktop has a tray now."""
        if sys.platform != "linux":
            return QSystemTrayIcon.isSystemTrayAvailable()
        from desktop.tray_host import tray_there

        return tray_there()

    def show_status(self, status: Status) -> None:
        """Show which engine answers and how it is."""
        line = tr(_STATES[status.phase][1], engine=status.engine)
        if status.phase is Phase.LOADING and status.share:
            line = f"{line} {status.share:.0%}"
        self._phase = status.phase
        told = status.phase is not Phase.LOADING
        leaves = tr("Pictures are sent to {place}", place=status.place) if status.place else ""
        self._place.setText(leaves)
        self._place.setVisible(bool(leaves))
        self._said = [line, leaves, status.note if told else ""]
        self._show_tip()
        self._state.setText(line)
        self._set_has_model(status.model)
        loaded = status.phase in (Phase.READY, Phase.BUSY)
        self._free.setEnabled(loaded and bool(status.attention))  # a server's GPU is not ours to free
        self._load.setVisible(status.phase in (Phase.FAILED, Phase.UNLOADED) or (loaded and bool(status.note)))

    def _show_tip(self) -> None:
        private = tr("Private: no answer is kept") if self._private.isChecked() else ""
        lines = ("Shotglass", *self._said, private)
        if self._icon is not None:
            self._icon.setIcon(self._icons[self._phase])
            self._icon.setToolTip("\n".join(filter(None, lines)))

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer a capture for each of these tasks."""
        for _task, action in self._tasks:
            self.menu.removeAction(action)
            action.deleteLater()
        self._tasks = [(task, self._make_action(task)) for task in tasks]
        self.menu.insertActions(self._below_tasks, [action for _task, action in self._tasks])
        self._set_has_model(self._has_model)

    def _make_action(self, task: Task) -> QAction:
        words = tr("Capture: {task}", task=tr(task.title)).replace("&", "&&")
        action = QAction(draw_icon(task.icon), words, self.menu)
        action.triggered.connect(partial(self.capture_asked.emit, task.id))
        return action

    def _set_has_model(self, has_model: bool) -> None:
        self._has_model = has_model
        for task, action in self._tasks:
            action.setEnabled(has_model or not task.needs_model)

    def show_work(self, work: ModelWork) -> None:
        """Show what is being done with a model while it runs."""
        self._work.setText(f"{work.title}: {work.share:.0%}")
        self._work.setVisible(work.running)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Offer the last answers for copying."""
        self._answers.clear()
        self._answers.setEnabled(bool(answers))
        for answer in answers:
            action = self._answers.addAction(answer.preview().replace("&", "&&"))
            action.setToolTip(tr("Copy it again"))
            action.triggered.connect(lambda _checked, text=answer.text: self.answer_picked.emit(text))

    def show_private(self, private: bool) -> None:
        """Say whether answers are kept."""
        self._private.setChecked(private)
        self._show_tip()

    def show(self) -> None:
        """Let the icon stand in the tray, now or once there is one."""
        if sys.platform != "linux" or self.available():
            self._stand()
            return
        from desktop.tray_host import TrayHost

        TrayHost(self).came.connect(self._stand)
        QTimer.singleShot(TRAY_COMES_S * 1000, self, self._stand)

    def _stand(self) -> None:
        self.icon.show()

    def hide(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()

    def retire(self) -> None:
        """Go away for good."""
        self.hide()
        self.menu.deleteLater()
        self.deleteLater()

    def _add(self, words: str, slot: Callable[[], object]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _checked: slot())
        return action

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu as well, and nobody wants both.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.panel_asked.emit()


def _state_icon(colour: str) -> QIcon:
    """The app's icon with a dot of the state's colour; in the menu bar of macOS one that takes the bar's colour."""
    if sys.platform == "darwin":
        icon = QIcon(draw_pixmap("shotglass", QColor("black"), 64))
        icon.setIsMask(True)
        return icon
    pixmap = draw_pixmap("shotglass", QColor(ACCENT), 64)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(52, 52), 11, 11)
    painter.end()
    return QIcon(pixmap)
