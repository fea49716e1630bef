"""The row of tasks in a panel: one button each, the ones that need the model dimmed where there is none."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from desktop.job import Task
from desktop.theme import draw_icon

COLUMNS = 5


class TaskRow(QWidget):
    """Brings the id of the task that was picked; Alt+1, Alt+2, … pick by keyboard."""

    picked = Signal(str)

    def __init__(self, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._tasks = tasks
        self._buttons: dict[str, QToolButton] = {}
        for number, task in enumerate(tasks, 1):
            place = divmod(number - 1, COLUMNS)
            button = self._buttons[task.id] = QToolButton(self)
            button.setText(task.title)
            button.setCheckable(True)
            button.setIconSize(QSize(16, 16))
            button.setShortcut(f"Alt+{number}" if number <= 9 else "")
            button.clicked.connect(lambda _checked, task_id=task.id: self._pick(task_id))
            layout.addWidget(button, *place)
            if task.icon:
                button.setIcon(draw_icon(task.icon))
                button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        layout.setColumnStretch(COLUMNS, 1)

    def dim(self, has_model: bool) -> None:
        """Show which tasks can be asked, with the model or without."""
        for task in self._tasks:
            button = self._buttons[task.id]
            dim = task.needs_model and not has_model
            keys = f" ({button.shortcut().toString()})" if not button.shortcut().isEmpty() else ""
            button.setToolTip(f"{task.title}{keys}" + ("\nneeds the Qwen2.5-VL model" if dim else ""))
            if button.property("dim") != dim:
                button.setProperty("dim", dim)
                button.style().unpolish(button)
                button.style().polish(button)

    def mark(self, task_id: str) -> None:
        """Show which task the panel answers."""
        for other, button in self._buttons.items():
            button.setChecked(other == task_id)

    def _pick(self, task_id: str) -> None:
        self.mark(task_id)
        self.picked.emit(task_id)
