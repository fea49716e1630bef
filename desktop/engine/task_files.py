"""The files of tasks: the shipped ones, and the user's own, which are written here as the reader wants them."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path

from desktop import paths
from desktop.engine.tasks import parse_task, read_tasks, reason_against
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.job import Task
from desktop.language import tr

_IN_LINE = re.compile(r'[\x00-\x08\x0a-\x1f\x7f"\\]')
_IN_TEXT = re.compile(r'[\x00-\x08\x0b-\x1f\x7f\\]|"(?="")|"\Z')


class TaskFiles:
    """One file a task; a file of the user's with the name of a shipped one takes its place."""

    def __init__(self, shipped: Path | None = None, own: Path | None = None) -> None:
        self._shipped = shipped or paths.resources() / "tasks"
        self._own = own or paths.user_tasks()

    def read(self) -> tuple[list[Task], list[str]]:
        """All tasks in their order, and a sentence for each file that is bad."""
        return read_tasks([self._shipped, self._own])

    def is_shipped(self, task_id: str) -> bool:
        """True where the task came with the program, changed or not."""
        return (self._shipped / f"{task_id}.toml").is_file()

    def is_own(self, task_id: str) -> bool:
        """True where the user made the task, or changed a shipped one."""
        return (self._own / f"{task_id}.toml").exists()

    def save(self, task: Task) -> None:
        """Write a task to the user's folder; one that is as it was shipped needs no file. Raises UserError."""
        text = to_toml(task)
        try:
            told = parse_task(task.id, text)
        except ValueError as error:
            raise UserError(tr("This cannot be used: {reason}.", reason=reason_against(error))) from error
        if told == self._as_shipped(task.id):
            self.remove(task.id)
        else:
            write_atomically(self._own / f"{task.id}.toml", text.encode())

    def remove(self, task_id: str) -> None:
        """Delete the user's file: an own task is gone, a shipped one is as it was. Raises UserError."""
        path = self._own / f"{task_id}.toml"
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(tr("{path} could not be deleted: {reason}.", path=path, reason=error.strerror)) from error

    def copy(self, task: Task, title: str) -> Task:
        """A task like that one under another title, with an id and a shortcut of its own; not written yet."""
        stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "task"
        name, number = f"own-{stem}", 1
        while self.is_shipped(name) or self.is_own(name):
            number += 1
            name = f"own-{stem}-{number}"
        return replace(task, id=name, title=title, hotkey="")

    def _as_shipped(self, task_id: str) -> Task | None:
        path = self._shipped / f"{task_id}.toml"
        return parse_task(task_id, path.read_text("utf-8")) if path.is_file() else None


def to_toml(task: Task) -> str:
    """The definition of a task: what differs from the defaults, the options as a table at the end."""
    lines = []
    for field in fields(task):
        value = getattr(task, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if field.name not in ("id", "options") and value != default:
            lines.append(f"{field.name} = {_value(value)}")
    if task.options:
        lines += ["", "[options]", *_table(task.options)]
    return "\n".join(lines) + "\n"


def _table(options: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [f"{_string(name)} = {_value(offered)}" for name, offered in options.items()]


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case str():
            return _string(value)
    return repr(value)


def _string(text: str) -> str:
    """A TOML string, over several lines where the text is."""
    if "\n" in text:
        return f'"""\n{_IN_TEXT.sub(_escape, text)}"""'
    return f'"{_IN_LINE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
