"""Answers pictures without a window: `shotglass text` and its like, one picture or folders of them."""

import dataclasses
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop import paths
from desktop.batch.plan import Item, ending, plan
from desktop.batch.sources import Source, are_many, find_sources
from desktop.batch.tally import Pace
from desktop.clipboard import keep_on_clipboard
from desktop.engine.api import Engine
from desktop.engine.batch import Outcome, answer_all
from desktop.engine.choose import choose_engine
from desktop.engine.task_files import TaskFiles
from desktop.errors import UserError
from desktop.job import Job, Task
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

    def items(self, task: Task) -> list[Item]:
        """Every picture with the file to write, no two the same. Raises UserError, BadParameter."""
        sources, out = find_sources(self.files), self.switches.out
        if out is None or not (are_many(self.files) or out.is_dir()):
            return [Item(source, out) for source in sources]
        return list(plan(sources, out, ending(task, self.switches.chosen(task), self.switches.json)))

    def answered(self, item: Item) -> bool:
        """True where the picture is left out, since its answer is there."""
        return not self.switches.again and item.target != self.switches.out and item.answered


def answer_files(request: Request) -> int:
    """Answer every picture of a request; 1 where any of them failed, else 0. Raises BadParameter, wrong usage."""
    switches = request.switches
    saved, _problems = SettingsFile(paths.settings_file()).load()
    settings = switches.settings(saved, request.task)
    tasks, _problems = TaskFiles().read()
    task = settings.adjust(next(task for task in tasks if task.id == request.task))
    chosen = switches.chosen(task)

    def begin(source: Source) -> Job:
        return Job(source.read(), task, question=request.question, chosen=chosen)

    items = request.items(task)
    coming = [item for item in items if not request.answered(item)]
    with closing(choose_engine(settings)) as engine:
        answers = _Answers(engine, request, Pace(len(items), len(items) - len(coming)))
        answers.bring(coming, [partial(begin, item.source) for item in coming])
    if switches.copy and answers.texts:
        keep_on_clipboard("\n".join(answers.texts))
    return int(bool(answers.pace.tally.failures))


class _Answers:
    """Prints or writes each answer in its turn; at the end says which pictures failed."""

    def __init__(self, engine: Engine, request: Request, pace: Pace) -> None:
        self.texts: list[str] = []
        self.pace = pace
        self._engine = engine
        self._request = request
        self._line = StatusLine()

    def bring(self, items: list[Item], begins: list[Callable[[], Job]]) -> None:
        """Answer what `begins` make of the items."""
        outcomes = answer_all(self._engine, begins, lambda share, words: self._line.show(f"{share:4.0%}  {words}"))
        try:
            for item, outcome in zip(items, outcomes, strict=True):
                self._line.clear()
                self._take(item, outcome)
                self._line.show(self.pace.tally.words)
        except KeyboardInterrupt:
            self._sum_up()
            raise
        self._sum_up()

    def _take(self, item: Item, outcome: Outcome) -> None:
        try:
            self._deliver(item, outcome)
        except UserError as error:
            if self._request.switches.json:
                _print(_to_line({**_name(item.source), "error": str(error)}))
            self.pace.count(str(error))
        else:
            self.pace.count()

    def _deliver(self, item: Item, outcome: Outcome) -> None:
        """Print or write an answer. Raises UserError, also the one that is the outcome."""
        if outcome.error is not None:
            raise outcome.error
        switches, text = self._request.switches, outcome.answer.text
        body = _to_json(item.source, outcome, self._engine) if switches.json else text
        if item.target is not None:
            item.keep(body)
        else:
            heading = f"==> {item.source} <==\n" if self.pace.tally.total > 1 and not switches.json else ""
            _print(f"{heading}{body}")
        if outcome.answer.note:
            _complain(f"{item.source}: {outcome.answer.note}")
        if switches.copy:
            self.texts.append(text)

    def _sum_up(self) -> None:
        """Say what failed, and for folders how many were answered."""
        tally, lack = self.pace.tally, self._engine.capabilities.lack
        self._line.clear()
        for failure in tally.failures:
            _complain(failure)
        if are_many(self._request.files) and (tally.total > len(self._request.files) or tally.skipped):
            _complain(f"{tally.words}.")
        if tally.left:
            _complain("Stopped before the end; with --out FOLDER the same command goes on from here.")
        if tally.answered and lack:
            _complain(lack)


def _name(source: Source) -> dict[str, Any]:
    return {"file": source.path, "page": source.page} if source.page else {"file": source.path}


def _to_json(source: Source, outcome: Outcome, engine: Engine) -> str:
    result: dict[str, Any] = {
        **_name(source),
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
