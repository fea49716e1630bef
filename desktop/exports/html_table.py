"""Tables as HTML that spreadsheets and text processors paste right. Pure."""

import re
from html import escape

from desktop.exports.grid import Grid
from desktop.exports.number import read_number

PAGE = """<!DOCTYPE html>
<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<!--StartFragment-->
{body}
<!--EndFragment-->
</body>
</html>
"""
"""A page around what is pasted; the comments are where Windows looks for it."""

_BREAK = '<br style="mso-data-placement:same-cell">'
_SIGNS = ("=", "+", "-", "−", "@")
_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'


def to_html(grid: Grid) -> str:
    """One `<table>`; numbers say what they are worth in every language, and what only looks like one is text."""
    head = [_row("th", grid.head)] if grid.head else []
    return "\n".join([_TABLE, *head, *(_row("td", row) for row in grid.body), "</table>"])


def to_page(grid: Grid) -> bytes:
    """A whole HTML file."""
    return PAGE.format(title="Table", body=to_html(grid)).encode()


def _row(tag: str, cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}{_nature(cell)}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _nature(cell: str) -> str:
    """What a spreadsheet is told of a cell; Excel listens to x:num and mso-number-format, LibreOffice to sd…"""
    if number := read_number(cell):
        code = re.sub(r"(\W)", r"\\\1", number.code)
        style = f"text-align:right;mso-number-format:'{code}'"
        return f' x:num="{number.value}" sdval="{number.value}" sdnum="1033;0;{number.code}" style="{style}"'
    if cell.startswith(_SIGNS) or any(sign.isdigit() for sign in cell):
        return ' sdnum="1033;0;@" style="mso-number-format:\'\\@\'"'
    return ""


def _text(cell: str) -> str:
    return escape(cell, quote=False).replace("\n", _BREAK)
