"""The shortcut of each task, recorded by pressing it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QKeySequenceEdit, QLabel, QVBoxLayout, QWidget

from desktop.job import Task

HINT = "Click into a field and press the keys. The command `shotglass capture --task ID` does the same from a shell."


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

    def __init__(self, tasks: Sequence[Task], chosen: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._edits: dict[str, ShortcutEdit] = {}
        self._problems: dict[str, QLabel] = {}
        form = QFormLayout()
        for task in tasks:
            edit = self._edits[task.id] = ShortcutEdit()
            edit.setObjectName(f"shortcut-{task.id}")
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            edit.setKeySequence(QKeySequence(chosen.get(task.id, task.hotkey)))
            edit.editingFinished.connect(self._tell)
            edit.recording.connect(self.recording)
            problem = self._problems[task.id] = QLabel(wordWrap=True)
            problem.hide()
            problem.setStyleSheet("color: #e04848")
            form.addRow(task.title, edit)
            form.addRow(problem)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(HINT, wordWrap=True))
        layout.addLayout(form)
        layout.addStretch()

    def show_refusals(self, refused: Mapping[str, str]) -> None:
        """Say under its field why a shortcut was refused."""
        for task_id, problem in self._problems.items():
            problem.setText(refused.get(task_id, ""))
            problem.setVisible(task_id in refused)

    def _tell(self) -> None:
        texts = {task.id: self._edits[task.id].keySequence().toString() for task in self._tasks}
        self.changed.emit({task.id: texts[task.id] for task in self._tasks if texts[task.id] != task.hotkey})
