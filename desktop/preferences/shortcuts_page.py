"""The shortcut of each task, recorded by pressing it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QKeySequenceEdit, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.job import Task
from desktop.language import tr, tr_later

SYSTEM_HINT = tr_later(
    "Your desktop holds these shortcuts: change them in its keyboard settings. "
    "The command `shotglass capture --task ID` does the same from a shell."
)
NO_KEYS = tr_later("none yet")
HINT = tr_later(
    "Click into a field and press the keys. The command `shotglass capture --task ID` does the same from a shell."
)


class ShortcutEdit(QKeySequenceEdit):
    """Records one shortcut; `recording` tells when it has the keyboard, so that the app lets its own hotkeys go."""

    recording = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # With the keyboard it would take the modifiers of the new shortcut, tried at once, for the start of another.
        self.editingFinished.connect(self.clearFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to record."""
        self.recording.emit(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End recording."""
        super().focusOutEvent(event)
        self.recording.emit(False)


class ShortcutsPage(QWidget):
    """`changed` brings `task id -> shortcut` for the tasks whose shortcut differs from their own."""

    changed = Signal(dict)
    recording = Signal(bool)
    configure_asked = Signal()

    def __init__(self, tasks: Sequence[Task], chosen: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: Sequence[Task] = ()
        self._edits: dict[str, ShortcutEdit] = {}
        self._keys: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        self._system: tuple[Mapping[str, str], bool] = ({}, False)
        self._hint = QLabel(tr(HINT), wordWrap=True)
        self._configure = QPushButton(tr("Change…"))
        self._configure.clicked.connect(self.configure_asked)
        self._configure.hide()
        self._rows = QWidget()
        layout = QVBoxLayout(self)
        layout.addWidget(self._hint)
        layout.addWidget(self._rows)
        layout.addWidget(self._configure, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.set_tasks(tasks, chosen)

    def set_tasks(self, tasks: Sequence[Task], chosen: Mapping[str, str]) -> None:
        """Have a field for each of these tasks, with what was chosen for it."""
        if tasks == self._tasks:
            return
        self._tasks = tasks
        self._edits, self._keys, self._problems = {}, {}, {}
        # The old rows go as a whole: QFormLayout.removeRow crashes now and then, where a row holds a layout.
        old, self._rows = self._rows, QWidget()
        form = QFormLayout(self._rows)
        form.setContentsMargins(0, 0, 0, 0)
        for task in tasks:
            self._add(form, task, chosen.get(task.id, task.hotkey))
        if (layout := self.layout()) is not None:
            layout.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()
        self.show_system(*self._system)

    def _add(self, form: QFormLayout, task: Task, chosen: str) -> None:
        edit = self._edits[task.id] = ShortcutEdit()
        edit.setObjectName(f"shortcut-{task.id}")
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setKeySequence(QKeySequence(chosen))
        edit.editingFinished.connect(self._tell)
        edit.recording.connect(self.recording)
        problem = self._problems[task.id] = QLabel(wordWrap=True)
        problem.hide()
        problem.setObjectName("problem")
        keys = self._keys[task.id] = QLabel()
        keys.hide()
        row = QVBoxLayout()
        row.addWidget(edit)
        row.addWidget(keys)
        form.addRow(tr(task.title), row)
        form.addRow(problem)

    def focus(self, task_id: str) -> None:
        """Let the shortcut of that task be typed."""
        if edit := self._edits.get(task_id):
            edit.setFocus()

    def put(self, task_id: str, keys: str) -> None:
        """Take over a shortcut that was typed elsewhere."""
        self._edits[task_id].setKeySequence(QKeySequence(keys))
        self._tell()

    def show_refusals(self, refused: Mapping[str, str]) -> None:
        """Say under its field why a shortcut was refused."""
        for task_id, problem in self._problems.items():
            problem.setText(refused.get(task_id, ""))
            problem.setVisible(task_id in refused)

    def show_system(self, triggers: Mapping[str, str], configurable: bool) -> None:
        """Show the keys that the desktop holds, which it alone can change; without any the fields stay."""
        self._system = (triggers, configurable)
        held = bool(triggers)
        self._hint.setText(tr(SYSTEM_HINT if held else HINT))
        self._configure.setVisible(held and configurable)
        for task_id, keys in self._keys.items():
            keys.setText(triggers.get(task_id) or tr(NO_KEYS))
            keys.setVisible(held)
            self._edits[task_id].setHidden(held)

    def _tell(self) -> None:
        texts = {task.id: self._edits[task.id].keySequence().toString() for task in self._tasks}
        self.changed.emit({task.id: texts[task.id] for task in self._tasks if texts[task.id] != task.hotkey})
