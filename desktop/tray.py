"""The tray icon: the engine's state, a capture entry a task, the last answers, and the way out."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal
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
        self.icon = QSystemTrayIcon(self._icons[Phase.LOADING], self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activate)
        self.show_answers([])

    @staticmethod
    def available() -> bool:
        """Tell whether this desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_status(self, status: Status) -> None:
        """Show which engine answers and how it is."""
        line = tr(_STATES[status.phase][1], engine=status.engine)
        if status.phase is Phase.LOADING and status.share:
            line = f"{line} {status.share:.0%}"
        self.icon.setIcon(self._icons[status.phase])
        told = status.phase is not Phase.LOADING
        leaves = tr("Pictures are sent to {place}", place=status.place) if status.place else ""
        self._place.setText(leaves)
        self._place.setVisible(bool(leaves))
        self._said = [line, leaves, status.note if told else ""]
        self._show_tip()
        self._state.setText(line)
        self._set_has_model(status.model)
        loaded = status.phase in (Phase.READY, Phase.BUSY)
        self._free.setEnabled(loaded and status.model)
        self._load.setVisible(status.phase in (Phase.FAILED, Phase.UNLOADED) or (loaded and bool(status.note)))

    def _show_tip(self) -> None:
        private = tr("Private: no answer is kept") if self._private.isChecked() else ""
        lines = ("Shotglass", *self._said, private)
        self.icon.setToolTip("\n".join(filter(None, lines)))

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
        self.icon.show()

    def hide(self) -> None:
        """Take the icon away."""
        self.icon.hide()

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
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.panel_asked.emit()


def _state_icon(colour: str) -> QIcon:
    """The app's icon with a dot of the state's colour."""
    pixmap = draw_pixmap("shotglass", QColor(ACCENT), 64)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(52, 52), 11, 11)
    painter.end()
    return QIcon(pixmap)
