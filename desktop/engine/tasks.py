"""Reads task definitions: `*.toml` in `resources/tasks` and in the user's own folder, which adds or overrides."""

import logging
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from desktop.job import Task

log = logging.getLogger(__name__)

_TASK = TypeAdapter(Task)
_NAMES = {field.name for field in fields(Task)} - {"id"}


def read_tasks(folders: Iterable[Path]) -> tuple[list[Task], list[str]]:
    """The tasks of all folders in their order, later folders first to be believed, and a sentence for each bad file.

    The file's name is the task's id: `text.toml` defines the task "text".
    """
    tasks: dict[str, Task] = {}
    problems: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                tasks[path.stem] = _read(path)
            except (OSError, ValueError) as error:
                problems.append(f"The task file {path} was skipped: {_reason(error)}.")
                log.warning(problems[-1])
    return sorted(tasks.values(), key=lambda task: (task.order, task.id)), problems


def _read(path: Path) -> Task:
    values = tomllib.loads(path.read_text("utf-8"))
    if unknown := values.keys() - _NAMES:
        raise ValueError(f"it has unknown entries: {', '.join(sorted(unknown))}")
    return _TASK.validate_python({**values, "id": path.stem})


def _reason(error: OSError | ValueError) -> str:
    """What is wrong with a file, in a few words."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(error, OSError):
        return f"it could not be read ({error.strerror})"
    return str(error).rstrip(".")
