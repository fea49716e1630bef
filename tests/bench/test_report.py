"""Figures and percentiles."""

import pytest

from desktop.bench.report import Figure, percentile, print_figures


def test_percentiles() -> None:
    """Percentiles lie between the values, as numpy's do."""
    assert percentile([3, 1, 2], 50) == 2
    assert percentile([1, 2], 50) == 1.5
    assert percentile(list(map(float, range(101))), 95) == 95
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_goals() -> None:
    """A goal is missed at the precision that is shown."""
    assert Figure("x", "%", 0.04, 0.0).reached
    assert not Figure("x", "%", 0.06, 0.0).reached
    assert Figure("x", "ms", 1e9).reached


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The table names figure, goal and verdict."""
    print_figures([Figure("hotkey to overlay", "ms", 20.04, 30, 5)], as_json=False)
    assert "20.0" in (shown := capsys.readouterr().out)
    assert "reached" in shown
