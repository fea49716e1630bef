"""Screens, regions, drags and handles in logical and device pixels; pure, without Qt."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from desktop.job import Box


class Point(NamedTuple):
    """A pixel, counted from the origin that its user names."""

    x: int
    y: int


class Handle(Enum):
    """What of a selection is held: its value says which side moves, -1 the low one, 1 the high one, 0 none."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    LEFT = (-1, 0)
    INSIDE = (0, 0)
    RIGHT = (1, 0)
    BOTTOM_LEFT = (-1, 1)
    BOTTOM = (0, 1)
    BOTTOM_RIGHT = (1, 1)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: `logical` is its place on the desktop as Qt counts, `device` the same place in pixels of the hardware.

    `scale` is device pixels per logical pixel. Both boxes may begin below zero. A box "of the picture" is in device
    pixels and begins at the screen's own top left corner.
    """

    name: str
    logical: Box
    scale: float
    device: Box

    @property
    def picture(self) -> Box:
        """The whole picture of this screen."""
        return Box(0, 0, self.device.width, self.device.height)

    def to_device(self, region: Box) -> Box:
        """The pixels of the picture whose centres lie in a region of the desktop: neighbours share none, and miss none.

        The region is clamped to this screen; the answer holds one pixel at least.
        """
        left, right = self._span(region.left, region.right, self.logical.left, self.logical.width, self.device.width)
        top, bottom = self._span(region.top, region.bottom, self.logical.top, self.logical.height, self.device.height)
        return Box(left, top, right, bottom)

    def to_logical(self, box: Box) -> Box:
        """The smallest region of the desktop that covers a box of the picture."""
        return Box(
            self.logical.left + math.floor(box.left / self.scale),
            self.logical.top + math.floor(box.top / self.scale),
            self.logical.left + math.ceil(box.right / self.scale),
            self.logical.top + math.ceil(box.bottom / self.scale),
        )

    def pixel_at(self, x: float, y: float) -> Point:
        """The pixel of the picture under a point counted in logical pixels from the screen's corner; clamped."""
        return clamp_point(Point(_floor(x * self.scale), _floor(y * self.scale)), self.picture)

    def _span(self, low: int, high: int, origin: int, length: int, pixels: int) -> tuple[int, int]:
        """One axis of `to_device`; the far edge of the screen is the last pixel, however the scale rounds."""
        edges = (pixels if edge - origin >= length else self._edge(edge - origin, pixels) for edge in (low, high))
        first, last = edges
        first = min(first, pixels - 1)
        return first, max(last, first + 1)

    def _edge(self, offset: int, pixels: int) -> int:
        return min(max(math.ceil(offset * self.scale - 0.5), 0), pixels)


def _floor(value: float) -> int:
    """Round down, forgiving what a division by the scale lost in the last digits."""
    return math.floor(value + 1e-6)


def point_at(x: float, y: float, origin: Box) -> Point:
    """The point of the desktop at a place counted in logical pixels from the corner of `origin`."""
    return Point(origin.left + _floor(x), origin.top + _floor(y))


def holds(box: Box, point: Point) -> bool:
    """True where the point is one of the pixels of the box."""
    return box.left <= point.x < box.right and box.top <= point.y < box.bottom


def clamp_point(point: Point, bounds: Box) -> Point:
    """The nearest pixel of `bounds`."""
    return Point(
        min(max(point.x, bounds.left), bounds.right - 1),
        min(max(point.y, bounds.top), bounds.bottom - 1),
    )


def clamp(box: Box, bounds: Box) -> Box:
    """The part of a box that lies in `bounds`; empty (never negative) where there is none."""
    left, top = max(box.left, bounds.left), max(box.top, bounds.top)
    return Box(left, top, max(min(box.right, bounds.right), left), max(min(box.bottom, bounds.bottom), top))


def grown(box: Box, by: int) -> Box:
    """The box with a margin on every side."""
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def box_of_drag(start: Point, end: Point, bounds: Box) -> Box:
    """The half-open box between two points, in any direction: a drag over 600 pixels is 600 wide.

    A pointer on the last pixel of the screen stands for the edge behind it, which no pointer reaches.
    """
    xs = sorted(_far_edge(p.x, bounds.left, bounds.right) for p in (start, end))
    ys = sorted(_far_edge(p.y, bounds.top, bounds.bottom) for p in (start, end))
    return Box(xs[0], ys[0], xs[1], ys[1])


def _far_edge(value: int, low: int, high: int) -> int:
    return high if value >= high - 1 else max(value, low)


def moved(box: Box, dx: int, dy: int, bounds: Box) -> Box:
    """The box pushed along, as far as the bounds let it, at its own size."""
    dx = min(max(dx, bounds.left - box.left), bounds.right - box.right)
    dy = min(max(dy, bounds.top - box.top), bounds.bottom - box.bottom)
    return Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)


def resized(box: Box, handle: Handle, dx: int, dy: int, bounds: Box) -> Box:
    """The box after one of its handles went by (dx, dy): it may turn over, and keeps one pixel each way."""
    across, down = handle.value
    left, right = _stretched(box.left, box.right, across, dx, (bounds.left, bounds.right))
    top, bottom = _stretched(box.top, box.bottom, down, dy, (bounds.top, bounds.bottom))
    return Box(left, top, right, bottom)


def _stretched(low: int, high: int, side: int, by: int, limits: tuple[int, int]) -> tuple[int, int]:
    if side == 0:
        return low, high
    still, held = (high, low) if side < 0 else (low, high)
    held = min(max(held + by, limits[0]), limits[1])
    if held == still:
        held += 1 if still < limits[1] and (side > 0 or still <= limits[0]) else -1
    return min(still, held), max(still, held)


def handle_at(box: Box, point: Point, reach: int) -> Handle | None:
    """What of a selection a point takes hold of: a side or corner within `reach` of it, its inside, or nothing."""
    across = _side(point.x, box.left, box.right, reach)
    down = _side(point.y, box.top, box.bottom, reach)
    return None if across is None or down is None else Handle((across, down))


def _side(value: int, low: int, high: int, reach: int) -> int | None:
    inward = min(reach, (high - low) // 4)
    if low - reach <= value <= low + inward:
        return -1
    if high - inward <= value <= high + reach:
        return 1
    return 0 if low <= value < high else None


def screen_at(screens: Iterable[Screen], point: Point) -> Screen | None:
    """The screen that holds a point of the desktop, else the nearest one; None where there are no screens."""
    return min(screens, key=lambda screen: _distance(screen.logical, point), default=None)


def _distance(box: Box, point: Point) -> int:
    nearest = clamp_point(point, box)
    return abs(nearest.x - point.x) + abs(nearest.y - point.y)
