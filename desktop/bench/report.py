"""Figures of a benchmark, as tables for people, as Markdown and as JSON."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, shown with so many `digits` behind the point.

    `goal` is the value that it should not exceed, or where `more_is_better` not fall below. `limit` is what physics
    allows at best, from what was measured of the hardware.
    """

    name: str
    unit: str
    value: float
    goal: float | None = None
    samples: int = 1
    limit: float | None = None
    more_is_better: bool = False
    digits: int = 1

    @property
    def reached(self) -> bool:
        """Tell whether the goal is met, at the precision that is shown; True where there is none."""
        if self.goal is None:
            return True
        value = round(self.value, self.digits)
        return value >= self.goal if self.more_is_better else value <= self.goal

    @property
    def shown(self) -> str:
        """The value as it is shown."""
        return f"{self.value:,.{self.digits}f}"

    @property
    def bounds(self) -> tuple[str, str]:
        """The goal and the limit as they are shown; '' for one that is not there."""
        sign = "≥" if self.more_is_better else "≤"
        other = "≤" if self.more_is_better else "≥"
        goal = "" if self.goal is None else f"{sign} {self.goal:g}"
        return goal, "" if self.limit is None else f"{other} {self.limit:,.{self.digits}f}"

    @property
    def verdict(self) -> str:
        """Whether the goal was reached, in a word; '' where there is none."""
        return "" if self.goal is None else "reached" if self.reached else "missed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in words: what stands above each column, and the rows."""

    title: str
    headings: Row
    rows: tuple[Row, ...]

    @property
    def markdown(self) -> str:
        """As a Markdown table below its title; numbers stand to the right."""
        ruler = tuple("---" if column == 0 else "---:" for column in range(len(self.headings)))
        lines = (f"| {' | '.join(row)} |" for row in (self.headings, ruler, *self.rows))
        return "\n".join([f"### {self.title}", "", *lines, ""])


def percentile(values: list[float], percent: float) -> float:
    """The value below which `percent` of the values lie, by linear interpolation; raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median_of(values: Iterable[float]) -> float:
    """The median; 0 where there are none, which an error says more about."""
    found = list(values)
    return statistics.median(found) if found else 0.0


def sheet_of(title: str, figures: Iterable[Figure]) -> Sheet:
    """Figures one below the other."""
    headings = ("figure", "unit", "measured", "goal", "limit", "samples", "")
    rows = [
        (figure.name, figure.unit, figure.shown, *figure.bounds, str(figure.samples), figure.verdict)
        for figure in figures
    ]
    return filled_sheet(title, headings, rows)


def filled_sheet(title: str, headings: Row, rows: Sequence[Row]) -> Sheet:
    """The table without the columns that no row fills."""
    filled = [any(row[column] for row in rows) for column in range(len(headings))]
    kept = [tuple(cell for cell, used in zip(row, filled, strict=True) if used) for row in (headings, *rows)]
    return Sheet(title, kept[0], tuple(kept[1:]))


def print_sheets(sheets: Iterable[Sheet]) -> None:
    """Print them one below the other."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    colours = {"reached": "[green]reached[/]", "missed": "[red]missed[/]"}
    for sheet in sheets:
        title = sheet.title or None
        table = Table(*sheet.headings, title=title, title_justify="left", box=None, pad_edge=False)
        for row in sheet.rows:
            table.add_row(*(colours.get(cell, cell) for cell in row))
        console.print(table)
        console.print()


def print_document(document: Any) -> None:
    """Print anything that JSON can hold."""
    from rich.console import Console

    Console().print_json(json.dumps(document))


def print_figures(figures: list[Figure], as_json: bool) -> None:
    """Print them."""
    if as_json:
        print_document([asdict(figure) for figure in figures])
    else:
        print_sheets([sheet_of("", figures)])
