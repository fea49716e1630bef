"""How well and how fast the embedded OCR reads pages whose text is known."""

import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from desktop.bench.pages import Page, draw, pages
from desktop.engine.api import Engine
from desktop.engine.choose import choose_engine
from desktop.job import AnswerKind, Job, Shot, Task, Update
from desktop.settings import Settings

TEXT = Task("text", "Text", "", AnswerKind.TEXT, needs_model=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One page at one scale. Error rates are in percent of the page's characters; `seconds` from submit to the end."""

    page: str
    scale: float
    tuned: bool
    characters: int
    error: float
    error_with_spaces: float
    seconds: float
    first_seconds: float


def run(
    engine: Engine,
    scales: Iterable[float] = (1.0, 2.0),
    names: tuple[str, ...] = (),
    done: Callable[[Row], None] = lambda _row: None,
) -> list[Row]:
    """Read every page at every scale with a loaded engine; `done` hears of each row as it is measured."""
    rows = []
    for page in pages(names):
        for scale in scales:
            row = measure(engine, page, draw(page, scale))
            rows.append(row)
            done(row)
    return rows


def measure(engine: Engine, page: Page, shot: Shot) -> Row:
    """Read one picture of a page."""
    start = time.perf_counter()
    first: float | None = None
    last: Update | None = None
    for update in engine.submit(Job(shot, TEXT)):
        last = update
        if first is None and update.text:
            first = time.perf_counter() - start
    seconds = time.perf_counter() - start
    text = last.text if last else ""
    return Row(
        page.name,
        shot.scale,
        page.tuned,
        len(page.text),
        error_rate(squeezed(page.text), squeezed(text)),
        error_rate(spaced(page.text), spaced(text)),
        seconds,
        seconds if first is None else first,
    )


def squeezed(text: str) -> str:
    """The text without any space."""
    return re.sub(r"\s", "", text)


def spaced(text: str) -> str:
    """The text with one space for each run of them, and without empty lines."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def error_rate(truth: str, read: str) -> float:
    """Edits (Levenshtein, 1966) from one to the other, in percent of the truth."""
    costs = list(range(len(read) + 1))
    for i, wanted in enumerate(truth, 1):
        corner, costs[0] = costs[0], i
        for j, got in enumerate(read, 1):
            corner, costs[j] = costs[j], min(costs[j] + 1, costs[j - 1] + 1, corner + (wanted != got))
    return 100 * costs[-1] / max(1, len(truth))


def print_rows(as_json: bool) -> None:
    """Load the embedded engine, read every page, and print the rows as a table or as JSON."""
    from rich.console import Console
    from rich.table import Table

    engine = choose_engine(Settings(engine="ocr"))
    engine.load(lambda _share, _words: None)
    rows = run(engine)
    engine.close()
    console = Console()
    if as_json:
        console.print_json(json.dumps([asdict(row) for row in rows]))
        return
    headings = ("page", "scale", "tuned on", "characters", "error %", "with spaces %", "seconds", "first text")
    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        errors = f"{row.error:.2f}", f"{row.error_with_spaces:.2f}"
        tuned = "yes" if row.tuned else ""
        times = f"{row.seconds:.2f}", f"{row.first_seconds:.2f}"
        table.add_row(row.page, f"{row.scale:g}", tuned, str(row.characters), *errors, *times)
    console.print(table)
