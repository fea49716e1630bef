"""Figures of a benchmark, as a table for people and as JSON."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing; `goal` is the value that it should not exceed."""

    name: str
    unit: str
    value: float
    goal: float | None = None
    samples: int = 1

    @property
    def reached(self) -> bool:
        """Tell whether the goal is met, at the precision that is shown; True where there is none."""
        return self.goal is None or round(self.value, 1) <= self.goal


def percentile(values: list[float], percent: float) -> float:
    """The value below which `percent` of the values lie, by linear interpolation; raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def print_figures(figures: list[Figure], as_json: bool) -> None:
    """Print them."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if as_json:
        console.print_json(json.dumps([asdict(figure) for figure in figures]))
        return
    table = Table("figure", "unit", "measured", "goal", "samples", "", box=None, pad_edge=False)
    for figure in figures:
        goal = "" if figure.goal is None else f"≤ {figure.goal:g}"
        mark = "" if figure.goal is None else "[green]reached[/]" if figure.reached else "[red]missed[/]"
        table.add_row(figure.name, figure.unit, f"{figure.value:.1f}", goal, str(figure.samples), mark)
    console.print(table)
