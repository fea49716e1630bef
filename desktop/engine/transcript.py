"""Puts the lines that were read so far into the text of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from desktop.engine import monospace
from desktop.engine.glyphs import Glyph, settle, spell, split_words
from desktop.engine.reading_order import Row, arrange
from desktop.job import Box, Line, around

CELL_GAP = 1.2  # a gap so wide, in line heights, separates cells
CELL_SPACES = "   "


@dataclass(frozen=True, slots=True)
class Piece:
    """A found line of text: its box, and its glyphs in pixels of the page."""

    box: Box
    glyphs: tuple[Glyph, ...]


class Transcript:
    """The reading order of places, filled with pieces as they are read."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._rows = arrange(boxes)
        self._pieces: dict[int, Piece] = {}

    @property
    def order(self) -> list[int]:
        """Indices of the boxes in the order in which they should be read."""
        return [i for row in self._rows for i in row.boxes]

    def add(self, index: int, glyphs: Sequence[Glyph]) -> None:
        """Keep what a box says; nothing where it held no text."""
        if glyphs:
            self._pieces[index] = Piece(self._boxes[index], settle(glyphs, self._boxes[index].height))

    def lines(self, first_paragraph: int = 0) -> list[Line]:
        """The lines so far."""
        found: list[Line] = []
        for _, block in groupby(self._filled(), key=lambda row: row.block):
            found += self._set(list(block), first_paragraph)
        return found

    def _filled(self) -> list[Row]:
        return [row for row in self._rows if any(i in self._pieces for i in row.boxes)]

    def _set(self, block: Sequence[Row], first_paragraph: int) -> list[Line]:
        """Lines of one block."""
        rows = [[self._pieces[i] for i in row.boxes if i in self._pieces] for row in block]
        joined = [tuple(glyph for piece in row for glyph in _joined(row, piece)) for row in rows]
        grid = monospace.fit(joined)
        found = []
        for row, pieces, glyphs in zip(block, rows, joined, strict=True):
            text = monospace.typeset(glyphs, grid) if grid else None
            words = tuple(w for p in pieces for w in split_words(p.glyphs, p.box.top, p.box.bottom))
            box = around(p.box for p in pieces)
            found.append(Line(_cells(pieces) if text is None else text, box, words, first_paragraph + row.paragraph))
        return found


def _joined(row: Sequence[Piece], piece: Piece) -> tuple[Glyph, ...]:
    """The glyphs of a piece; the first knows the gap to the piece before it."""
    before = [p for p in row if p.box.left < piece.box.left]
    if not before:
        return piece.glyphs
    first = piece.glyphs[0]
    gap = max(0, first.left - max(p.glyphs[-1].right for p in before))
    return (Glyph(first.text, first.x, first.left, first.right, gap, True), *piece.glyphs[1:])


def _cells(row: Sequence[Piece]) -> str:
    text = spell(row[0].glyphs)
    for a, b in pairwise(row):
        wide = b.glyphs[0].left - a.glyphs[-1].right > CELL_GAP * median(p.box.height for p in (a, b))
        text += (CELL_SPACES if wide else " ") + spell(b.glyphs)
    return text


def write(lines: Sequence[Line]) -> str:
    """The text of lines, an empty line between paragraphs."""
    text = ""
    for index, line in enumerate(lines):
        if index:
            text += "\n\n" if line.paragraph != lines[index - 1].paragraph else "\n"
        text += line.text
    return text
