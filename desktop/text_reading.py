"""Reads the text of pictures by the embedded OCR, for whoever needs it beside the engine that answers."""

from collections.abc import Sequence
from contextlib import closing

from desktop.engine.ocr import OcrEngine
from desktop.job import AnswerKind, Job, Line, Shot, Task

_TEXT = Task("text", "Text", "", AnswerKind.TEXT, needs_model=False)


def read_texts(shots: Sequence[Shot]) -> list[list[str]]:
    """The lines of each Shot; the networks are loaded for this alone. It takes seconds and any thread may call it."""
    with closing(OcrEngine()) as engine:
        engine.load(lambda _share, _words: None)
        return [[line.text for line in _last(engine, shot)] for shot in shots]


def _last(engine: OcrEngine, shot: Shot) -> Sequence[Line]:
    *_, last = engine.submit(Job(shot, _TEXT))
    return last.lines
