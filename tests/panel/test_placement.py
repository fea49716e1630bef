"""Where panels stand."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.job import Box
from desktop.panel.placement import overlap, place

SCREENS = [Box(0, 0, 1920, 1080), Box(-1280, 100, 0, 1124), Box(1920, -200, 4480, 1240)]
SIZE = (460, 300)


@st.composite
def regions(draw: st.DrawFn) -> Box:
    """A region anywhere on one of the screens."""
    screen = draw(st.sampled_from(SCREENS))
    left = draw(st.integers(screen.left, screen.right - 2))
    top = draw(st.integers(screen.top, screen.bottom - 2))
    return Box(left, top, draw(st.integers(left + 1, screen.right)), draw(st.integers(top + 1, screen.bottom)))


@given(regions())
def test_whole_on_the_screen_of_the_region(region: Box) -> None:
    """A panel never leaves the screen of its region, and covers it only where no side has room."""
    box = place(SIZE, region, SCREENS, (0, 0))
    screen = next(s for s in SCREENS if s.left <= box.left and box.right <= s.right and s.top <= box.top < s.bottom)
    assert overlap(screen, region) == region.width * region.height
    assert (box.width, box.height) == SIZE
    room = max(region.left - screen.left, screen.right - region.right) >= SIZE[0] + 12
    room |= max(region.top - screen.top, screen.bottom - region.bottom) >= SIZE[1] + 12
    if room:
        assert overlap(box, region) == 0


def test_right_of_the_region_first() -> None:
    """Beside the region, level with its top."""
    assert place(SIZE, Box(100, 200, 500, 400), SCREENS, (0, 0)) == Box(512, 200, 972, 500)


def test_centred_without_a_region() -> None:
    """A picture that was never on the screen brings its panel to the screen of the pointer."""
    box = place(SIZE, None, SCREENS, (-600, 500))
    assert box == Box(-870, 462, -410, 762)


def test_pointer_off_every_screen() -> None:
    """The nearest screen is used while screens come and go."""
    assert place(SIZE, None, SCREENS[:1], (5000, 5000)).left == 730


def test_panels_about_one_region_stand_apart() -> None:
    """Pinned panels do not cover each other, nor the region, while a side of it is free."""
    region, taken = Box(600, 400, 1000, 600), list[Box]()
    for _ in range(4):
        taken.append(place(SIZE, region, SCREENS, (0, 0), taken))
    assert all(overlap(box, other) == 0 for box in taken for other in [*taken, region] if other is not box)
