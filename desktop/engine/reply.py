"""The model's words as the task's kind of answer: boxes in pixels of the Shot, fields by line, tables to paste."""

import time
from collections.abc import Callable

from desktop.engine.answers import clean
from desktop.engine.boxes import boxes_to_json, read_boxes
from desktop.engine.fields import fields_to_text, read_fields
from desktop.exports.table import read_table, to_tsv
from desktop.job import AnswerKind, Job, Line, Shot

Size = tuple[int, int]
Reply = tuple[str, tuple[Line, ...]]
NOTHING_FOUND = ("[]", '{"boxes":[],"labels":[]}')
PAUSE = 20  # shaping takes no more than one part in so many of the time


class Shaper:
    """Shapes one job's growing answer; where that takes long, as for a large table, not anew for every token."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._reply: Reply = ("", ())
        self._next_s = 0.0

    def shape(self, text: str, resized: Size, whole: bool) -> Reply:
        """What to show of the text so far; all of it where it is whole. `resized` as in `shape_reply`."""
        start = time.perf_counter()
        if whole or start >= self._next_s:
            self._reply = shape_reply(self._job.task.answer, text, resized, self._job.shot)
            self._next_s = start + PAUSE * (time.perf_counter() - start)
        return self._reply


def shape_reply(kind: AnswerKind, text: str, resized: Size, shot: Shot) -> Reply:
    """The text to show and what stands where; words that cannot be read as that kind stay as they are.

    `resized` is the width and height that the model saw, in whose pixels it gives boxes.
    """
    shaped, lines = _SHAPES.get(kind, _cleaned)(kind, text, resized, shot)
    return shaped or text, lines


def _cleaned(kind: AnswerKind, text: str, _resized: Size, _shot: Shot) -> Reply:
    return clean(text, kind), ()


def _boxes(kind: AnswerKind, text: str, resized: Size, shot: Shot) -> Reply:
    boxes = read_boxes(text, resized, (shot.width, shot.height))
    known = boxes or "".join(clean(text, kind).split()) in NOTHING_FOUND
    return boxes_to_json(boxes) if known else "", tuple(Line(found.label, found.box) for found in boxes)


def _fields(_kind: AnswerKind, text: str, _resized: Size, _shot: Shot) -> Reply:
    return fields_to_text(read_fields(text)), ()


def _table(_kind: AnswerKind, text: str, _resized: Size, _shot: Shot) -> Reply:
    return to_tsv(read_table(text)), ()


_SHAPES: dict[AnswerKind, Callable[[AnswerKind, str, Size, Shot], Reply]] = {
    AnswerKind.BOXES: _boxes,
    AnswerKind.FIELDS: _fields,
    AnswerKind.TABLE: _table,
}
