"""The magnifier and the label stay on the screen and off the cursor."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.capture.geometry import Point, clamp, holds
from desktop.capture.placement import at_foot, at_selection, beside_cursor
from desktop.job import Box

BOUNDS = Box(0, 0, 800, 600)
SIZE = Point(136, 162)
signs = st.sampled_from((-1, 1))


@given(st.integers(0, 799), st.integers(0, 599), signs, signs)
def test_the_magnifier_is_on_the_screen_and_off_the_cursor(x: int, y: int, across: int, down: int) -> None:
    box = beside_cursor(Point(x, y), SIZE, 22, Point(across, down), BOUNDS)
    assert clamp(box, BOUNDS) == box
    assert (box.width, box.height) == SIZE
    assert not holds(box, Point(x, y))


def test_the_magnifier_stands_where_the_drag_heads() -> None:
    box = beside_cursor(Point(400, 300), SIZE, 22, Point(-1, -1), BOUNDS)
    assert (box.right, box.bottom) == (378, 278)


@given(st.integers(0, 799), st.integers(0, 599), st.integers(1, 800), st.integers(1, 600))
def test_the_label_is_on_the_screen(left: int, top: int, width: int, height: int) -> None:
    selection = clamp(Box(left, top, left + width, top + height), BOUNDS)
    box = at_selection(selection, Point(100, 26), 8, BOUNDS)
    assert clamp(box, BOUNDS) == box


def test_the_label_stands_above_else_below_else_inside() -> None:
    size = Point(100, 26)
    assert at_selection(Box(50, 100, 300, 200), size, 8, BOUNDS) == Box(50, 66, 150, 92)
    assert at_selection(Box(50, 10, 300, 200), size, 8, BOUNDS) == Box(50, 208, 150, 234)
    assert at_selection(Box(50, 10, 300, 599), size, 8, BOUNDS) == Box(50, 18, 150, 44)


def test_the_hint_stands_at_the_foot() -> None:
    assert at_foot(Point(200, 30), 48, BOUNDS) == Box(300, 522, 500, 552)
