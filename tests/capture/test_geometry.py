"""Regions, drags and handles, for every scale and origin."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.capture.geometry import (
    Handle,
    Point,
    Screen,
    box_of_drag,
    clamp,
    handle_at,
    holds,
    moved,
    point_at,
    resized,
    screen_at,
)
from desktop.job import Box

SCALES = (1.0, 1.25, 1.5, 2.0)
offsets = st.integers(-4000, 4000)


@st.composite
def screens(draw: st.DrawFn) -> Screen:
    """A screen of any scale and origin, whose logical size is rounded as Qt rounds it."""
    scale = draw(st.sampled_from(SCALES))
    left, top = draw(offsets), draw(offsets)
    width, height = draw(st.integers(40, 900)), draw(st.integers(40, 900))
    logical = Box(left, top, left + round(width / scale), top + round(height / scale))
    return Screen("A", logical, scale, Box(left, top, left + width, top + height))


@st.composite
def dragged(draw: st.DrawFn) -> tuple[Screen, Point, Point]:
    """A screen and two points on it, in any order."""
    screen = draw(screens())
    xs = st.integers(screen.logical.left, screen.logical.right - 1)
    ys = st.integers(screen.logical.top, screen.logical.bottom - 1)
    return screen, Point(draw(xs), draw(ys)), Point(draw(xs), draw(ys))


@st.composite
def selected(draw: st.DrawFn) -> tuple[Box, Box]:
    """A box and the bounds it lies in."""
    bounds = draw(screens()).logical
    left, top = draw(st.integers(bounds.left, bounds.right - 1)), draw(st.integers(bounds.top, bounds.bottom - 1))
    right, bottom = draw(st.integers(left + 1, bounds.right)), draw(st.integers(top + 1, bounds.bottom))
    return Box(left, top, right, bottom), bounds


@given(dragged())
def test_a_pixel_is_in_the_crop_where_its_centre_is_in_the_region(case: tuple[Screen, Point, Point]) -> None:
    screen, start, end = case
    region = box_of_drag(start, end, screen.logical)
    cut = screen.to_device(region)
    inside = [
        x
        for x in range(screen.device.width)
        if region.left <= screen.logical.left + (x + 0.5) / screen.scale < region.right
        or (region.right == screen.logical.right and (x + 0.5) / screen.scale >= region.right - screen.logical.left)
    ]
    if region.width > 0:
        assert [*range(cut.left, cut.right)] == inside


@given(screens())
def test_the_whole_screen_is_the_whole_picture(screen: Screen) -> None:
    assert screen.to_device(screen.logical) == screen.picture


@given(screens(), st.data())
def test_neighbours_share_no_pixel_and_lose_none(screen: Screen, data: st.DataObject) -> None:
    middle = data.draw(st.integers(screen.logical.left + 1, screen.logical.right - 1))
    first = screen.to_device(screen.logical._replace(right=middle))
    second = screen.to_device(screen.logical._replace(left=middle))
    assert first.right == second.left


@given(screens(), st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(0, 900), st.integers(0, 900))
def test_a_crop_never_leaves_the_picture_nor_is_empty(screen: Screen, left: int, top: int, w: int, h: int) -> None:
    cut = screen.to_device(Box(left, top, left + w, top + h))
    assert cut.width >= 1
    assert cut.height >= 1
    assert clamp(cut, screen.picture) == cut


@given(screens(), st.data())
def test_logical_boxes_cover_what_they_stand_for(screen: Screen, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, screen.device.width - 1))
    top = data.draw(st.integers(0, screen.device.height - 1))
    box = Box(left, top, left + 1, top + 1)
    region = screen.to_logical(box)
    assert (region.left - screen.logical.left) * screen.scale <= left
    assert (region.right - screen.logical.left) * screen.scale >= left + 1
    x, y = (left + 0.0) / screen.scale, top / screen.scale
    assert screen.pixel_at(x, y) == Point(left, top)
    assert holds(region, point_at(x, y, screen.logical))


@given(dragged())
def test_a_drag_is_the_same_in_any_direction(case: tuple[Screen, Point, Point]) -> None:
    screen, start, end = case
    box = box_of_drag(start, end, screen.logical)
    assert box == box_of_drag(end, start, screen.logical)
    assert box == box_of_drag(Point(start.x, end.y), Point(end.x, start.y), screen.logical)
    assert clamp(box, screen.logical) == box


def test_a_drag_over_600_pixels_is_600_wide() -> None:
    assert box_of_drag(Point(10, 10), Point(610, 20), Box(0, 0, 1920, 1080)) == Box(10, 10, 610, 20)


def test_a_drag_into_the_corner_reaches_the_last_pixel() -> None:
    assert box_of_drag(Point(-50, -9), Point(1919, 1079), Box(0, 0, 1920, 1080)) == Box(0, 0, 1920, 1080)


@given(selected(), offsets, offsets)
def test_a_pushed_box_keeps_its_size_and_stays(case: tuple[Box, Box], dx: int, dy: int) -> None:
    box, bounds = case
    pushed = moved(box, dx, dy, bounds)
    assert (pushed.width, pushed.height) == (box.width, box.height)
    assert clamp(pushed, bounds) == pushed


@given(selected(), st.sampled_from(Handle), offsets, offsets)
def test_a_resized_box_stays_and_keeps_a_pixel(case: tuple[Box, Box], handle: Handle, dx: int, dy: int) -> None:
    box, bounds = case
    changed = resized(box, handle, dx, dy, bounds)
    assert changed.width >= 1
    assert changed.height >= 1
    assert clamp(changed, bounds) == changed
    sideways: int = handle.value[0]
    if sideways == 0:
        assert (changed.left, changed.right) == (box.left, box.right)


def test_a_side_pulled_over_the_other_turns_the_box_over() -> None:
    assert resized(Box(10, 10, 20, 20), Handle.LEFT, 25, 0, Box(0, 0, 100, 100)) == Box(20, 10, 35, 20)


@given(selected(), st.sampled_from(Handle))
def test_every_handle_is_hit_at_its_place(case: tuple[Box, Box], handle: Handle) -> None:
    box = case[0]
    if min(box.width, box.height) < 3:
        return
    xs = {-1: box.left, 0: (box.left + box.right) // 2, 1: box.right}
    ys = {-1: box.top, 0: (box.top + box.bottom) // 2, 1: box.bottom}
    assert handle_at(box, Point(xs[handle.value[0]], ys[handle.value[1]]), 8) is handle


def test_nothing_is_hit_away_from_the_box() -> None:
    assert handle_at(Box(100, 100, 200, 200), Point(91, 150), 8) is None
    assert handle_at(Box(100, 100, 200, 200), Point(92, 150), 8) is Handle.LEFT


def test_the_screen_of_a_point_is_the_one_that_holds_it_or_the_nearest() -> None:
    left = Screen("L", Box(-1920, 0, 0, 1080), 1.0, Box(-1920, 0, 0, 1080))
    right = Screen("R", Box(0, 0, 960, 540), 2.0, Box(0, 0, 1920, 1080))
    assert screen_at([left, right], Point(-1, 5)) is left
    assert screen_at([left, right], Point(0, 5)) is right
    assert screen_at([left, right], Point(1500, 900)) is right
    assert screen_at([], Point(0, 0)) is None
