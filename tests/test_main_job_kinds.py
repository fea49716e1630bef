"""The main job of each kind of answer, from region to clipboard: a real overlay, a replayed model, real programs."""

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from desktop.exports.table import read_table
from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.xserver import XServer, wait_until

RECORDED = Path(__file__).with_name("recorded")
REGION = (200, 150, 620, 280)
"""Left, top, right and bottom: 420 × 130 pixels, which the model sees as 420 × 140."""
READ = Callable[[bytes], object]
MATHML = "{http://www.w3.org/1998/Math/MathML}"
WINDOWS_MATHML = 'application/x-qt-windows-mime;value="MathML"'


def recorded(task: str) -> str:
    """What the model said; a file ends with a line break of its own."""
    return (RECORDED / f"{task}.txt").read_text("utf-8").removesuffix("\n")


def text(data: bytes) -> str:
    return data.decode()


def table(data: bytes) -> object:
    """The rows of a page's or of Markdown's table."""
    return read_table(data.decode())


class _Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def html(data: bytes) -> tuple[list[str], str]:
    """The tags inside a page's body, and its text."""
    page = _Page(data.decode())
    outside = {"html", "head", "meta", "title", "body", "style"}
    return [tag for tag in page.tags if tag not in outside], " ".join(page.words)


def mathml(data: bytes) -> tuple[str, list[str]]:
    """The outermost tag, and the text of every leaf."""
    root = ElementTree.fromstring(data)
    return root.tag, [(leaf.text or "").strip() for leaf in root.iter() if not len(leaf) and (leaf.text or "").strip()]


class Case(NamedTuple):
    """A task and its question, the button that copies, and what each MIME type on the clipboard is when it is read."""

    task: str
    pasted: dict[str, tuple[READ, object]]
    button: str = "Copy"
    question: str = ""


ROWS = (("Item", "Count", "Price"), ("Keyboard", "3", "79.50"), ("Mouse & pad", "1", "28.50"))
VALUES = (("Number", "2026-114"), ("Customer", "张伟"), ("Total", "267.00 €"))
LATEX = r"\frac{a+b}{2} \geq \sqrt{ab}"
DESCRIBED = recorded("describe")
DESCRIBED_PLAINLY = "An invoice It lists three keyboards and a mouse: keyboards, 79.50 each a mouse, 28.50"
SAID = "There are **three** keyboards."
FOUND = [
    {"label": 'key "Enter"', "x": 42, "y": 26, "w": 168, "h": 52},
    {"label": "window", "x": 0, "y": 0, "w": 420, "h": 130},
]
LEAVES = (f"{MATHML}math", ["a", "+", "b", "2", "≥", "a", "b"])
PAGE = (["h1", "button"], "h1 { color: teal; } Invoice Pay now")


def tabbed(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


CASES = (
    Case("text", {"text/plain": (text, recorded("text"))}),
    Case("translate", {"text/plain": (text, recorded("translate"))}),
    Case("table", {"text/plain": (text, tabbed(ROWS)), "text/html": (table, ROWS), "text/markdown": (table, ROWS)}),
    Case(
        "fields",
        {
            "text/plain": (text, tabbed(VALUES)),
            "text/html": (table, VALUES),
            "text/markdown": (table, (("", ""), *VALUES)),
        },
    ),
    Case("formula", {"text/plain": (text, f"\\[{LATEX}\\]")}),
    Case(
        "formula",
        dict.fromkeys(("text/plain", "application/mathml+xml", WINDOWS_MATHML), (mathml, LEAVES)),
        "Copy as MathML",
    ),
    Case(
        "describe",
        {
            "text/plain": (text, DESCRIBED),
            "text/markdown": (text, DESCRIBED),
            "text/html": (html, (["h2", "p", "strong", "ul", "li", "li"], DESCRIBED_PLAINLY)),
        },
    ),
    Case(
        "ask",
        {
            "text/plain": (text, SAID),
            "text/markdown": (text, SAID),
            "text/html": (html, (["p", "strong"], SAID.replace("*", ""))),
        },
        question="how many?",
    ),
    Case("detect", dict.fromkeys(("text/plain", "application/json"), (json.loads, FOUND))),
    Case("code", {"text/plain": (html, PAGE)}),
)


@pytest.fixture(scope="module")
def app(xserver: XServer) -> Iterator[AppProcess]:
    """One app for all kinds, as a user has it open all day."""
    settings = Settings(engine="fake", model=str(RECORDED), auto_copy=False, math_signs="\\[")
    with AppProcess(xserver, settings) as app:
        app.program = ["-m", "tests.driven_app"]
        app.start()
        yield app


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.task}, {case.button}")
def test_from_region_to_clipboard(app: AppProcess, case: Case) -> None:
    """Every MIME type that is offered is the answer, and none is missing."""
    app.fill_clipboard("before")
    if case.task == "text":
        app.begin_by_hotkey()
    else:
        assert app.command("capture", "--task", case.task).returncode == 0
        app.wait_for_overlay()
    app.drag(REGION[:2], REGION[2:])
    app.wait_for_panel()
    if case.question:
        app.type(case.question)
        app.press("Return")
    wait_until(lambda: app.place_of("Stop") == (0, 0) != app.place_of(case.button), "the whole answer")
    app.click(case.button)
    wait_until(lambda: app.clipboard() != "before", "the answer on the clipboard")
    app.look(f"main-job-{case.task}")
    pasted = app.clipping()
    assert set(pasted) == set(case.pasted)
    assert [(kind, read(pasted[kind])) for kind, (read, _wanted) in case.pasted.items()] == [
        (kind, wanted) for kind, (_read, wanted) in case.pasted.items()
    ]
    app.close_panel()
