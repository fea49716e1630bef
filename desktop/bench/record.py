"""Everything that one run measured: tables, Markdown, JSON and a picture of the curves."""

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.bench.curves import draw_curves
from desktop.bench.level import Kind, Level
from desktop.bench.report import Figure, Row, Sheet, filled_sheet, print_document, print_sheets, sheet_of
from desktop.files import write_atomically

HOW = (
    "Medians of so many samples, but of gaps the longest; the round before them warms up and is not counted. The GPU "
    "is awaited before and after what is timed; nothing is kept between cold measurements, and no draft of an answer "
    "is given. Limits are arithmetic over what copying and multiplying reached at best on this machine in the same "
    "run. Fallbacks are ways of attention that failed and were replaced, reduced pictures those that the model saw "
    "smaller than they are, shortages requests for memory that was not there."
)


@dataclass(frozen=True, slots=True)
class Record:
    """`name` is that of its files; `sections` are figures under their titles; `how` tells what the figures are."""

    name: str
    machine: Mapping[str, str]
    sections: Mapping[str, list[Figure]]
    levels: tuple[Level, ...] = ()
    kinds: tuple[Kind, ...] = ()
    how: str = HOW

    @property
    def document(self) -> dict[str, Any]:
        """What JSON can hold of it."""
        return {
            "machine": dict(self.machine),
            "figures": {title: [asdict(figure) for figure in figures] for title, figures in self.sections.items()},
            "together": [asdict(level) | {"share": level.share} for level in self.levels],
            "pictures": [asdict(kind) for kind in self.kinds],
        }

    @property
    def sheets(self) -> list[Sheet]:
        """The tables."""
        sheets = [sheet_of(title, figures) for title, figures in self.sections.items() if figures]
        if self.levels:
            sheets += [_speed_sheet(self.levels), _memory_sheet(self.levels)]
        if self.kinds:
            sheets.append(_kind_sheet(self.kinds))
        seen = [said for level in self.levels for said in (*level.crowd.errors, *level.crowd.fallbacks)]
        seen += [said for kind in self.kinds for said in kind.errors]
        return [*sheets, Sheet("What happened", ("", "times"), _counted(seen))] if seen else sheets

    @property
    def markdown(self) -> str:
        """A page: the machine, the curves, the tables."""
        picture = f"![Speed, waiting and memory]({self.name}.png)\n" if self.levels else ""
        machine = "\n".join(f"- {name}: {value}" for name, value in self.machine.items())
        tables = "\n".join(sheet.markdown for sheet in self.sheets)
        return f"## shotglass bench {self.name}\n\n{picture}\n{machine}\n\n{self.how}\n\n{tables}"

    def tell(self, folder: Path | None, as_json: bool) -> None:
        """Write the files into a folder, if one is given, and print. Raises UserError."""
        if folder:
            self.write(folder)
        if as_json:
            print_document(self.document)
        else:
            print_sheets(self.sheets)

    def write(self, folder: Path) -> None:
        """Put the files into a folder, which is made where it is missing; raises UserError with the cure."""
        write_atomically(folder / f"{self.name}.json", f"{json.dumps(self.document, indent=2)}\n".encode())
        write_atomically(folder / f"{self.name}.md", self.markdown.encode())
        if self.levels:
            data = io.BytesIO()
            draw_curves(self.machine, self.levels).save(data, "PNG", optimize=True)
            write_atomically(folder / f"{self.name}.png", data.getvalue())


def _speed_sheet(levels: tuple[Level, ...]) -> Sheet:
    headings = ("together", "picture", "pictures/s", "goal", "limit", "", "first, ms", "token, ms", "whole, ms")
    return filled_sheet("Together", headings, [_speed_row(level) for level in levels])


def _speed_row(level: Level) -> Row:
    crowd, rate = level.crowd, level.rate
    times = (f"{seconds * 1000:,.1f}" for seconds in (crowd.first_s, crowd.each_s, crowd.whole_s))
    return (str(crowd.together), crowd.pictures, rate.shown, *rate.bounds, rate.verdict, *times)


def _memory_sheet(levels: tuple[Level, ...]) -> Sheet:
    headings = (
        "together", "picture", "GiB", "goal", "limit", "", "share", "errors", "fallbacks", "reduced", "shortages"
    )  # fmt: skip
    title = "Peak memory, and what happened" if any(level.peak for level in levels) else "What happened together"
    return filled_sheet(title, headings, [_memory_row(level) for level in levels])


def _memory_row(level: Level) -> Row:
    crowd, peak = level.crowd, level.peak
    happened = (str(len(seen)) for seen in (crowd.errors, crowd.fallbacks))
    short = "" if crowd.shortages is None else str(crowd.shortages)
    memory = (peak.shown, *peak.bounds, peak.verdict, f"{level.share:.0%}") if peak else ("",) * 5
    return (str(crowd.together), crowd.pictures, *memory, *happened, str(crowd.reduced), short)


def _counted(said: Sequence[str]) -> tuple[Row, ...]:
    """Each sentence once, and how often it was said."""
    return tuple((" ".join(sentence.split()), str(count)) for sentence, count in Counter(said).items())


def _kind_sheet(kinds: tuple[Kind, ...]) -> Sheet:
    headings = ("task", "together", "pictures", "pictures/s", "first, ms", "whole, ms", "tokens", "errors")
    return filled_sheet("Made pictures", headings, [_kind_row(kind) for kind in kinds])


def _kind_row(kind: Kind) -> Row:
    times = (f"{seconds * 1000:,.1f}" for seconds in (kind.first_s, kind.whole_s))
    counts = (str(kind.together), str(kind.pictures), "" if kind.rate is None else f"{kind.rate:.2f}")
    return (kind.task_id, *counts, *times, f"{kind.tokens:.0f}", str(len(kind.errors)))
