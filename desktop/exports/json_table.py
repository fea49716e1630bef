"""Tables, and fields with their values, as JSON. Pure."""

import json
from collections.abc import Iterable

from desktop.exports.grid import Grid
from desktop.exports.number import read_number
from desktop.exports.table import Rows

Value = str | int | float


def to_json(grid: Grid) -> bytes:
    """An object a row, by the names of the columns; a list a row where they have none. Numbers are numbers."""
    if grid.headed:
        names = _unlike(grid.head)
        return _written([dict(zip(names, map(_value, row), strict=True)) for row in grid.body])
    return _written([[_value(cell) for cell in row] for row in grid.body])


def fields_to_json(rows: Rows) -> bytes:
    """One object, the first cell of each row the name and the rest the value."""
    names = _unlike([row[0] for row in rows])
    return _written({name: _value(" ".join(row[1:])) for name, row in zip(names, rows, strict=True)})


def _written(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _value(cell: str) -> Value:
    number = read_number(cell)
    return number.value if number else cell


def _unlike(names: Iterable[str]) -> list[str]:
    """The names, numbered where one is empty or was there before."""
    taken: list[str] = []
    for place, name in enumerate(names, 1):
        stem = name or f"column {place}"
        count, wanted = 1, stem
        while wanted in taken:
            count += 1
            wanted = f"{stem} ({count})"
        taken.append(wanted)
    return taken
