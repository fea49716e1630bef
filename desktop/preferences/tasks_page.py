"""The tasks: change them, add own ones, take a shipped one back to how it came."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.engine.task_files import TaskFiles
from desktop.errors import UserError
from desktop.job import AnswerKind, Task
from desktop.language import tr, tr_later
from desktop.preferences.task_form import TaskForm
from desktop.settings import Settings
from desktop.theme import draw_icon

TYPED_MS = 600
_DEEDS = (tr_later("New"), tr_later("Duplicate"), tr_later("Remove…"))
_NEW = Task("", tr_later("My task"), "Say in one sentence what this picture shows.", AnswerKind.MARKDOWN, icon="ask")


class TasksPage(QWidget):
    """Every change is written once the typing rests; `changed` comes then, and the tasks are to be read anew.

    A task's sampling is shown as the settings have it; once it is written here the settings need it no more, which
    `sampling_moved` tells by the task's id. `shortcut_wanted` asks for the page where that is typed.
    """

    changed = Signal()
    sampling_moved = Signal(str)
    shortcut_wanted = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._files = TaskFiles()
        self._tasks: list[Task] = []
        self._shown: Task | None = None
        self._dirty = False
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self.keep)
        self.names, self.form = QListWidget(), TaskForm()
        self.problem, self.shortcut = QLabel(wordWrap=True), QLabel()
        self.add, self.duplicate, self.remove = (QPushButton(tr(words)) for words in _DEEDS)
        self._build()
        self.names.currentRowChanged.connect(lambda _row: self._turn())
        self.form.edited.connect(self._note)
        self.shortcut.linkActivated.connect(lambda _link: self.shortcut_wanted.emit(self._current_id()))
        self.add.clicked.connect(lambda: self._add(self._files.copy(_NEW, tr(_NEW.title))))
        self.duplicate.clicked.connect(self._duplicate)
        self.remove.clicked.connect(self._ask_to_remove)
        self.refresh()

    def refresh(self) -> None:
        """List the tasks as their files have them now; what is being typed stays."""
        shown = self._current_id()
        self._tasks, _problems = self._files.read()
        with QSignalBlocker(self.names):
            self.names.clear()
            for task in self._tasks:
                self.names.addItem(QListWidgetItem(draw_icon(task.icon), tr(task.title)))
            ids = [task.id for task in self._tasks]
            self.names.setCurrentRow(ids.index(shown) if shown in ids else 0)
        if self._shown is None or shown not in ids:
            self._turn()
        self._show_state()

    def keep(self) -> None:
        """Write what was typed, or say why it cannot be."""
        self._typed.stop()
        if not self._dirty:
            return
        try:
            task = self.form.edited_task()
            if task is None:
                return
            self._files.save(task)
        except UserError as error:
            self._say(tr("Not kept yet: {problem}", problem=error))
            return
        self.problem.hide()
        self._dirty, self._shown = False, task
        if task.id in self.settings.sampling:
            self.sampling_moved.emit(task.id)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the files anew."""
        self.refresh()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing that was typed be lost."""
        self.keep()
        super().hideEvent(event)

    def _build(self) -> None:
        self.names.setMaximumWidth(170)
        self.names.setAccessibleName(tr("Tasks"))
        self.problem.setObjectName("problem")
        self.problem.hide()
        left = QVBoxLayout()
        left.addWidget(self.names)
        for button in (self.add, self.duplicate, self.remove):
            left.addWidget(button)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.form)
        area.setMinimumWidth(self.form.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
        for part in (area.viewport(), self.form):
            part.setAutoFillBackground(False)  # the tab's own shows through
        right = QVBoxLayout()
        for part in (area, self.shortcut, self.problem):
            right.addWidget(part)
        layout = QHBoxLayout(self)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def _note(self) -> None:
        self._dirty = True
        self._typed.start()

    def _current_id(self) -> str:
        return self._shown.id if self._shown else ""

    def _turn(self) -> None:
        """Show the task that was picked, once the one before is written."""
        row = self.names.currentRow()
        picked = self._tasks[row].id if 0 <= row < len(self._tasks) else ""
        self.keep()
        self._show(picked)

    def _show(self, task_id: str) -> None:
        task = next((task for task in self._tasks if task.id == task_id), None)
        if task is None:
            return
        self._shown = self.settings.adjust(task)
        self.form.show_task(self._shown)
        self._typed.stop()
        self._dirty = False
        self.problem.hide()
        with QSignalBlocker(self.names):
            self.names.setCurrentRow([task.id for task in self._tasks].index(task_id))
        self._show_state()

    def _show_state(self) -> None:
        """Offer what can be done with the task that is shown."""
        task = self._shown
        shipped = task is not None and self._files.is_shipped(task.id)
        self.remove.setText(tr("Reset…") if shipped else tr("Remove…"))
        self.remove.setEnabled(task is not None and self._files.is_own(task.id))
        self.duplicate.setEnabled(task is not None)
        keys = (self.settings.hotkeys.get(task.id, task.hotkey) if task else "") or tr("none")
        self.shortcut.setText(tr('Shortcut: {keys} · <a href="shortcut">Change…</a>', keys=keys))

    def _duplicate(self) -> None:
        self.keep()
        if self._shown:
            self._add(self._files.copy(self._shown, tr("{title} copy", title=tr(self._shown.title))))

    def _add(self, task: Task) -> None:
        self.keep()
        if self._try(lambda: self._files.save(task)):
            self._tell()
            self._show(task.id)
            self.form.title.setFocus()
            self.form.title.selectAll()

    def _ask_to_remove(self) -> None:
        """Ask in a dialog that blocks this window alone."""
        if self._shown is None:
            return
        shipped = self._files.is_shipped(self._shown.id)
        title = tr(self._shown.title)
        reset = tr("Take “{title}” back to how it came?", title=title)
        words = reset if shipped else tr("Remove “{title}”? Its prompt is deleted.", title=title)
        box = QMessageBox(QMessageBox.Icon.Question, "Shotglass", words, parent=self)
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self._remove)
        box.finished.connect(box.deleteLater)
        box.open()

    def _remove(self) -> None:
        task_id = self._current_id()
        if self._try(lambda: self._files.remove(task_id)):
            self._typed.stop()
            self._dirty = False
            if task_id in self.settings.sampling:
                self.sampling_moved.emit(task_id)
            self._shown = None
            self._tell()
            self._show(task_id)

    def _try(self, action: Callable[[], None]) -> bool:
        """Do it; False where it failed, which is said."""
        try:
            action()
        except UserError as error:
            self._say(str(error))
            return False
        return True

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _tell(self) -> None:
        self.refresh()
        self.changed.emit()
