"""Reads task definitions: `*.toml` in `resources/tasks` and in the user's own folder, which adds or overrides."""

import logging
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from desktop.errors import UserError
from desktop.job import AnswerKind, Job, Task
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

SYSTEM = "You are a helpful assistant."
"""What a model is told before the picture, always the same."""
_TASK = TypeAdapter(Task)
_NAMES = {field.name for field in fields(Task)} - {"id"}
_PLACE = re.compile(r"\{(\w+)\}")
_QUESTION = "question"
_CHECKS: tuple[tuple[Callable[[Task], bool], str], ...] = (
    (lambda task: bool(task.title.strip()), tr_later("title: it must not be empty")),
    (lambda task: bool(task.prompt.strip()), tr_later("prompt: it must not be empty")),
    (lambda task: task.max_tokens > 0, tr_later("max_tokens: it must be above 0")),
    (lambda task: 0 <= task.temperature <= 2, tr_later("temperature: it must be from 0 to 2")),
    (lambda task: 0 < task.top_p <= 1, tr_later("top_p: it must be above 0 and at most 1")),
    (lambda task: -(2**63) <= task.seed < 2**63, tr_later("seed: it must fit into 64 bits")),
    (lambda task: all(task.stop), tr_later("stop: an empty text would end every answer at once")),
    (
        lambda task: all(offered and all(offered) for offered in task.options.values()),
        tr_later("options: each must offer something"),
    ),
    (
        lambda task: not task.edit_prompt or f"{{{_QUESTION}}}" in task.edit_prompt,
        tr_later("edit_prompt: {question} is missing"),
    ),
    (lambda task: _QUESTION not in task.options, tr_later("options: {question} is the user's own")),
    (
        lambda task: task.options.keys() <= set(_PLACE.findall(task.prompt)),
        tr_later("options: each must stand as {name} in the prompt"),
    ),
)

_MUST = {
    "missing": tr_later("it is missing"),
    "enum": tr_later("it must be one of {kinds}"),
    "int": tr_later("it must be a whole number"),
    "float": tr_later("it must be a number"),
    "bool": tr_later("it must be true or false"),
    "string": tr_later("it must be a text in quotes"),
    "tuple": tr_later("it must be a list"),
    "dict": tr_later("it must be a table"),
}
"""What a value has to be, by the first word of pydantic's type of error."""
UNFIT = tr_later("it cannot be used")


def read_tasks(folders: Iterable[Path]) -> tuple[list[Task], list[str]]:
    """The tasks of all folders in their order, later folders first to be believed, and a sentence for each bad file.

    The file's name is the task's id: `text.toml` defines the task "text".
    """
    tasks: dict[str, Task] = {}
    problems: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                tasks[path.stem] = parse_task(path.stem, path.read_text("utf-8"))
            except (OSError, ValueError) as error:
                reason = reason_against(error)
                problems.append(tr("The task file {path} was skipped: {reason}.", path=path, reason=reason))
                log.warning("the task file %s was skipped: %s", path, reason)
    return sorted(tasks.values(), key=lambda task: (task.order, task.id)), problems


def fill(task: Task, question: str = "", **chosen: str) -> str:
    """The prompt with the question and the choices in their places; what was not chosen takes its default.

    A choice may be any text, offered or not. Raises UserError where the task needs a question and has none, ValueError
    for a choice that the task does not know.
    """
    if unknown := chosen.keys() - task.options.keys():
        raise ValueError(f"The task {task.id} has no option {', '.join(sorted(unknown))}.")
    words = {name: chosen.get(name) or offered[0] for name, offered in task.options.items()}
    if f"{{{_QUESTION}}}" in task.prompt:
        if not question.strip():
            raise UserError(tr("{task} needs a question.", task=tr(task.title)))
        words[_QUESTION] = question.strip()
    return _PLACE.sub(lambda place: words.get(place[1], place[0]), task.prompt).strip()


def put_into_words(job: Job) -> tuple[list[tuple[str, str]], str]:
    """What a model is told beside the picture: earlier words and answers, oldest first, and what is asked now.

    Raises UserError where the task needs a question and has none.
    """
    earlier = [(fill(turn.task, turn.question, **turn.chosen), turn.answer) for turn in job.earlier]
    return earlier, fill(job.task, job.question, **job.chosen)


def parse_task(task_id: str, text: str) -> Task:
    """The task that a definition in TOML gives; raises ValueError."""
    values = tomllib.loads(text)
    if unknown := values.keys() - _NAMES:
        raise ValueError(tr("it has unknown entries: {names}", names=", ".join(sorted(unknown))))
    task = _TASK.validate_python({**values, "id": task_id})
    if wrong := next((said for holds, said in _CHECKS if not holds(task)), None):
        raise ValueError(tr(wrong))
    return task


def reason_against(error: OSError | ValueError) -> str:
    """What is wrong with a definition, in a few words."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        must = _MUST.get(first["type"].partition("_")[0], UNFIT)
        return f"{where}: {tr(must, kinds=', '.join(AnswerKind))}"
    if isinstance(error, UnicodeDecodeError):
        return tr("it is not UTF-8 text")
    if isinstance(error, OSError):
        return tr("it could not be read ({reason})", reason=error.strerror)
    return str(error).rstrip(".")
