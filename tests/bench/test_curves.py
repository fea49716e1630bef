"""The picture of the curves: as it should look for real figures, and for odd ones."""

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from desktop.bench.curves import HEIGHT, WIDTH, draw_curves
from desktop.bench.level import Crowd, Level
from desktop.bench.report import Figure

MACHINE = {"model": "7b", "device": "a GPU", "precision": "bfloat16", "attention": "sdpa", "cap": "none", "date": ""}
BLUE = (37, 99, 235)


def level(together: int, rate: float, peak: float = 20, goal: float | None = None) -> Level:
    return Level(
        Crowd((1280, 720), together, 5, rate, 0.05 * together, 0.005, 0.3 * together, 1, (), (), 0, 0),
        Figure("rate", "1/s", rate, goal, 5, 36, more_is_better=True),
        Figure("peak", "GiB", peak, None, 5, 16),
        24,
    )


LEVELS = [level(1, 4, 20), level(3, 8, 21), level(6, 12, 22), level(12, 15, 22.5)]


def highest_blue(picture: Image.Image) -> int:
    """The highest row of the first plot in which the measured curve's colour stands."""
    part = picture.crop((100, 0, 640, 660))
    distance = ImageChops.difference(part, Image.new("RGB", part.size, BLUE)).convert("L")
    box = distance.point(lambda value: 255 * (value < 4)).getbbox()
    assert box
    return box[1]


def test_values_decide_where_the_curve_goes() -> None:
    """A dot of 16 pixels stands as high over the axis, at row 654, as its value is in a scale up to 40, at row 242."""
    picture = draw_curves(MACHINE, LEVELS)
    assert picture.size == (WIDTH, HEIGHT)
    same = draw_curves(MACHINE, LEVELS)
    assert ImageChops.difference(picture, same).getbbox() is None
    higher = draw_curves(MACHINE, [*LEVELS[:3], level(12, 19, 22.5)])
    assert highest_blue(picture) == pytest.approx(654 - 412 * 15 / 40 - 8, abs=1.5)
    assert highest_blue(higher) == pytest.approx(654 - 412 * 19 / 40 - 8, abs=1.5)
    changed = ImageChops.difference(picture, higher).getbbox()
    assert changed is not None
    assert changed[2] <= 660  # the other panels do not change


def test_other_sizes_are_no_part_of_the_curves() -> None:
    other = level(12, 5)
    other = replace(other, crowd=replace(other.crowd, size=(1920, 1080)))
    picture, with_other = draw_curves(MACHINE, LEVELS), draw_curves(MACHINE, [*LEVELS, other])
    assert ImageChops.difference(picture, with_other).getbbox() is None


@pytest.mark.parametrize(
    "levels",
    [[level(1, 4)], [level(1, 0), level(3, 0)], [level(1, 1e-6), level(3, 1e6)], [level(1, 4, goal=3), level(3, 9)]],
    ids=["one level", "no rate", "far apart", "a goal for one"],
)
def test_odd_figures_are_drawn_as_well(levels: list[Level]) -> None:
    assert draw_curves(MACHINE, levels).size == (WIDTH, HEIGHT)
