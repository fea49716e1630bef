"""The curves of one run in one picture: speed, waiting and memory against requests together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from desktop.bench.effort import size_name
from desktop.bench.level import Level
from desktop.bench.pictures.canvas import Canvas, text_width
from desktop.bench.report import Figure

WIDTH, HEIGHT = 2000, 800  # of three panels; twice what a README shows
_PANEL = 640
_INK, _PALE, _GRID = "#1f2933", "#66727f", "#e3e8ee"
_BLUE, _ORANGE, _GREEN, _GREY = "#2563eb", "#d97706", "#0f8a5f", "#94a3b8"
_LARGE, _USUAL, _SMALL = 34, 24, 20
_TOLD = {"precision": "{}", "attention": "attention {}", "cap": "cap {}", "date": "{}"}


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over requests together, written `below` its points or above; a bound is dashed and has none written."""

    name: str
    colour: str
    points: tuple[tuple[float, float], ...]
    bound: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves that share their axes; `unit` stands above the vertical one."""

    title: str
    unit: str
    curves: tuple[Curve, ...]
    logarithmic: bool = False


def draw_curves(machine: Mapping[str, str], levels: Sequence[Level]) -> Image.Image:
    """Panels beside each other, for the size that was measured at every number of requests."""
    usual = [level for level in levels if level.crowd.size == levels[0].crowd.size]
    crowds = [level.crowd for level in usual]
    across = [crowd.together for crowd in crowds]
    rates, peaks = [level.rate for level in usual], [level.peak for level in usual if level.peak]
    room = tuple((level.crowd.together, level.whole) for level in usual if "cap" in machine)
    panels = (
        Panel("Speed", "pictures a second", _bounded(across, rates, "limit of the hardware")),
        Panel("Waiting", "milliseconds, logarithmic", (
            _curve("whole answer", _ORANGE, across, [crowd.whole_s * 1000 for crowd in crowds]),
            _curve("first token", _BLUE, across, [crowd.first_s * 1000 for crowd in crowds], below=True),
            _curve("from token to token", _GREEN, across, [crowd.each_s * 1000 for crowd in crowds]),
        ), logarithmic=True),
        *([Panel("Memory", "GiB at the peak", (
            *_bounded(across, peaks, "weights and answers"),
            *([Curve("all there is", _ORANGE, room, bound=True)] if room else ()),
        ))] if peaks else ()),
    )  # fmt: skip
    canvas = Canvas(WIDTH - (3 - len(panels)) * _PANEL, HEIGHT, "white")
    canvas.text(60, 36, f"{machine['model']} on {machine['device']}", _LARGE, _INK, bold=True)
    size = crowds[0].size
    told = [f"pictures of {size_name(size)}" if size else "the made pictures"]
    told += [sign.format(machine[name]) for name, sign in _TOLD.items() if machine.get(name, "none") != "none"]
    canvas.text(60, 88, "  ·  ".join(told), _USUAL, _PALE)
    for place, panel in enumerate(panels):
        Plot(canvas, panel, 60 + place * _PANEL, 150).draw()
    return canvas.picture


def _bounded(across: Sequence[int], figures: Sequence[Figure], limit: str) -> tuple[Curve, ...]:
    """What was measured, the limit under that name, and the goal, where they are known."""
    limits = [(x, figure.limit) for x, figure in zip(across, figures, strict=True) if figure.limit is not None]
    goals = [(x, figure.goal) for x, figure in zip(across, figures, strict=True) if figure.goal is not None]
    curves = (
        _curve("measured", _BLUE, across, [figure.value for figure in figures], below=True),
        Curve(limit, _GREY, tuple(limits), bound=True),
        Curve("goal", _GREEN, tuple(goals), bound=True),
    )
    return tuple(curve for curve in curves if curve.points)


def _curve(name: str, colour: str, across: Sequence[int], values: Sequence[float], below: bool = False) -> Curve:
    return Curve(name, colour, tuple(zip(map(float, across), values, strict=True)), below=below)


class Plot:
    """One panel on a canvas, its left top corner at a place."""

    width, height = 580, 560

    def __init__(self, canvas: Canvas, panel: Panel, left: int, top: int) -> None:
        self._canvas, self._panel = canvas, panel
        self._left, self._right = left + 76, left + self.width - 16
        self._top, self._bottom = top + 92, top + self.height - 56
        self._across = sorted({x for curve in panel.curves for x, _ in curve.points})
        values = [y for curve in panel.curves for _, y in curve.points]
        self._ticks = _decades(values) if panel.logarithmic else _steps(max(values))

    def draw(self) -> None:
        """Axes, curves and what they mean."""
        canvas, middle = self._canvas, (self._left + self._right) / 2
        canvas.text(self._left, self._top - 92, self._panel.title, 28, _INK, bold=True)
        canvas.text(self._left, self._top - 52, self._panel.unit, _SMALL, _PALE)
        for tick in self._ticks:
            y = self._y(tick)
            canvas.line([(self._left, y), (self._right, y)], _GRID, 2)
            canvas.text(self._left - 14, y, f"{tick:,g}", _SMALL, _PALE, anchor="rm")
        for x in self._across:
            canvas.line([(self._x(x), self._bottom), (self._x(x), self._bottom + 8)], _PALE, 2)
            canvas.text(self._x(x), self._bottom + 26, f"{x:g}", _SMALL, _PALE, anchor="mm")
        canvas.line([(self._left, self._bottom), (self._right, self._bottom)], _PALE, 2)
        canvas.text(middle, self._bottom + 58, "requests together", _SMALL, _PALE, anchor="mm")
        for curve in sorted(self._panel.curves, key=lambda curve: not curve.bound):
            self._draw_curve(curve)
        self._draw_legend()

    def _draw_curve(self, curve: Curve) -> None:
        places = [(self._x(x), self._y(y)) for x, y in curve.points]
        if curve.bound:
            if len(places) == 1:
                places = [(places[0][0] + side, places[0][1]) for side in (-28, 28)]
            for start, end in pairwise(places):
                self._dash(start, end, curve.colour)
            return
        self._canvas.line(places, curve.colour, 5)
        for (x, y), (_, value) in zip(places, curve.points, strict=True):
            self._canvas.oval(x - 10, y - 10, 20, 20, "white")
            self._canvas.oval(x - 8, y - 8, 16, 16, curve.colour)
            place, anchor = (y + 16, "mt") if curve.below else (y - 16, "mb")
            self._canvas.text(x, place, _short(value), _SMALL, curve.colour, bold=True, anchor=anchor)

    def _dash(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        length = math.dist(start, end)
        for place in range(0, int(length), 18):
            shares = place / length, min(place + 10, length) / length
            ends = [tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)) for share in shares]
            self._canvas.line([(ends[0][0], ends[0][1]), (ends[1][0], ends[1][1])], colour, 4)

    def _draw_legend(self) -> None:
        x, y = float(self._left), self._bottom + 96
        for curve in self._panel.curves:
            wide = 38 + text_width(curve.name, _SMALL) + 24
            if x > self._left and x + wide > self._right + 60:
                x, y = float(self._left), y + 32
            if curve.bound:
                self._dash((x, y), (x + 30, y), curve.colour)
            else:
                self._canvas.line([(x, y), (x + 30, y)], curve.colour, 5)
            self._canvas.text(x + 38, y, curve.name, _SMALL, _INK, anchor="lm")
            x += wide

    def _x(self, value: float) -> float:
        low, high = self._across[0], self._across[-1]
        share = (value - low) / (high - low) if high > low else 0.5
        return self._left + 36 + (self._right - self._left - 72) * share

    def _y(self, value: float) -> float:
        low, high = self._ticks[0], self._ticks[-1]
        if self._panel.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(max(value, low))
        return self._bottom - (self._bottom - self._top) * (value - low) / (high - low)


def _steps(most: float) -> list[float]:
    """Round numbers from 0 to beyond the most, five or so of them."""
    rough = max(most, 1e-9) * 1.08 / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return [step * tick for tick in range(math.ceil(most * 1.08 / step) + 1)]


def _decades(values: Sequence[float]) -> list[float]:
    """Powers of ten around all values."""
    low = math.floor(math.log10(max(min(values), 1e-3)))
    high = max(low + 1, math.ceil(math.log10(max(*values, 1e-3) * 1.15)))
    return [10.0**power for power in range(low, high + 1)]


def _short(value: float) -> str:
    """Three digits, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
