"""How panels behave: the tasks they offer and what the user set; no Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.job import AnswerKind, Shot, Task

ReadTexts = Callable[[Sequence[Shot]], list[list[str]]]
ASK = "ask"
"""The id of the task by which follow-up questions are asked."""

LANGUAGE = "language"
"""The option of tasks that put a text into another language."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The tasks, whether a model is there for them, and what the user set.

    `place` is the host that pictures leave this computer for, '' for none. `choices` holds what was picked last of each
    task's options: task id -> option -> text. `habits` holds what was switched on or off last in the views of answers.
    `math_signs` names what LaTeX stands between where it is copied.
    `read_texts` gives the lines of pictures, by the embedded OCR.
    """

    tasks: Sequence[Task]
    has_model: bool
    auto_copy: bool = True
    place: str = ""
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    habits: Mapping[str, bool] = field(default_factory=dict)
    read_texts: ReadTexts | None = None
    math_signs: str = "$$"

    def task(self, task_id: str) -> Task | None:
        """The task with that id, if there is one."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def chosen(self, task: Task) -> dict[str, str]:
        """What to ask of the task's options: the user's last choices, else the first that is offered."""
        last = self.choices.get(task.id, {})
        return {name: last.get(name) or offered[0] for name, offered in task.options.items()}

    def can_ask(self, task: Task) -> bool:
        """True where there is what the task needs."""
        return self.has_model or not task.needs_model

    def copies(self, task: Task, text: str) -> bool:
        """True where this answer goes to the clipboard by itself."""
        return self.auto_copy and bool(text) and task.answer is AnswerKind.TEXT
