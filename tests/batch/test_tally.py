"""How far a batch is, in numbers and words."""

from desktop.batch.tally import Pace, Tally


def test_everything_is_counted() -> None:
    """What was answered before, what came, what failed, what is left."""
    pace = Pace(total=10, skipped=2)
    assert (pace.tally.left, pace.tally.share, pace.tally.seconds_left) == (8, 0.2, None)
    for failure in ("", "x.png is empty.", ""):
        pace.count(failure)
    tally = pace.tally
    assert (tally.answered, tally.failures, tally.left, tally.share) == (2, ("x.png is empty.",), 5, 0.5)
    assert tally.seconds_left is not None
    assert tally.seconds_left >= 0
    for _rest in range(5):
        pace.count()
    assert (pace.tally.left, pace.tally.share, pace.tally.seconds_left) == (0, 1.0, 0)


def test_time_left_follows_the_pace_after_the_first_picture() -> None:
    """The first one may have waited for the engine: it is not taken for the pace."""
    pace = Pace(total=5, skipped=0)
    pace._start -= 100
    assert 390 < (pace.count().seconds_left or 0) < 410
    assert pace._first is not None
    pace._first -= 2
    assert 5.9 < (pace.count().seconds_left or 0) < 6.5


def test_words() -> None:
    assert Tally(3).words == "0 of 3 answered"
    assert Tally(9, 2, 3, ("bad",), 125).words == "5 of 9 answered (2 of them before), 1 failed, 2 min left"
    assert Tally(1, 0, 1, (), 0).words == "1 of 1 answered"
