"""Tables out of an answer, HTML or Markdown, finished or not; and into the text of an Update. Pure."""

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from itertools import zip_longest

Rows = tuple[tuple[str, ...], ...]
"""Cells row by row, all rows of one length; a cell that spans others stands in each of them."""

_HTML = re.compile(r"(?<!\\)<(?:table|thead|tbody|tr)\b", re.IGNORECASE)
_RULE = re.compile(r"[|\s:-]*")
_PIPE = re.compile(r"(?<!\\)\|")
_MARK = re.compile(r"\\([!-/:-@\[-`{-~])|<br\s*/?>", re.IGNORECASE)
_MOST_SPANNED = 100


def read_table(text: str) -> Rows:
    """The rows of the tables of an answer, as far as they go; none where there is no table."""
    if start := _HTML.search(text):
        parser = _TableParser()
        # The parser of some Python versions fails on marked sections.
        parser.feed(text[start.start() :].replace("<![", "&lt;!["))
        rows = parser.rows
    elif "|" in text:
        rows = _read_pipes(text)
    else:
        rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    return _square(rows)


def to_tsv(rows: Rows) -> str:
    """A row a line, a tab between cells; line breaks and tabs inside cells become spaces."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def from_tsv(text: str) -> Rows:
    """The rows that `to_tsv` wrote."""
    return _square(line.split("\t") for line in text.split("\n")) if text else ()


def _square(rows: Iterable[Sequence[str]]) -> Rows:
    return tuple(zip(*zip_longest(*rows, fillvalue=""), strict=True))


def _read_pipes(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    ruled = False
    for line in text.splitlines():
        plain = line.strip()
        if "|" not in plain:
            continue
        if len(rows) == 1 and not ruled and _RULE.fullmatch(plain):
            ruled = True
            continue
        inside = plain.removeprefix("|")
        inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
        rows.append([_unescape(cell) for cell in _PIPE.split(inside)])
    return rows


def _unescape(cell: str) -> str:
    return _MARK.sub(lambda mark: mark[1] or "\n", cell).strip()


class _TableParser(HTMLParser):
    """Collects the outer cells; the text of a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._grid: list[dict[int, list[str]]] = []
        self._below: dict[int, tuple[int, list[str]]] = {}
        self._cell: list[str] | None = None
        self._depth = 0

    @property
    def rows(self) -> list[list[str]]:
        """The cells so far, white space made plain."""
        return [[_plain(row.get(column, [])) for column in range(max(row, default=-1) + 1)] for row in self._grid]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._depth > 1:
            return
        if tag == "tr":
            self._begin_row()
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        if self._depth <= 1 and tag in ("td", "th", "tr", "table"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _begin_row(self) -> None:
        self._cell = None
        self._grid.append({column: cell for column, (_rows, cell) in self._below.items()})
        self._below = {column: (rows - 1, cell) for column, (rows, cell) in self._below.items() if rows > 1}

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self._grid:
            self._begin_row()
        row = self._grid[-1]
        self._cell = []
        down = _span(attributes.get("rowspan")) - 1
        start = next(column for column in range(len(row) + 1) if column not in row)
        for column in range(start, start + _span(attributes.get("colspan"))):
            row.setdefault(column, self._cell)
            if down and row[column] is self._cell:
                self._below[column] = (down, self._cell)


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MOST_SPANNED) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1


def _plain(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\0"))
    return "\n".join(lines).strip()
