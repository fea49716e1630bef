"""Tables as Markdown. Pure."""

import re

from desktop.exports.grid import Grid

_ENTITY = r"&(?=#?\w+;)"
_ACTIVE = re.compile(rf"[`*\[<|]|\\(?=[!-/:-@\[-`{{-~]|$)|(?<![^\W_])_|_(?![^\W_])|{_ENTITY}", re.MULTILINE)


def to_markdown(grid: Grid) -> str:
    """A pipe table in which every cell reads as it stands; its head is empty where the columns have no names."""
    if not grid.rows:
        return ""
    head = grid.head or ("",) * len(grid.rows[0])
    return "\n".join([_line(head), f"|{' --- |' * len(head)}", *map(_line, grid.body)])


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(cell: str) -> str:
    text = _ACTIVE.sub(r"\\\g<0>", cell)
    if text.count("~") > 1:
        text = text.replace("~", "\\~")
    return text.replace("\n", "<br>")
