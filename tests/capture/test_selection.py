"""The selection as a state machine."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.capture.geometry import Handle, Point, Screen
from desktop.capture.selection import Selection, Stage
from desktop.job import Box

SCREEN = Screen("A", Box(-100, 0, 900, 600), 1.0, Box(-100, 0, 900, 600))
OTHER = Screen("B", Box(900, 0, 1500, 600), 1.0, Box(900, 0, 1500, 600))


def drag(selection: Selection, start: Point, end: Point, keep: bool = False, screen: Screen = SCREEN) -> None:
    selection.press(screen, start)
    selection.move(Point((start.x + end.x) // 2, (start.y + end.y) // 2))
    selection.release(end, keep)


def stage_of(selection: Selection) -> str:
    """The stage as a word, which mypy does not remember over a call that changes it."""
    return selection.stage.value


def adjusting() -> Selection:
    selection = Selection(keep=True)
    drag(selection, Point(100, 100), Point(300, 200))
    assert selection.stage is Stage.ADJUSTING
    return selection


def test_a_drag_is_accepted_at_once() -> None:
    selection = Selection()
    assert stage_of(selection) == "idle"
    selection.press(SCREEN, Point(300, 200))
    assert stage_of(selection) == "dragging"
    selection.release(Point(100, 100))
    assert (selection.stage, selection.box, selection.screen) == (Stage.ACCEPTED, Box(100, 100, 300, 200), SCREEN)


def test_ctrl_keeps_it_for_adjustment_until_enter() -> None:
    selection = Selection()
    drag(selection, Point(100, 100), Point(300, 200), keep=True)
    assert stage_of(selection) == "adjusting"
    selection.accept()
    assert stage_of(selection) == "accepted"


def test_a_click_or_a_line_without_area_selects_nothing() -> None:
    selection = Selection()
    drag(selection, Point(100, 100), Point(103, 103))
    assert (selection.stage, selection.box) == (Stage.IDLE, None)
    drag(selection, Point(100, 100), Point(100, 400))
    assert (selection.stage, selection.box) == (Stage.IDLE, None)


def test_a_click_beside_the_selection_leaves_it() -> None:
    selection = adjusting()
    drag(selection, Point(950, 500), Point(951, 501), screen=OTHER)
    assert (selection.stage, selection.box, selection.screen) == (Stage.ADJUSTING, Box(100, 100, 300, 200), SCREEN)


def test_a_drag_beside_the_selection_starts_over() -> None:
    selection = adjusting()
    drag(selection, Point(950, 500), Point(1000, 550), screen=OTHER)
    assert (selection.stage, selection.box, selection.screen) == (Stage.ADJUSTING, Box(950, 500, 1000, 550), OTHER)


def test_a_drag_inside_moves_and_a_handle_resizes_without_accepting() -> None:
    selection = adjusting()
    drag(selection, Point(200, 150), Point(210, 155))
    assert (selection.stage, selection.box) == (Stage.ADJUSTING, Box(110, 105, 310, 205))
    drag(selection, Point(311, 206), Point(321, 216))
    assert (selection.stage, selection.box) == (Stage.ADJUSTING, Box(110, 105, 320, 215))
    assert selection.grip_at(SCREEN, Point(110, 105)) is Handle.TOP_LEFT
    assert selection.grip_at(OTHER, Point(110, 105)) is None


def test_arrows_move_and_stretch() -> None:
    selection = adjusting()
    selection.nudge(-1, 10)
    assert selection.box == Box(99, 110, 299, 210)
    selection.stretch(-1000, 5)
    assert selection.box == Box(99, 110, 100, 215)
    selection.nudge(-1000, -1000)
    assert selection.box == Box(-100, 0, -99, 105)


def test_arrows_and_enter_do_nothing_before_a_selection() -> None:
    selection = Selection()
    selection.nudge(1, 1)
    selection.stretch(1, 1)
    selection.accept()
    assert (selection.stage, selection.box) == (Stage.IDLE, None)


def test_a_double_click_takes_the_screen_but_accepts_a_selection_under_it() -> None:
    selection = Selection()
    selection.double_click(SCREEN, Point(5, 5))
    assert (selection.stage, selection.box) == (Stage.ACCEPTED, SCREEN.logical)
    selection = adjusting()
    selection.double_click(SCREEN, Point(150, 150))
    assert (selection.stage, selection.box) == (Stage.ACCEPTED, Box(100, 100, 300, 200))


def test_the_end_is_final() -> None:
    selection = Selection()
    selection.cancel()
    selection.take(SCREEN, SCREEN.logical)
    drag(selection, Point(100, 100), Point(300, 200))
    assert (selection.stage, selection.box, selection.over) == (Stage.CANCELLED, None, True)


def test_the_magnifier_is_told_where_the_drag_heads() -> None:
    selection = Selection()
    assert selection.heading == Point(1, 1)
    selection.press(SCREEN, Point(300, 300))
    selection.move(Point(200, 400))
    assert selection.heading == Point(-1, 1)


points = st.builds(Point, st.integers(-200, 1000), st.integers(-50, 700))


@given(st.lists(st.tuples(points, points, st.booleans()), max_size=6), st.booleans())
def test_whatever_is_dragged_lies_on_its_screen(drags: list[tuple[Point, Point, bool]], keep: bool) -> None:
    selection = Selection(keep)
    for start, end, held in drags:
        drag(selection, start, end, held)
        if selection.box:
            left, top, right, bottom = selection.box
            assert SCREEN.logical.left <= left < right <= SCREEN.logical.right
            assert SCREEN.logical.top <= top < bottom <= SCREEN.logical.bottom
        assert (selection.box is not None) == (selection.stage in (Stage.ADJUSTING, Stage.ACCEPTED))
