"""The grid of text in a fixed-width font: its pitch, and the columns of its characters."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.engine.glyphs import Glyph, is_cjk

FEWEST = 24  # characters that a fit needs
COHERENT = 0.8  # 1 where all centres agree with the grid, about 0.2 for proportional fonts
REPEATED = frozenset("_\"'`=-.#*")
ENOUGH = 600
INSIDE = 0.15  # ink that reaches less far into a column belongs to the neighbour


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns `pitch` pixels apart; the centre of column 0 is at `origin`."""

    pitch: float
    origin: float


def fit(lines: Sequence[Sequence[Glyph]]) -> Grid | None:
    """The grid of lines of one block, whose glyphs are in pixels of the page; None for proportional fonts."""
    centres = [np.array([g.middle for g in line]) for line in _usable(lines)]
    steps = np.concatenate([np.diff(xs) for xs in centres]) if centres else np.empty(0)
    if sum(map(len, centres)) < FEWEST or not len(steps):
        return None
    guess = float(np.median(steps))
    if guess < 2:
        return None
    pitches = guess * np.linspace(0.85, 1.15, 601)
    agreed = np.sum([np.abs(_phases(xs, pitches)) for xs in centres], axis=0)
    scores: NDArray[np.float64] = agreed / sum(map(len, centres))
    best = int(np.argmax(scores))
    if scores[best] < COHERENT:
        return None
    pitch = float(pitches[best])
    total = sum((_phases(xs, pitches[best : best + 1])[0] for xs in centres), 0j)
    origin = float(np.angle(total)) / (2 * np.pi) * pitch
    first = min(line[0].middle for line in lines if line)
    return Grid(pitch, origin + round((first - origin) / pitch) * pitch)


def _usable(lines: Sequence[Sequence[Glyph]]) -> list[Sequence[Glyph]]:
    """Lines without wide characters, until there are enough."""
    found: list[Sequence[Glyph]] = []
    count = 0
    for line in lines:
        if len(line) > 2 and not any(is_cjk(g.text) for g in line):
            found.append(line)
            count += len(line)
        if count > ENOUGH:
            break
    return found


def _phases(xs: NDArray[np.float64], pitches: NDArray[np.float64]) -> NDArray[np.complex128]:
    """For each pitch the sum of unit vectors, one a character, that all point one way where the pitch is right."""
    found: NDArray[np.complex128] = np.exp(2j * np.pi * xs[None, :] / pitches[:, None]).sum(axis=1)
    return found


def typeset(line: Sequence[Glyph], grid: Grid) -> str | None:
    """The text of a line on its grid with its indentation and every space, and signs that were read as one.

    None for a line that is not on the grid. The network merges equal neighbours without a gap (`__`, a triple quote);
    a column with ink but without a character beside such a sign repeats it.
    """
    if not line or any(is_cjk(g.text) for g in line):
        return None
    phase = complex(_phases(np.array([g.middle - grid.origin for g in line]), np.array([grid.pitch]))[0])
    if len(line) > 4 and abs(phase) < 0.5 * len(line):
        return None
    shift = float(np.angle(phase)) / (2 * np.pi) * grid.pitch
    start = grid.origin + shift
    cells = [_cells(g, start, grid.pitch) for g in line]
    text = " " * max(0, cells[0][0])
    end = cells[0][0]
    for glyph, (first, last) in zip(line, cells, strict=True):
        blank = int(glyph.gap / grid.pitch + 0.1) + (0.85 < glyph.gap / grid.pitch < 0.9)
        text += " " * min(max(0, first - end), blank) + glyph.text * max(1, last - max(first, end) + 1)
        end = max(last, end) + 1
    return text


def _cells(glyph: Glyph, start: float, pitch: float) -> tuple[int, int]:
    """The first and the last column of a character: those its ink covers, where it may stand for several."""
    if glyph.text not in REPEATED:
        column = round((glyph.middle - start) / pitch)
        return column, column
    first = math.floor((glyph.left - start) / pitch + 0.5 + INSIDE)
    return first, max(first, math.ceil((glyph.right - start) / pitch + 0.5 - INSIDE) - 1)
