"""How many tokens a step verifies, by the times of steps before."""

from collections.abc import Mapping

import pytest

from desktop.engine.qwen.pace import WIDEST, WIDTHS, Pace

MEMORY_BOUND = {1: 0.010, 4: 0.011, 8: 0.012, 16: 0.013}
BOUND_BY_ARITHMETIC = {width: 0.010 * width for width in WIDTHS[1]}


def learn(pace: Pace, seconds: Mapping[int, float], chance: float, steps: int) -> list[int]:
    """The widths of so many steps of one request, each of which takes its seconds."""
    widths = []
    for _ in range(steps):
        widths.append(pace.choose(1, [chance]))
        pace.feed(1, widths[-1], seconds[widths[-1]])
    return widths


def test_without_a_draft_there_is_nothing_to_verify() -> None:
    """Whatever was seen."""
    assert Pace().choose(1, [0.0]) == 1


def test_where_steps_take_the_same_likely_drafts_are_verified_whole() -> None:
    """And of unlikely ones less, where that is quicker at all."""
    pace = Pace()
    widths = learn(pace, MEMORY_BOUND, 0.95, 500)
    assert widths.count(WIDEST) > 480
    assert learn(pace, MEMORY_BOUND, 0.3, 50)[-1] < WIDEST


@pytest.mark.parametrize("chance", [0.3, 0.6])
def test_drafts_that_do_not_pay_are_left(chance: float) -> None:
    """Each width is tried, and now and then once more."""
    widths = learn(Pace(), BOUND_BY_ARITHMETIC, chance, 2000)
    time_spent = sum(BOUND_BY_ARITHMETIC[width] for width in widths)
    tokens = sum(sum(chance**place for place in range(width)) for width in widths)
    assert tokens / time_spent > 0.97 / BOUND_BY_ARITHMETIC[1]


def test_what_was_slow_once_is_tried_again() -> None:
    """A game ran beside it, while it verified drafts and no longer."""
    pace = Pace()
    busy = {width: seconds * 20 for width, seconds in MEMORY_BOUND.items()}
    for width in WIDTHS[1]:
        pace.feed(1, width, busy[width])
    for _ in range(20):
        pace.feed(1, 1, MEMORY_BOUND[1])
    assert pace.choose(1, [0.95]) == 1
    assert learn(pace, MEMORY_BOUND, 0.95, 2000)[-50:].count(WIDEST) > 45
