"""How alike two pictures of the same size look: what stands where, in which colours, how structured. Pure."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""(height, width, 3), RGB."""
Plane = NDArray[np.float32]

CELLS = 24
_FAR = 45.0  # colours this far apart in Lab are others altogether
_SSIM_SIDES = (96, 192, 384)
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


class Found(NamedTuple):
    """How alike (0 to 1), and the share of the difference in each cell of a grid (rows, columns)."""

    alike: float
    cells: Plane


def compare_blocks(ours: Picture, theirs: Picture) -> Found:
    """Whether the same places hold something, whatever it is; a small shift costs little."""
    one, other = _ink(ours), _ink(theirs)
    both, any_of_them = np.minimum(one, other), np.maximum(one, other)
    total = float(any_of_them.sum())
    alike = float(both.sum()) / total if total > 0 else 1.0
    return Found(alike, _to_cells(any_of_them - both))


def compare_colours(ours: Picture, theirs: Picture) -> Found:
    """Whether the same places have the same colours; what is far off weighs more than what is a little off."""
    apart = np.linalg.norm(lab_cells(ours) - lab_cells(theirs), axis=2) / _FAR
    apart = np.minimum(apart, 1.0).astype(np.float32)
    return Found(1.0 - float(np.sqrt(np.mean(apart**2))), apart)


def compare_structure(ours: Picture, theirs: Picture) -> Found:
    """Structural similarity (Wang and others, 2004) of the greys, at three sizes: a fine one forgives no shift."""
    scores, cells = [], []
    for side in _SSIM_SIDES:
        found = _ssim(_grey(ours, side), _grey(theirs, side))
        scores.append(max(float(found.mean()), 0.0))
        cells.append(_to_cells(1.0 - found))
    return Found(float(np.mean(scores)), np.mean(cells, axis=0).astype(np.float32))


def _ink(picture: Picture) -> Plane:
    """Where a picture holds something: edges, thickened and blurred, from 0 to 1."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    width = picture.shape[1]
    thick = cv2.dilate((edges > 12).astype(np.float32), np.ones((5, 5), np.uint8))
    return np.asarray(cv2.GaussianBlur(thick, (0, 0), max(width / 100, 1.0)), np.float32)


def lab_cells(picture: Picture) -> NDArray[np.float32]:
    """The mean colour of each cell in Lab (rows, columns, 3)."""
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.resize(lab, (CELLS, CELLS), interpolation=cv2.INTER_AREA), np.float32)


def _to_cells(plane: Plane) -> Plane:
    return np.asarray(cv2.resize(plane, (CELLS, CELLS), interpolation=cv2.INTER_AREA), np.float32)


def _grey(picture: Picture, side: int) -> Plane:
    height, width = picture.shape[:2]
    scale = min(side / max(height, width), 1.0)
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
    return grey.astype(np.float32)


def _ssim(one: Plane, other: Plane) -> Plane:
    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5), np.float32)

    mean_one, mean_other = mean(one), mean(other)
    spread_one = mean(one * one) - mean_one**2
    spread_other = mean(other * other) - mean_other**2
    shared = mean(one * other) - mean_one * mean_other
    above = (2 * mean_one * mean_other + _C1) * (2 * shared + _C2)
    below = (mean_one**2 + mean_other**2 + _C1) * (spread_one + spread_other + _C2)
    return np.asarray(above / below, np.float32)
