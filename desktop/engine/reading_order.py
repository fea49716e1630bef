"""The order in which a page is read: boxes to blocks, columns and rows; pure geometry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from desktop.job import Box, around

FEWEST_ROWS = 3  # of a column
GUTTER = 1.0  # the least width of the gap between columns, in line heights
CONCURRENT = 0.5  # the share of rows that must have text beside them for columns
ALIGNED = 0.7  # the share of rows on one base line that makes a table
SAME_LEVEL = 0.6  # boxes on one base line overlap by more than this share of the lower one
PROSE_WIDTH = 8.0  # the median width of running text, in line heights
PROSE_PITCH = 1.5  # the line pitch of running text, in line heights
NEW_PARAGRAPH = 0.5  # extra space before a paragraph, in line heights
OTHER_SIZE = 1.3  # a line that is so much taller begins a paragraph


@dataclass(slots=True)
class Row:
    """Boxes that stand side by side: their indices from left to right, their paragraph and their column or block."""

    boxes: list[int] = field(default_factory=list)
    paragraph: int = 0
    block: int = 0


def arrange(boxes: Sequence[Box]) -> list[Row]:
    """Rows in reading order; each index of `boxes` appears once. Columns are read one after the other."""
    rows: list[Row] = []
    paragraph = 0
    for number, block in enumerate(_blocks(boxes, list(range(len(boxes))))):
        found = _rows(boxes, block)
        starts = _paragraph_starts(boxes, found)
        for row, starts_paragraph in zip(found, starts, strict=True):
            paragraph += starts_paragraph
            rows.append(Row(row, paragraph - 1, number))
    return rows


def _blocks(boxes: Sequence[Box], members: list[int]) -> list[list[int]]:
    """Split a region at its strongest gutter into above, left, right and below, again and again."""
    if len(members) < 4:
        return [members] if members else []
    best: tuple[int, list[int], list[int]] | None = None
    height = median(boxes[i].height for i in members)
    rows = _rows(boxes, members)
    for x in sorted({boxes[i].right for i in members}):
        for left, right in _sides(boxes, rows, x, x + GUTTER * height):
            share = min(len(left), len(right))
            if (best is None or share > best[0]) and _are_columns(boxes, left, right, height):
                best = share, left, right
    if best is None:
        return [members]
    _, left, right = best
    inside = set(left) | set(right)
    top = min(boxes[i].top for i in inside)
    rest = [i for i in members if i not in inside]
    above = [i for i in rest if boxes[i].top < top]
    below = [i for i in rest if boxes[i].top >= top]
    return [block for part in (above, left, right, below) for block in _blocks(boxes, part)]


def _sides(
    boxes: Sequence[Box], rows: list[list[int]], start: float, end: float
) -> Iterator[tuple[list[int], list[int]]]:
    """What stands left and right of a vertical strip, for each band between the rows that cross it."""
    left: list[int] = []
    right: list[int] = []
    for row in [*rows, []]:
        if row and all(boxes[i].right <= start or boxes[i].left >= end for i in row):
            left += [i for i in row if boxes[i].right <= start]
            right += [i for i in row if boxes[i].left >= end]
        else:
            if min(len(left), len(right)) >= FEWEST_ROWS:
                yield left, right
            left, right = [], []


def _are_columns(boxes: Sequence[Box], left: list[int], right: list[int], height: float) -> bool:
    """Tell columns from the cells of a table and from messages that answer each other."""
    rows = [_rows(boxes, side) for side in (left, right)]
    sides = [_spans(boxes, side) for side in rows]
    fewer, more = sorted(sides, key=len)
    if len(fewer) < FEWEST_ROWS:
        return False
    beside = [[m for m in more if _overlap(f, m) > 0.2] for f in fewer]
    if sum(map(bool, beside)) < CONCURRENT * len(fewer):
        return False
    level = sum(any(_overlap(f, m) > SAME_LEVEL for m in ms) for f, ms in zip(fewer, beside, strict=True))
    return level < ALIGNED * len(fewer) or all(_is_prose(boxes, side, height) for side in rows)


def _overlap(a: Box, b: Box) -> float:
    """The share of the lower box that stands beside the other."""
    return (min(a.bottom, b.bottom) - max(a.top, b.top)) / min(a.height, b.height)


def _is_prose(boxes: Sequence[Box], rows: list[list[int]], height: float) -> bool:
    """Tell whether rows are running text: at least three, not in cells, long, close together, from one left edge."""
    lines = [boxes[row[0]] for row in rows if len(row) == 1]
    if len(lines) < max(3, 0.7 * len(rows)) or median(line.width for line in lines) < PROSE_WIDTH * height:
        return False
    pitch = median((b.top + b.bottom - a.top - a.bottom) / 2 for a, b in pairwise(lines))
    edge = median(line.left for line in lines)
    return pitch < PROSE_PITCH * height and sum(abs(line.left - edge) < height for line in lines) > 0.6 * len(lines)


def _rows(boxes: Sequence[Box], members: list[int]) -> list[list[int]]:
    """Group boxes that share a base line, top to bottom, each row from left to right."""
    rows: list[list[int]] = []
    for i in sorted(members, key=lambda i: (boxes[i].top + boxes[i].bottom, boxes[i].left)):
        for row in reversed(rows[-3:]):
            if all(_share_row(boxes[i], boxes[j]) for j in row):
                row.append(i)
                break
        else:
            rows.append([i])
    for row in rows:
        row.sort(key=lambda i: boxes[i].left)
    return rows


def _share_row(a: Box, b: Box) -> bool:
    return _overlap(a, b) > 0.5 and min(a.right, b.right) - max(a.left, b.left) < 0.5 * min(a.height, b.height)


def _spans(boxes: Sequence[Box], rows: list[list[int]]) -> list[Box]:
    """The box around each row."""
    return [around(boxes[i] for i in row) for row in rows]


def _paragraph_starts(boxes: Sequence[Box], rows: list[list[int]]) -> list[bool]:
    """Whether each row of a block begins a paragraph: by more space than usual above it, or another size."""
    spans = _spans(boxes, rows)
    gaps = [below.top - above.bottom for above, below in pairwise(spans)]
    usual = median(gaps) if gaps else 0
    starts = [True] * min(1, len(rows))
    for (above, below), gap in zip(pairwise(spans), gaps, strict=True):
        sizes = sorted((above.height, below.height))
        smaller = max(1, sizes[0])
        starts.append(gap > usual + NEW_PARAGRAPH * smaller or sizes[1] > OTHER_SIZE * smaller)
    return starts
