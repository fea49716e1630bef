"""Answers pictures without a window: `shotglass text` and its like."""

import dataclasses
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.clipboard import keep_on_clipboard
from desktop.engine.api import Engine, EngineError
from desktop.engine.choose import choose_engine
from desktop.engine.tasks import read_tasks
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.job import Job, Shot, Task, Update
from desktop.picture import read_picture


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks: one task for every file, and where the answers go."""

    task: str
    files: list[str]
    engine: str = "auto"
    model: str = ""
    question: str = ""
    as_json: bool = False
    copy: bool = False
    out: Path | None = None

    def targets(self) -> Iterator[Path | None]:
        """The file to write for each picture, no two the same; None for standard output."""
        seen: Counter[str] = Counter()
        for file in self.files:
            if self.out is None or not (len(self.files) > 1 or self.out.is_dir()):
                yield self.out
                continue
            name = "stdin" if file == "-" else Path(file).name
            seen[name] += 1
            number = f"-{seen[name]}" if seen[name] > 1 else ""
            yield self.out / f"{name}{number}.{'json' if self.as_json else 'txt'}"


def answer_files(request: Request) -> int:
    """Answer every file of a request; 1 where any of them failed, else 0."""
    tasks, _problems = read_tasks([paths.resources() / "tasks", paths.user_tasks()])
    task = next(task for task in tasks if task.id == request.task)
    engine = choose_engine(request.engine, request.model)
    texts: list[str] = []
    with _progress_bar(len(request.files)) as show:
        for file, target in zip(request.files, request.targets(), strict=True):
            show(file)
            try:
                texts.append(_answer_file(engine, task, file, target, request))
            except UserError as error:
                if request.as_json:
                    _print(_to_line({"file": file, "error": str(error)}))
                print(error, file=sys.stderr)  # noqa: T201 - this is the command's output
    engine.close()
    if request.copy and texts:
        keep_on_clipboard("\n".join(texts))
    return int(len(texts) < len(request.files))


def _answer_file(engine: Engine, task: Task, file: str, target: Path | None, request: Request) -> str:
    """Answer for one file and print or write it; the text."""
    shot = read_picture(file)
    engine.load(lambda _share, _words: None)
    start = time.monotonic()
    answer = answer_shot(engine, task, shot, request.question)
    seconds = time.monotonic() - start
    body = _to_json(file, shot, engine, answer, seconds) if request.as_json else answer.text
    if target is not None:
        write_atomically(target, f"{body}\n".encode(errors="backslashreplace"))
    else:
        heading = f"==> {file} <==\n" if len(request.files) > 1 and not request.as_json else ""
        _print(f"{heading}{body}")
    if answer.note:
        print(f"{file}: {answer.note}", file=sys.stderr)  # noqa: T201 - this is the command's output
    return answer.text


def answer_shot(engine: Engine, task: Task, shot: Shot, question: str = "") -> Update:
    """The last Update of one job; raises EngineError."""
    if refusal := engine.capabilities.refusal(task):
        raise EngineError(refusal)
    *_, last = engine.submit(Job(shot, task, question=question))
    return last


def _to_json(file: str, shot: Shot, engine: Engine, answer: Update, seconds: float) -> str:
    result: dict[str, Any] = {
        "file": file,
        "width": shot.width,
        "height": shot.height,
        "engine": engine.capabilities.name,
        "seconds": round(seconds, 3),
        "text": answer.text,
        "lines": [dataclasses.asdict(line) for line in answer.lines],
    }
    return _to_line(result)


def _to_line(value: dict[str, Any]) -> str:
    """One line of JSON, which stays valid where standard output cannot carry every character."""
    return json.dumps(value, ensure_ascii=not (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf"))


def _print(text: str) -> None:
    try:
        print(text, flush=True)  # noqa: T201 - this is the command's output
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"The text could not be written to standard output: {error.strerror}.") from error


@contextmanager
def _progress_bar(total: int) -> Iterator[Any]:
    """A bar on stderr where a person looks at it and there is more than one file."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _file: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        row = progress.add_task("", total=total)
        started = False

        def advance(file: str) -> None:
            nonlocal started
            progress.update(row, description=Path(file).name, advance=int(started))
            started = True

        yield advance
