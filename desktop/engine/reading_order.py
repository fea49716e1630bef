"""The order in which a page is read: boxes to blocks, columns and rows; pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from desktop.job import Box

GUTTER = 1.0  # the least width of the gap between columns, in line heights
CONCURRENT = 0.5  # the share of rows that must have text beside them for columns
ALIGNED = 0.7  # the share of rows on one base line that makes a table
PROSE_WIDTH = 8.0  # the median width of running text, in line heights
PROSE_PITCH = 1.5  # the line pitch of running text, in line heights
NEW_PARAGRAPH = 0.5  # extra space before a paragraph, in line heights
OTHER_SIZE = 1.3  # a line that is so much taller begins a paragraph


@dataclass(slots=True)
class Row:
    """Boxes that stand side by side: their indices from left to right, and the paragraph they belong to."""

    boxes: list[int] = field(default_factory=list)
    paragraph: int = 0


def arrange(boxes: Sequence[Box]) -> list[Row]:
    """Rows in reading order; each index of `boxes` appears once. Columns are read one after the other."""
    rows: list[Row] = []
    paragraph = 0
    for block in _blocks(boxes, list(range(len(boxes)))):
        found = _rows(boxes, block)
        starts = _paragraph_starts(boxes, found)
        for row, starts_paragraph in zip(found, starts, strict=True):
            paragraph += starts_paragraph
            rows.append(Row(row, paragraph - 1))
    return rows


def _blocks(boxes: Sequence[Box], members: list[int]) -> list[list[int]]:
    """Split a region at its strongest gutter into above, left, right and below, again and again."""
    if len(members) < 4:
        return [members] if members else []
    best: tuple[int, list[int], list[int]] | None = None
    height = median(boxes[i].height for i in members)
    for x in sorted({boxes[i].right for i in members}):
        for left, right in _sides(boxes, members, x, x + GUTTER * height):
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


def _sides(boxes: Sequence[Box], members: list[int], start: float, end: float) -> list[tuple[list[int], list[int]]]:
    """What stands left and right of a vertical strip, for each band between the boxes that cross it."""
    bands: list[tuple[list[int], list[int]]] = [([], [])]
    for i in sorted(members, key=lambda i: boxes[i].top + boxes[i].bottom):
        if boxes[i].right <= start:
            bands[-1][0].append(i)
        elif boxes[i].left >= end:
            bands[-1][1].append(i)
        elif bands[-1][0] or bands[-1][1]:
            bands.append(([], []))
    return [(left, right) for left, right in bands if len(left) > 1 and len(right) > 1]


def _are_columns(boxes: Sequence[Box], left: list[int], right: list[int], height: float) -> bool:
    """Tell columns from the cells of a table and from messages that answer each other."""
    sides = [_spans(boxes, _rows(boxes, side)) for side in (left, right)]
    fewer, more = sorted(sides, key=len)
    if len(fewer) < 2:
        return False
    beside = [[m for m in more if min(f.bottom, m.bottom) - max(f.top, m.top) > 0.2 * height] for f in fewer]
    if sum(map(bool, beside)) < CONCURRENT * len(fewer):
        return False
    level = sum(any(abs(f.top + f.bottom - m.top - m.bottom) < 0.4 * height for m in ms)
                for f, ms in zip(fewer, beside, strict=True))  # fmt: skip
    return level < ALIGNED * len(fewer) or all(_is_prose(side, height) for side in sides)


def _is_prose(rows: list[Box], height: float) -> bool:
    """Tell whether rows are running text: at least three, long, close together, starting at one edge."""
    if len(rows) < 3 or median(r.width for r in rows) < PROSE_WIDTH * height:
        return False
    pitch = median((b.top + b.bottom - a.top - a.bottom) / 2 for a, b in pairwise(rows))
    edge = median(r.left for r in rows)
    return pitch < PROSE_PITCH * height and sum(abs(r.left - edge) < height for r in rows) > 0.6 * len(rows)


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
    smaller = min(a.height, b.height)
    level = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * smaller
    return level and min(a.right, b.right) - max(a.left, b.left) < 0.5 * smaller


def _spans(boxes: Sequence[Box], rows: list[list[int]]) -> list[Box]:
    """The box around each row."""
    return [
        Box(
            min(boxes[i].left for i in row),
            min(boxes[i].top for i in row),
            max(boxes[i].right for i in row),
            max(boxes[i].bottom for i in row),
        )
        for row in rows
    ]


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
