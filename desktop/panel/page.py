"""A page of words that stand in a picture: which one is meant, and what a choice of them says; no Qt."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from desktop.job import Box, Line, Word, around

Span = tuple[int, int]
"""Half-open: the first spot, and the one behind the last; an empty one is a place between two words."""

NOTHING = "\0"
RIGHT_OF = 0.05  # the room right of a block belongs to it more than the room above, below and left of it


class Spot(NamedTuple):
    """A word in reading order: where it stands in the picture, and its characters in the text."""

    box: Box
    row: int
    start: int
    end: int


class Row(NamedTuple):
    """A line: its spots, and where its text starts, indentation included."""

    box: Box
    spots: Span
    start: int


class Block(NamedTuple):
    """Lines that belong together."""

    box: Box
    rows: Span


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an answer; empty by default."""

    text: str = ""
    spots: tuple[Spot, ...] = ()
    rows: tuple[Row, ...] = ()
    blocks: tuple[Block, ...] = ()

    @classmethod
    def read(cls, text: str, lines: Sequence[Line]) -> "Page":
        """The page of an answer and its lines. A line that its words do not spell is one word.

        Where the text is not made of the lines, they are put one under the other.
        """
        starts = _starts(text, lines)
        if starts is None:
            text = "\n".join(line.text for line in lines)
            starts = _starts(text, lines) or []
        spots: list[Spot] = []
        rows = []
        for number, (line, start) in enumerate(zip(lines, starts, strict=True)):
            first = len(spots)
            spots += [Spot(box, number, start + a, start + b) for box, (a, b) in _words(line)]
            rows.append(Row(line.box, (first, len(spots)), start))
        return cls(text, tuple(spots), tuple(rows), tuple(_blocks(lines)))

    @property
    def whole(self) -> Span:
        """Every word."""
        return 0, len(self.spots)

    def word_at(self, x: float, y: float) -> int | None:
        """The spot under a point of the picture."""
        first, last = self.near(x, y)
        inside = last > first and self.spots[first].box.top <= y < self.spots[first].box.bottom
        return first if inside else None

    def near(self, x: float, y: float) -> Span:
        """The word beside or under a point, or the place between two words that is nearest to it."""
        if not self.spots:
            return 0, 0
        block = min(self.blocks, key=lambda block: _distance(block.box, x, y))
        row = min(self.rows[slice(*block.rows)], key=lambda row: (_gap(row.box.top, row.box.bottom, y), _off(row, x)))
        for index in range(*row.spots):
            if x < self.spots[index].box.right:
                return index, index + (x >= self.spots[index].box.left)
        return row.spots[1], row.spots[1]

    def lines_of(self, span: Span) -> Span:
        """The span widened to whole lines; an empty one stays."""
        first, last = span
        if first >= last:
            return span
        return self.rows[self.spots[first].row].spots[0], self.rows[self.spots[last - 1].row].spots[1]

    def copied(self, span: Span) -> str:
        """What a span says, with the spaces and line breaks of the text; whole lines keep their indentation."""
        first, last = span
        if first >= last:
            return ""
        row = self.rows[self.spots[first].row]
        indented = first == row.spots[0] and last > row.spots[1]
        return self.text[row.start if indented else self.spots[first].start : self.spots[last - 1].end]

    def bands(self, span: Span) -> Iterator[Box]:
        """What a span covers: one box a line."""
        for _row, spots in groupby(self.spots[slice(*span)], key=lambda spot: spot.row):
            yield around(spot.box for spot in spots)

    def step(self, span: Span, across: int, down: int) -> Span:
        """The word so many words and lines from a span; the nearest one where the page ends."""
        if not self.spots:
            return 0, 0
        lands = span[1] > span[0] or across < 0
        index = max(0, min(span[0] + across * lands, len(self.spots) - 1))
        if down:
            box = self.spots[index].box
            row = self.rows[max(0, min(self.spots[index].row + down, len(self.rows) - 1))]
            index = min(range(*row.spots), key=lambda i: _apart(self.spots[i].box, box))
        return index, index + 1

    def moved_to(self, other: "Page", span: Span) -> Span:
        """The same words, or the same place between words, in a page that has grown; (0, 0) where they are gone."""
        first, last = span
        if last == 0:
            return 0, 0
        found = {spot.box: index for index, spot in enumerate(other.spots)}
        end = found.get(self.spots[last - 1].box)
        start = found.get(self.spots[min(first, last - 1)].box)
        if start is None or end is None:
            return 0, 0
        return (start if first < last else end + 1), end + 1


def _starts(text: str, lines: Sequence[Line]) -> list[int] | None:
    """Where each line begins in the text; None where one is not there."""
    starts, end = [], 0
    for line in lines:
        start = text.find(line.text, end)
        if start < 0:
            return None
        starts.append(start)
        end = start + len(line.text)
    return starts


def _words(line: Line) -> list[tuple[Box, Span]]:
    """Each word's box and its characters in the line; the whole line as one word where they do not spell it."""
    spelt = _spell(line.text, line.words)
    if spelt is None:
        return [(line.box, (len(line.text) - len(line.text.lstrip()), len(line.text)))]
    return [(word.box, span) for word, span in zip(line.words, spelt, strict=True)]


def _spell(text: str, words: Sequence[Word]) -> list[Span] | None:
    """The characters of each word, in a text that may space and repeat signs otherwise (`__` where one was read)."""
    spans = []
    at = 0
    spelt = ["".join(word.text.split()) for word in words]
    for letters, following in zip(spelt, [*spelt[1:], ""], strict=bool(spelt)):
        start = at = _skip_space(text, at)
        for letter, ahead in zip(letters, f"{letters[1:]}{following[:1] or NOTHING}", strict=bool(letters)):
            at = _skip_space(text, at)
            if text[at : at + 1] != letter:
                return None
            at += 1
            while text[at : at + 1] == letter != ahead:
                at += 1
        spans.append((start, at))
    return spans if spans and _skip_space(text, at) == len(text) else None


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Lines that follow each other in one paragraph."""
    for _paragraph, members in groupby(range(len(lines)), key=lambda index: lines[index].paragraph):
        rows = list(members)
        yield Block(around(lines[row].box for row in rows), (rows[0], rows[-1] + 1))


def _gap(start: float, end: float, at: float) -> float:
    """How far a coordinate is from a half-open stretch."""
    return max(start - at, 0, at - end)


def _apart(one: Box, other: Box) -> float:
    """How far the middles of two boxes are from each other across the page."""
    return abs(one.left + one.right - other.left - other.right)


def _off(row: Row, x: float) -> float:
    return _gap(row.box.left, row.box.right, x)


def _distance(box: Box, x: float, y: float) -> float:
    beside = (x - box.right) * RIGHT_OF if x > box.right else max(box.left - x, 0)
    return math.hypot(beside, _gap(box.top, box.bottom, y))
