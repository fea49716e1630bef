"""Finds the lines of text in a picture: PP-OCR's detection network over tiles, and boxes from its map."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.engine.network import Network, Stop

TILE = 1024
OVERLAP = 128
STEP = 32  # the network halves its input five times
MARGIN = 16
THRESHOLD = 0.3
SURE = 0.5
UNCLIP = 1.6
SMALLEST_PX = 3
FAINT = 16  # the contrast, in grey levels, of what is looked at
CLEAR = 40  # the contrast of letters that tell the size of text
BLANK_ROWS = 64
LETTERS_PX = 10.0  # how tall the smaller letters should be: those of 12 px text
SMALLER = 0.15  # the share of letters that may be smaller still
LEAST_SCALE = 0.3
UPRIGHT = 0.6  # a line that rises less than this share of its height is upright

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle that may be turned: centre, width and height in pixels, angle in degrees (clockwise)."""

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0


class TextDetector:
    """Differentiable Binarization (Liao et al., 2020, arXiv:1911.08947): a map of text, thresholded, then boxes."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, picture: Pixels, scale: float, stop: Stop) -> Iterator[list[Place] | None]:
        """Yield None after each tile, then the places of all lines.

        `picture` is uint8 (height, width, 3), BGR; it is looked at `scale` times its size. Raises Cancelled.
        """
        height, width = picture.shape[:2]
        small = picture
        if scale != 1:
            size = max(1, round(width * scale)), max(1, round(height * scale))
            small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)  # type: ignore[assignment]
        seen = _edges(small, FAINT)
        heat = np.zeros(small.shape[:2], np.uint8)
        for top, bottom in _spans(small.shape[0]):
            for left, right in _spans(small.shape[1]):
                for part in _parts(seen[top:bottom, left:right], top, left):
                    area = heat[part]
                    np.maximum(area, self._map(small[part], stop), out=area)
                    yield None
        yield [Place(p.x / scale, p.y / scale, p.width / scale, p.height / scale, p.angle) for p in _places(heat)]

    def _map(self, tile: Pixels, stop: Stop) -> Pixels:
        """How surely each pixel is inside a line, 0 to 255."""
        height, width = tile.shape[:2]
        padded = cv2.copyMakeBorder(
            tile, MARGIN, _fill(height) - height - MARGIN, MARGIN, _fill(width) - width - MARGIN, cv2.BORDER_REPLICATE
        )
        values = np.ascontiguousarray(padded.transpose(2, 0, 1)[None], np.float32)
        values *= 2 / 255
        values -= 1
        heat = self._network.run(values, stop)[0, 0, MARGIN : MARGIN + height, MARGIN : MARGIN + width]
        return (heat * 255).astype(np.uint8)


def text_scale(picture: Pixels, shot_scale: float) -> float:
    """How large to look at a picture: such that its smaller text is of the size that the network finds best."""
    letters = _letter_height(picture)
    return min(1.0, max(LEAST_SCALE, LETTERS_PX / letters)) if letters else 1 / max(1.0, shot_scale)


def _letter_height(picture: Pixels) -> float:
    """The height of the smaller letters in pixels, 0 where there are none: a low quantile of the connected parts."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(_edges(picture, CLEAR), connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = heights[(heights > 4) & (heights < 100) & (widths > 2) & (widths < 3 * heights)]
    return float(np.quantile(letters, SMALLER)) if len(letters) else 0.0


def _edges(picture: Pixels, least: int) -> Pixels:
    """1 where the picture changes by more than `least` grey levels within two pixels, else 0."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    change = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    return (change > least).astype(np.uint8)


def _parts(seen: Pixels, top: int, left: int) -> Iterator[tuple[slice, slice]]:
    """What of a tile to look at: bands between wide blank ones, cut at both sides.

    The network weighs a part by the whole of what it sees, and misses a small line on a large empty ground.
    """
    rows = np.flatnonzero(seen.any(axis=1))
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > BLANK_ROWS) + 1):
        if len(band):
            columns = np.flatnonzero(seen[band[0] : band[-1] + 1].any(axis=0))
            first, last = max(0, band[0] - MARGIN), min(seen.shape[0], band[-1] + 1 + MARGIN)
            start, end = max(0, columns[0] - MARGIN), min(seen.shape[1], columns[-1] + 1 + MARGIN)
            yield slice(top + first, top + last), slice(left + start, left + end)


def _fill(length: int) -> int:
    return -(-(length + 2 * MARGIN) // STEP) * STEP


def _spans(length: int) -> list[tuple[int, int]]:
    """Overlapping ranges, about equally long, that cover `length`."""
    count = max(1, -(-(length - OVERLAP) // (TILE - OVERLAP)))
    step = -(-(length - OVERLAP) // count) if count > 1 else length
    return [(i * step, min(i * step + step + (OVERLAP if count > 1 else 0), length)) for i in range(count)]


def _places(heat: Pixels) -> list[Place]:
    """Boxes around the connected parts of the map, grown back to the size of the line."""
    mask = cv2.dilate((heat > THRESHOLD * 255).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        if min(width, height) < SMALLEST_PX:
            continue
        inside = np.zeros((height, width), np.uint8)
        cv2.drawContours(inside, [contour], -1, 1, cv2.FILLED, offset=(-left, -top))
        if cv2.mean(heat[top : top + height, left : left + width], inside)[0] < SURE * 255:
            continue
        found.append(_grow(contour))
    return found


def _grow(contour: cv2.typing.MatLike) -> Place:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    while abs(angle) > 45:  # the range differs between releases of OpenCV
        width, height, angle = height, width, angle - math.copysign(90, angle)
    if width * abs(math.sin(math.radians(angle))) < UPRIGHT * height or abs(angle) < 1:
        left, top, width, height = cv2.boundingRect(contour)
        x, y, angle = left + (width - 1) / 2, top + (height - 1) / 2, 0.0
        width, height = width - 1, height - 1
    grow = 2 * UNCLIP * width * height / (2 * (width + height))
    return Place(x, y, width + grow, height + grow, angle)
