"""A conversation as the tables hold it, there and back; what is kept of a Task is the whole of it, as it was asked."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from desktop.errors import UserError
from desktop.job import AnswerKind, Box, Job, Line, Shot, State, Task, Turn, Update, Word
from desktop.language import tr, tr_later
from desktop.panel.conversation import Conversation, Exchange

UNREADABLE = tr_later("This entry of the history cannot be read; delete it, the others are not concerned.")
_TASK_FIELDS = {field.name for field in fields(Task)}


class Row(NamedTuple):
    """A row of the table `exchanges` without its entry and number; task, chosen and lines are JSON."""

    task: str
    question: str
    chosen: str
    answer: str
    words: str
    lines: str


def rows_of(talk: Conversation) -> list[Row]:
    """Everything that was asked and said, oldest first."""
    return [
        Row(
            _json(_task_values(turn.task)),
            sound(turn.question),
            _json(dict(turn.chosen)),
            sound(said.answer),
            "" if turn.answer == said.answer else sound(turn.answer),
            _json([_line_values(line) for line in said.lines]),
        )
        for turn, said in zip(talk.job.turns(talk.latest.words), talk.exchanges, strict=True)
    ]


def latest_of(talk: Conversation) -> str:
    """What is known about the last answer besides its text, as JSON."""
    said = talk.latest
    return _json(
        {
            "state": said.state,
            "engine": said.engine,
            "seconds": said.seconds,
            "note": said.note,
            "reduced": said.reduced,
            "details": said.details,
            "full_size": talk.job.full_size,
            "original": talk.original,
        }
    )


def conversation_of(key: str, shot: Shot, rows: list[Row], latest: str) -> Conversation:
    """The conversation that `rows_of` and `latest_of` were made of; raises UserError where that cannot be."""
    try:
        exchanges = [Exchange(row.question, row.answer, lines_of(row)) for row in rows]
        turns = [_turn(row) for row in rows]
        about: dict[str, Any] = json.loads(latest)
        full_size = bool(about.pop("full_size", False))
        original = str(about.pop("original", ""))
        state = State(about.pop("state"))
        job = Job(
            shot,
            turns[-1].task,
            question=turns[-1].question,
            chosen=turns[-1].chosen,
            earlier=tuple(turns[:-1]),
            full_size=full_size,
        )
        said = exchanges[-1]
        update = Update(job.id, state, said.answer, said.lines, words=rows[-1].words, **about)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise UserError(tr(UNREADABLE)) from error
    return Conversation(job, update, tuple(exchanges[:-1]), original, key)


def lines_of(row: Row) -> tuple[Line, ...]:
    """Where the answer stands in the picture."""
    return tuple(_line(values) for values in json.loads(row.lines))


def sound(text: str) -> str:
    """The text with what no file can hold replaced."""
    return text.encode("utf-8", "replace").decode()


def _turn(row: Row) -> Turn:
    return Turn(_task(json.loads(row.task)), row.question, json.loads(row.chosen), row.words or row.answer)


def _task_values(task: Task) -> dict[str, Any]:
    return {name: value for name, value in asdict(task).items() if name in _TASK_FIELDS}


def _task(values: dict[str, Any]) -> Task:
    known = {name: value for name, value in values.items() if name in _TASK_FIELDS}
    known["answer"] = AnswerKind(known["answer"])
    known["stop"] = tuple(known.get("stop", ()))
    known["options"] = {name: tuple(offered) for name, offered in known.get("options", {}).items()}
    return Task(**known)


def _line_values(line: Line) -> list[Any]:
    words = [[word.text, *word.box] for word in line.words]
    return [line.text, *line.box, line.paragraph, line.code, words]


def _line(values: list[Any]) -> Line:
    text, left, top, right, bottom, paragraph, code, words = values
    inside = tuple(Word(word[0], Box(*word[1:])) for word in words)
    return Line(text, Box(left, top, right, bottom), inside, paragraph, code)


def _json(value: Mapping[str, Any] | list[Any]) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
