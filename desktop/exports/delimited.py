"""Tables as text with a sign between their cells: to paste, and as files. Pure."""

import csv
import io

from desktop.exports.grid import Grid
from desktop.exports.table import Rows

_BOM = "\ufeff"
"""By this Excel knows that a CSV file is UTF-8; other programs pass over it."""


def to_pasted_text(rows: Rows) -> str:
    """A row a line, a tab between cells; what would break that is quoted as spreadsheets do. A single cell is bare."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def to_csv(grid: Grid) -> bytes:
    """Comma-separated values after RFC 4180, in UTF-8 with a byte order mark; every cell as it stands."""
    return _BOM.encode() + _written(grid.rows, csv.excel)


def to_tsv(grid: Grid) -> bytes:
    """Tab-separated values in UTF-8, quoted where a cell holds a tab, a line break or a quotation mark."""
    return _written(grid.rows, csv.excel_tab)


def _written(rows: Rows, dialect: type[csv.Dialect]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, dialect).writerows(rows)
    return text.getvalue().encode()


def _quoted(cell: str) -> str:
    breaks = cell.startswith('"') or any(sign in cell for sign in "\t\n\r")
    return '"{}"'.format(cell.replace('"', '""')) if breaks else cell
