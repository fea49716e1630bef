"""What the mouse and the keys do to the selection: a state machine without Qt."""

from enum import Enum

from desktop.capture.geometry import Handle, Point, Screen, box_of_drag, handle_at, holds, moved, resized
from desktop.job import Box

DRAG_FROM = 4
"""Logical pixels under which a press and release is a click."""

REACH = 8
"""Logical pixels around a side within which the mouse takes hold of it."""


class Stage(Enum):
    """Where a selection stands."""

    IDLE = "idle"
    DRAGGING = "dragging"
    ADJUSTING = "adjusting"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Selection:
    """One selection, from the first press to its end. Points and `box` are in logical pixels of the desktop.

    `box` is None until a drag went far enough to be one. `screen` is where it lies. With `keep`, or Ctrl held at the
    release, a finished drag waits for adjustment instead of being accepted.
    """

    def __init__(self, keep: bool = False) -> None:
        self.stage = Stage.IDLE
        self.screen: Screen | None = None
        self.box: Box | None = None
        self._keep = keep
        self._start = Point(0, 0)
        self._towards = (1, 1)
        self._grip: Handle | None = None
        self._before: tuple[Screen | None, Box | None] = (None, None)

    @property
    def over(self) -> bool:
        """True once it is accepted or cancelled."""
        return self.stage in (Stage.ACCEPTED, Stage.CANCELLED)

    @property
    def heading(self) -> Point:
        """Where the mouse is dragging to, as signs; right and down where it is not dragging."""
        if self.stage is not Stage.DRAGGING or self.box is None or self._grip is Handle.INSIDE:
            return Point(1, 1)
        return Point(*(self._grip.value if self._grip else self._towards))

    def grip_at(self, screen: Screen, point: Point) -> Handle | None:
        """What a press at this point would take hold of; None where it would begin a new selection."""
        if self.stage is not Stage.ADJUSTING or self.box is None or screen is not self.screen:
            return None
        return handle_at(self.box, point, REACH)

    def press(self, screen: Screen, point: Point) -> None:
        """Take hold of the selection under the point, else begin a new one."""
        if self.over:
            return
        self._grip = self.grip_at(screen, point)
        self._before = (self.screen, self.box)
        self._start = point
        self._towards = (1, 1)
        self.screen = screen
        self.box = self.box if self._grip else None
        self.stage = Stage.DRAGGING

    def move(self, point: Point) -> None:
        """Follow the mouse while its button is down."""
        if self.stage is not Stage.DRAGGING or self.screen is None:
            return
        if self._grip:
            self._drag_grip(point)
        else:
            self._drag_new(point)

    def release(self, point: Point, keep: bool = False) -> None:
        """End a drag: accept it, or wait for adjustment where it is to be kept; a mere click changes nothing."""
        if self.stage is not Stage.DRAGGING:
            return
        self.move(point)
        fresh = self._grip is None and self._far(point) and self.box is not None
        if fresh and not (keep or self._keep):
            self.stage = Stage.ACCEPTED
            return
        if not fresh and self._grip is None:
            self.screen, self.box = self._before
        self._grip = None
        self.stage = Stage.ADJUSTING if self.box else Stage.IDLE

    def nudge(self, dx: int, dy: int) -> None:
        """Push the selection along by logical pixels."""
        if self.stage is Stage.ADJUSTING and self.box and self.screen:
            self.box = moved(self.box, dx, dy, self.screen.logical)

    def stretch(self, dx: int, dy: int) -> None:
        """Move its right and bottom sides by logical pixels; it never turns over."""
        if self.stage is Stage.ADJUSTING and self.box and self.screen:
            dx, dy = max(dx, 1 - self.box.width), max(dy, 1 - self.box.height)
            self.box = resized(self.box, Handle.BOTTOM_RIGHT, dx, dy, self.screen.logical)

    def accept(self) -> None:
        """Accept what is selected; nothing happens where nothing is."""
        if self.stage is Stage.ADJUSTING:
            self.stage = Stage.ACCEPTED

    def double_click(self, screen: Screen, point: Point) -> None:
        """Accept the selection under the point, else take the whole screen."""
        if self.stage is Stage.ADJUSTING and self.box and screen is self.screen and holds(self.box, point):
            self.accept()
        else:
            self.take(screen, screen.logical)

    def take(self, screen: Screen, box: Box) -> None:
        """Accept a region that was not dragged."""
        if not self.over:
            self.screen, self.box, self.stage = screen, box, Stage.ACCEPTED

    def cancel(self) -> None:
        """End it without a result."""
        if not self.over:
            self.stage = Stage.CANCELLED

    def _drag_grip(self, point: Point) -> None:
        box = self._before[1]
        if box is None or self.screen is None or self._grip is None:
            return
        dx, dy = point.x - self._start.x, point.y - self._start.y
        if self._grip is Handle.INSIDE:
            self.box = moved(box, dx, dy, self.screen.logical)
        else:
            self.box = resized(box, self._grip, dx, dy, self.screen.logical)

    def _drag_new(self, point: Point) -> None:
        if self.screen is None:
            return
        box = box_of_drag(self._start, point, self.screen.logical)
        drawn = self._far(point) and box.width > 0 and box.height > 0
        self.box = box if drawn else None
        self._towards = (1 if point.x >= self._start.x else -1, 1 if point.y >= self._start.y else -1)

    def _far(self, point: Point) -> bool:
        return max(abs(point.x - self._start.x), abs(point.y - self._start.y)) >= DRAG_FROM
