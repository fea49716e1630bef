"""Where the size label and the magnifier stand: pure, in any one unit."""

from desktop.capture.geometry import Point, moved
from desktop.job import Box


def beside_cursor(cursor: Point, size: Point, gap: int, heading: Point, bounds: Box) -> Box:
    """A box of `size`, `gap` away from the cursor on the side of `heading`, or on the other where there is no room."""
    left = _aside(cursor.x, size.x, gap, heading.x, (bounds.left, bounds.right))
    top = _aside(cursor.y, size.y, gap, heading.y, (bounds.top, bounds.bottom))
    return moved(Box(left, top, left + size.x, top + size.y), 0, 0, bounds)


def _aside(at: int, length: int, gap: int, side: int, limits: tuple[int, int]) -> int:
    after, before = at + gap, at - gap - length
    if side >= 0:
        return after if after + length <= limits[1] else before
    return before if before >= limits[0] else after


def at_selection(selection: Box, size: Point, gap: int, bounds: Box) -> Box:
    """A box of `size` above the selection's left corner, else below it, else inside it."""
    left = selection.left
    tops = (selection.top - gap - size.y, selection.bottom + gap, selection.top + gap)
    fitting = (top for top in tops if bounds.top <= top and top + size.y <= bounds.bottom)
    top = next(fitting, bounds.top)
    return moved(Box(left, top, left + size.x, top + size.y), 0, 0, bounds)


def at_foot(size: Point, gap: int, bounds: Box) -> Box:
    """A box of `size` in the middle above the lower edge."""
    left = (bounds.left + bounds.right - size.x) // 2
    top = bounds.bottom - gap - size.y
    return moved(Box(left, top, left + size.x, top + size.y), 0, 0, bounds)
