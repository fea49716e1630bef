"""Figures and percentiles."""

import json

import pytest

from desktop.bench.report import Figure, percentile, print_figures, sheet_of


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


def test_goals_of_what_should_be_more() -> None:
    """A rate must not fall below its goal, at the precision that is shown."""
    assert Figure("x", "1/s", 4.196, 4.2, more_is_better=True, digits=2).reached
    assert not Figure("x", "1/s", 4.19, 4.2, more_is_better=True, digits=2).reached
    assert Figure("x", "1/s", 1, 4.2, limit=9, more_is_better=True).bounds == ("≥ 4.2", "≤ 9.0")
    assert Figure("x", "ms", 1, 50, limit=29.04).bounds == ("≤ 50", "≥ 29.0")
    assert Figure("x", "ms", 1).bounds == ("", "")


def test_columns_that_nothing_fills_are_left_out() -> None:
    """Neither goal nor limit nor verdict, where no figure has any."""
    plain = sheet_of("Times", [Figure("a", "ms", 1.04), Figure("b", "ms", 2)])
    assert plain.headings == ("figure", "unit", "measured", "samples")
    assert plain.rows[0] == ("a", "ms", "1.0", "1")
    bound = sheet_of("Times", [Figure("a", "ms", 1, limit=0.5), Figure("b", "ms", 2, goal=1)])
    assert bound.headings == ("figure", "unit", "measured", "goal", "limit", "samples", "")
    assert bound.rows == (("a", "ms", "1.0", "", "≥ 0.5", "1", ""), ("b", "ms", "2.0", "≤ 1", "", "1", "missed"))


def test_markdown() -> None:
    """Every row has as many cells as the head."""
    lines = sheet_of("Times", [Figure("a", "ms", 1234.5)]).markdown.splitlines()
    assert lines == [
        "### Times",
        "",
        "| figure | unit | measured | samples |",
        "| --- | ---: | ---: | ---: |",
        "| a | ms | 1,234.5 | 1 |",
    ]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures are a list, each with all it holds."""
    print_figures([Figure("a", "ms", 1.25, limit=1)], as_json=True)
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["name"], told["value"], told["limit"], told["goal"]) == ("a", 1.25, 1, None)
