"""Cells that are numbers, as spreadsheets need them. Pure."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"([-−]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(\d+))?", re.ASCII)
_DIGITS = 15
"""What a spreadsheet keeps of a number; longer ones are names, such as those of accounts."""


class Number(NamedTuple):
    """What a cell is worth, and the code by which a spreadsheet shows it as it was written."""

    value: int | float
    code: str


def read_number(cell: str) -> Number | None:
    """The number that a cell is, or None where it is text.

    `-7`, `1.10` and `1,234.50` are numbers; `007`, `+49 30`, `3-4`, `12 %` and `2026-03-01` stay as they were written.
    """
    found = _NUMBER.fullmatch(cell.strip())
    if found is None or sum(sign.isdigit() for sign in cell) > _DIGITS:
        return None
    minus, whole, part = found.groups()
    digits = f"{'-' if minus else ''}{whole.replace(',', '')}"
    code = "#,##0" if "," in whole else "0"
    return Number(float(f"{digits}.{part}"), f"{code}.{'0' * len(part)}") if part else Number(int(digits), code)
