"""A panel of each kind of answer with an answer in it, as the windows' tests go through them."""

from collections.abc import Mapping
from typing import NamedTuple

from pytestqt.qtbot import QtBot

from desktop.job import Box, Line, Shot, State
from desktop.panel.panels import Panels
from tests.panel.html.pages import PLAIN
from tests.panel.opened import Open
from tests.panel.words import page

SHOT = Shot(600, 400, bytes([250]) * (600 * 400 * 3), region=Box(100, 100, 700, 500))
READ, LINES = page([["See https://example.org/a", "and write to ann@example.org"], ["The quick brown fox"]])
FOUND = (Line("button", Box(20, 300, 120, 330)), Line("window", Box(0, 0, 600, 400)))
MARKDOWN = (
    "# Title\n\nA [link](https://example.org), `code`.\n\n```python\nprint(1)\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
)


class Sample(NamedTuple):
    """The task of a kind, and what the engine answers to it: text, lines, and the model's own words."""

    task_id: str
    text: str
    lines: tuple[Line, ...] = ()
    words: str = ""


SAMPLES: Mapping[str, Sample] = {
    "text": Sample("text", READ, tuple(LINES)),
    "boxes": Sample("detect", "[]", FOUND),
    "markdown": Sample("describe", MARKDOWN),
    "table": Sample("table", "item\tprice\npen\t1.20", words="| item | price |\n|---|---|\n| pen | 1.20 |"),
    "fields": Sample("fields", "Name: Ann\nTotal: 12"),
    "formula": Sample("formula", r"\frac{a}{b}"),
    "html": Sample("code", PLAIN),
    "translation": Sample("translate", "Le renard"),
    "question": Sample("ask", ""),
}
"""By the kind, or what is particular about it."""


def open_kind(panels: Panels, qtbot: QtBot, kind: str) -> Open:
    """A panel with an answer of the kind, in front and with the keyboard."""
    sample = SAMPLES[kind]
    opened = Open(panels, qtbot, sample.task_id, SHOT)
    if kind != "question":
        opened.answer(State.DONE, sample.text, sample.lines, words=sample.words, details="Attention: Triton.")
    qtbot.waitUntil(opened.panel.isActiveWindow)
    return opened
