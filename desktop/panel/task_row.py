"""The row of tasks in a panel: one button each, the ones that need the model dimmed where there is none."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from desktop.job import Task
from desktop.language import tr
from desktop.panel.keys import Key
from desktop.theme import draw_icon

COLUMNS = 5


class TaskRow(QWidget):
    """Brings the id of the task that was picked; Alt+1, Alt+2, … pick by keyboard."""

    picked = Signal(str)

    def __init__(self, tasks: Sequence[Task], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.setColumnStretch(COLUMNS, 1)
        self._tasks: Sequence[Task] = ()
        self._keys: dict[str, Key] = {}
        self._buttons: dict[str, QToolButton] = {}
        self.offer(tasks)

    @property
    def shortcuts(self) -> tuple[Key, ...]:
        """The key of each task that has one."""
        return tuple(self._keys.values())

    def offer(self, tasks: Sequence[Task]) -> None:
        """Have a button for each of these tasks, and no other."""
        if tasks == self._tasks:
            return
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            button.setShortcut("")  # it lives on for a moment
            button.hide()
            button.deleteLater()
        self._tasks = tasks
        self._keys = {task.id: Key(task.title, (f"Alt+{number}",)) for number, task in enumerate(tasks[:9], 1)}
        self._buttons = {task.id: self._button(number, task) for number, task in enumerate(tasks)}

    def _button(self, number: int, task: Task) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr(task.title).replace("&", "&&"))
        button.setCheckable(True)
        button.setIconSize(QSize(16, 16))
        button.setShortcut(self._keys[task.id].keys[0] if task.id in self._keys else "")
        button.clicked.connect(lambda _checked, task_id=task.id: self._pick(task_id))
        self._layout.addWidget(button, *divmod(number, COLUMNS))
        if task.icon:
            button.setIcon(draw_icon(task.icon))
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        return button

    def dim(self, has_model: bool) -> None:
        """Show which tasks can be asked, with the model or without."""
        for task in self._tasks:
            button = self._buttons[task.id]
            dim = task.needs_model and not has_model
            words = self._keys[task.id].tip if task.id in self._keys else tr(task.title)
            button.setToolTip(tr("{task}\nneeds the Qwen2.5-VL model", task=words) if dim else words)
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
