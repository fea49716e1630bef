"""Answers pictures without a window: `shotglass text` and its like."""

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.clipboard import keep_on_clipboard
from desktop.engine.api import Engine
from desktop.engine.batch import Outcome, answer_all
from desktop.engine.choose import choose_engine
from desktop.engine.tasks import read_tasks
from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.job import Job
from desktop.picture import read_picture
from desktop.settings import SettingsFile
from desktop.status_line import StatusLine
from desktop.switches import Switches


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks: one task for every file, and how it is answered."""

    task: str
    files: list[str]
    switches: Switches
    question: str = ""

    def targets(self) -> Iterator[Path | None]:
        """The file to write for each picture, no two the same; None for standard output."""
        seen: Counter[str] = Counter()
        out = self.switches.out
        for file in self.files:
            if out is None or not (len(self.files) > 1 or out.is_dir()):
                yield out
                continue
            name = "stdin" if file == "-" else Path(file).name
            seen[name] += 1
            number = f"-{seen[name]}" if seen[name] > 1 else ""
            yield out / f"{name}{number}.{'json' if self.switches.json else 'txt'}"


def answer_files(request: Request) -> int:
    """Answer every file of a request; 1 where any of them failed, else 0. Raises BadParameter, wrong usage."""
    switches = request.switches
    saved, _problems = SettingsFile(paths.settings_file()).load()
    settings = switches.settings(saved, request.task)
    tasks, _problems = read_tasks([paths.resources() / "tasks", paths.user_tasks()])
    task = settings.adjust(next(task for task in tasks if task.id == request.task))
    chosen = switches.chosen(task)

    def begin(file: str) -> Job:
        return Job(read_picture(file), task, question=request.question, chosen=chosen)

    with closing(choose_engine(settings)) as engine:
        texts = _answer(engine, [partial(begin, file) for file in request.files], request)
        if texts and engine.capabilities.lack:
            _complain(engine.capabilities.lack)
    if switches.copy and texts:
        keep_on_clipboard("\n".join(texts))
    return int(len(texts) < len(request.files))


def _answer(engine: Engine, begins: list[Callable[[], Job]], request: Request) -> list[str]:
    """Answer, and print or write each answer in its turn; the texts of those that succeeded."""
    texts: list[str] = []
    line = StatusLine()
    outcomes = answer_all(engine, begins, lambda share, words: line.show(f"{share:4.0%}  {words}"))
    for file, target, outcome in zip(request.files, request.targets(), outcomes, strict=True):
        line.clear()
        try:
            texts.append(_deliver(file, target, outcome, engine, request))
        except UserError as error:
            if request.switches.json:
                _print(_to_line({"file": file, "error": str(error)}))
            _complain(str(error))
        line.show(f"{len(texts)} of {len(begins)} answered")
    line.clear()
    return texts


def _deliver(file: str, target: Path | None, outcome: Outcome, engine: Engine, request: Request) -> str:
    """Print or write the answer for one file; its text. Raises UserError, also the one that is the outcome."""
    if outcome.error is not None:
        raise outcome.error
    as_json = request.switches.json
    body = _to_json(file, outcome, engine) if as_json else outcome.answer.text
    if target is not None:
        write_atomically(target, f"{body}\n".encode(errors="backslashreplace"))
    else:
        heading = f"==> {file} <==\n" if len(request.files) > 1 and not as_json else ""
        _print(f"{heading}{body}")
    if outcome.answer.note:
        _complain(f"{file}: {outcome.answer.note}")
    return outcome.answer.text


def _to_json(file: str, outcome: Outcome, engine: Engine) -> str:
    result: dict[str, Any] = {
        "file": file,
        "width": outcome.width,
        "height": outcome.height,
        "engine": engine.capabilities.name,
        "seconds": round(outcome.seconds, 3),
        "text": outcome.answer.text,
        "lines": [dataclasses.asdict(line) for line in outcome.answer.lines],
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


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the command's output
