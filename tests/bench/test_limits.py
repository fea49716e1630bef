"""Arithmetic, bytes and floors of the 7B, against figures that were worked out by hand."""

from dataclasses import replace

import pytest

from desktop.bench.goals import GOALS, goals_for
from desktop.bench.limits import (
    Limits,
    bytes_a_token,
    head_parameters,
    kv_bytes,
    language_flop,
    layer_parameters,
    vision_flop,
)
from desktop.bench.random_model import SHAPES
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.loader import weight_bytes
from desktop.engine.smart_resize import MAX_PIXELS, MIN_PIXELS, smart_resize

SEVEN = SHAPES["7b"]
WORDS = 40  # tokens of a prompt beside the picture's
RTX_4090 = Limits(SEVEN, 2, copied=1008e9, multiplied=165e12)
H200 = Limits(SEVEN, 2, copied=4.28e12, multiplied=800e12)


def grid_of(width: int, height: int) -> Grid:
    wide, high = smart_resize(width, height, SEVEN.vision.factor, MIN_PIXELS, MAX_PIXELS)
    return Grid(high // SEVEN.vision.patch, wide // SEVEN.vision.patch)


def tokens_of(grid: Grid) -> int:
    return grid.rows * grid.columns // SEVEN.vision.merge**2 + WORDS


@pytest.mark.parametrize(
    ("size", "pads", "vision", "language"),
    [((1280, 720), 1196, 6.7, 15.9), ((1920, 1080), 2691, 16.3, 35.8)],
)
def test_arithmetic(size: tuple[int, int], pads: int, vision: float, language: float) -> None:
    grid = grid_of(*size)
    assert tokens_of(grid) - WORDS == pads
    assert vision_flop(SEVEN.vision, grid) / 1e12 == pytest.approx(vision, abs=0.06)
    assert language_flop(SEVEN.language, tokens_of(grid)) / 1e12 == pytest.approx(language, abs=0.1)


@pytest.mark.parametrize(("size", "pads", "both"), [((2560, 1440), 4641, 94.3), ((3840, 2160), 10549, 246.1)])
def test_arithmetic_of_large_pictures(size: tuple[int, int], pads: int, both: float) -> None:
    grid = grid_of(*size)
    assert tokens_of(grid) - WORDS == pads
    done = vision_flop(SEVEN.vision, grid) + language_flop(SEVEN.language, tokens_of(grid))
    assert done / 1e12 == pytest.approx(both, rel=0.01)


def test_parameters_and_bytes() -> None:
    assert layer_parameters(SEVEN.language) / 1e9 == pytest.approx(6.526, abs=0.001)
    assert head_parameters(SEVEN.language) / 1e9 == pytest.approx(0.545, abs=0.001)
    assert weight_bytes(SEVEN, 2) / 2**30 == pytest.approx(15.45, abs=0.01)
    assert bytes_a_token(SEVEN, 2) / 1e9 == pytest.approx(14.14, abs=0.01)
    assert bytes_a_token(replace(SEVEN, kind="awq"), 2) / 1e9 == pytest.approx(4.56, abs=0.01)
    assert bytes_a_token(replace(SEVEN, kind="int8"), 2) / 1e9 == pytest.approx(7.62, abs=0.01)
    assert kv_bytes(SEVEN.language, 2) == 57344


def test_floors() -> None:
    small, large = grid_of(1280, 720), grid_of(1920, 1080)
    assert RTX_4090.each_s * 1000 == pytest.approx(14.0, abs=0.05)
    assert H200.each_s * 1000 == pytest.approx(3.3, abs=0.05)
    assert RTX_4090.first_s(small, tokens_of(small)) * 1000 == pytest.approx(136, abs=1)
    assert RTX_4090.first_s(large, tokens_of(large)) * 1000 == pytest.approx(316, abs=1)
    assert H200.first_s(small, tokens_of(small)) * 1000 == pytest.approx(28, abs=0.5)
    assert H200.first_s(large, tokens_of(large)) * 1000 == pytest.approx(65, abs=1.5)


def test_a_short_prompt_still_reads_every_weight() -> None:
    assert H200.prefill_s(10) == H200.each_s
    assert H200.prefill_s(5000) > 10 * H200.each_s


def test_rates_are_bound_by_one_answer_first_and_by_arithmetic_then() -> None:
    grid = grid_of(1280, 720)
    tokens = tokens_of(grid)
    whole, first = H200.whole_s(grid, tokens, 48), H200.first_s(grid, tokens)
    assert H200.rate(grid, tokens, 48, 1) == pytest.approx(1 / whole)
    assert H200.rate(grid, tokens, 48, 3) == pytest.approx(3 / whole)
    assert H200.rate(grid, tokens, 48, 12) == pytest.approx(1 / first)


def test_windows_at_the_edge_count_as_small_as_they_are() -> None:
    """Ten rows are a window of eight and one of two."""
    ten, eight, two = (vision_flop(SEVEN.vision, Grid(rows, 8)) for rows in (10, 8, 2))
    full = len(SEVEN.vision.full_blocks) * 4 * SEVEN.vision.hidden
    across = full * (80**2 - 64**2 - 16**2)  # what blocks without windows see between the two
    assert ten == pytest.approx(eight + two + across)


def test_goals_belong_to_a_card_and_the_7b() -> None:
    assert goals_for("NVIDIA H200", "7b") == GOALS["H200", "7b"]
    assert goals_for("NVIDIA GeForce RTX 4090", "7b")["rate 12"] == 4.21
    assert goals_for("NVIDIA H200", "3b") == goals_for("NVIDIA H100 80GB HBM3", "7b") == {}
