"""The grid of text in a fixed-width font: its pitch, and the columns of its characters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.engine.glyphs import Glyph, is_cjk

FEWEST = 24  # characters that a fit needs
COHERENT = 0.6  # 1 where all centres agree with the grid, about 0.2 for proportional fonts
REPEATED = frozenset("_\"'=-.#*/`~<>|&+:")
ENOUGH = 600


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns `pitch` pixels apart; the centre of column 0 is at `origin`."""

    pitch: float
    origin: float


def fit(lines: Sequence[Sequence[Glyph]]) -> Grid | None:
    """The grid of lines of one block, whose glyphs are in pixels of the page; None for proportional fonts."""
    centres = [np.array([g.x for g in line]) for line in _usable(lines)]
    steps = np.concatenate([np.diff(xs) for xs in centres]) if centres else np.empty(0)
    if sum(map(len, centres)) < FEWEST or not len(steps):
        return None
    guess = float(np.median(steps))
    if guess < 2:
        return None
    pitches = guess * np.linspace(0.92, 1.08, 321)
    scores = sum(np.abs(_phases(xs, pitches)) for xs in centres) / sum(map(len, centres))
    best = int(np.argmax(scores))
    if scores[best] < COHERENT:
        return None
    pitch = float(pitches[best])
    total = sum((_phases(xs, pitches[best : best + 1])[0] for xs in centres), 0j)
    origin = float(np.angle(total)) / (2 * np.pi) * pitch
    first = min(float(xs[0]) for xs in centres)
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
    phase = complex(_phases(np.array([g.x - grid.origin for g in line]), np.array([grid.pitch]))[0])
    if len(line) > 4 and abs(phase) < 0.5 * len(line):
        return None
    shift = float(np.angle(phase)) / (2 * np.pi) * grid.pitch
    start = grid.origin + shift
    columns = [round((g.x - start) / grid.pitch) for g in line]
    left = max(0, round((line[0].left + 0.45 * grid.pitch - start) / grid.pitch))
    text = " " * min(left, columns[0]) + _more(line[0], columns[0] - left)
    for index, glyph in enumerate(line):
        text += glyph.text
        if index + 1 < len(line):
            after = line[index + 1]
            missing = columns[index + 1] - columns[index] - 1
            text += _between(glyph, after, missing, grid.pitch)
    last = round((line[-1].right - 0.45 * grid.pitch - start) / grid.pitch)
    return text + _more(line[-1], last - columns[-1])


def _more(glyph: Glyph, count: int) -> str:
    return glyph.text * max(0, count) if glyph.text in REPEATED else ""


def _between(glyph: Glyph, after: Glyph, missing: int, pitch: float) -> str:
    """What stands between two characters that are `missing` columns apart."""
    spaces = int(after.gap / pitch + 0.1)
    if after.gap > 0.95 * pitch:
        spaces = max(1, spaces)
    more = missing - spaces
    return _more(glyph, more) + " " * spaces + (_more(after, more) if glyph.text not in REPEATED else "")
