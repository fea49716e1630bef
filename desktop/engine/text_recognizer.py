"""Reads one line of text: PP-OCR's recognition network, and characters with their places from its output."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.engine.glyphs import Glyph
from desktop.engine.network import Network, Stop

HEIGHT = 48
STRIDE = 8  # columns of the sized crop for one step of the output
NARROWEST = 128  # signs of very short lines are lost without room after them
WIDEST = 1600  # wider crops cost memory and are read in parts
CUT = 0.7  # a part ends at the widest gap after this share of its width

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a crop says: its glyphs in pixels of the crop, the mean probability of its characters, 0 to 1."""

    glyphs: tuple[Glyph, ...]
    sure: float


class TextRecognizer:
    """Connectionist temporal classification (Graves et al., 2006), read greedily."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._alphabet = ["", *network.metadata["character"].splitlines(), " "]

    def read(self, crop: Pixels, stop: Stop) -> Reading:
        """Read a crop, uint8 (height, width, 3), BGR. Raises Cancelled."""
        inked = ink(crop)
        found: list[tuple[str, float]] = []
        sure: list[float] = []
        start = 0
        while start < crop.shape[1]:
            end = _end_of_part(inked, start, round(WIDEST * crop.shape[0] / HEIGHT))
            for text, x, probability in self._read_part(crop[:, start:end], stop):
                found.append((text, start + x))
                sure.append(probability)
            start = end
        return Reading(_glyphs(found, inked), sum(sure) / len(sure) if sure else 0.0)

    def _read_part(self, crop: Pixels, stop: Stop) -> list[tuple[str, float, float]]:
        """Characters with the x of their centres and their probabilities."""
        height, width = crop.shape[:2]
        scale = HEIGHT / height
        wide = max(1, round(width * scale))
        sized = cv2.resize(crop, (wide, HEIGHT), interpolation=cv2.INTER_LINEAR if scale > 1 else cv2.INTER_AREA)
        values = np.zeros((1, 3, HEIGHT, -(-max(wide, NARROWEST) // STRIDE) * STRIDE), np.float32)
        values[0, :, :, :wide] = sized.transpose(2, 0, 1) * np.float32(2 / 255) - 1
        steps = self._network.run(values, stop)[0]
        best = steps.argmax(axis=1)
        edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
        return [
            (self._alphabet[best[a]], min((a + b) / 2 * STRIDE / scale, width), float(steps[a:b, best[a]].max()))
            for a, b in pairwise(edges)
            if best[a]
        ]


def ink(crop: Pixels) -> NDArray[np.bool_]:
    """Which columns of a crop, uint8 (height, width, 3), hold text: bool (width,)."""
    height = crop.shape[0]
    rows = crop[round(height * 0.1) : max(round(height * 0.92), 1)].astype(np.int16)
    ground = np.median(rows.reshape(-1, 3), axis=0)
    contrast = np.abs(rows - ground).max(axis=2).max(axis=0)
    found: NDArray[np.bool_] = contrast > max(float(contrast.max()) * 0.35, 12.0)
    return found


def _end_of_part(inked: NDArray[np.bool_], start: int, widest: int) -> int:
    """Where to cut a line that is too wide: in the middle of the widest gap that comes late enough."""
    if len(inked) - start <= widest:
        return len(inked)
    first = start + round(widest * CUT)
    gap, middle = max(_blanks(inked[first : start + widest]), default=(0, 0))
    return first + middle if gap else start + widest


def _blanks(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Width and middle of each run of columns without ink."""
    edges = np.flatnonzero(np.diff(inked.astype(np.int8), prepend=1, append=1))
    return [(int(b - a), int(a + b) // 2) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _glyphs(found: list[tuple[str, float]], inked: NDArray[np.bool_]) -> tuple[Glyph, ...]:
    """Characters with the gap before each and the ends of the ink around it."""
    glyphs: list[Glyph] = []
    columns = np.flatnonzero(inked)
    spaced = False
    before = int(columns[0]) if len(columns) else 0
    for index, (text, x) in enumerate(found):
        if text.isspace():
            spaced = True
            continue
        after = next((p for t, p in found[index + 1 :] if not t.isspace()), None)
        left, gap = _gap(inked, glyphs[-1].x, x) if glyphs else (before, 0)
        if glyphs:
            glyphs[-1] = glyphs[-1].until(left - gap)
        end = int(columns[-1]) + 1 if len(columns) and after is None else round(x)
        glyphs.append(Glyph(text, x, left, max(end, left + 1), gap, spaced and bool(glyphs)))
        spaced = False
    return tuple(glyphs)


def _gap(inked: NDArray[np.bool_], a: float, b: float) -> tuple[int, int]:
    """The widest gap between two centres: the column where it ends and its width; 0 wide where there is none."""
    start, end = round(a), max(round(b), round(a) + 1)
    width, middle = max(_blanks(inked[start:end]), default=(0, (end - start) // 2))
    return start + middle + width - width // 2, width
