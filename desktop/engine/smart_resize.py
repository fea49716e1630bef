"""The sizes in which Qwen2.5-VL sees pictures: multiples of 28 pixels. Pure."""

import math

from desktop.engine.api import EngineError
from desktop.language import tr, tr_later

MIN_PIXELS = 56 * 56
MAX_PIXELS = 16384 * 28 * 28  # what the checkpoint was trained with at most
MAX_RATIO = 200
FACTOR = 28


def smart_resize(width: int, height: int, factor: int, min_pixels: int, max_pixels: int) -> tuple[int, int]:
    """Width and height as multiples of `factor` within the limits, the ratio kept as far as it can be.

    The rule of qwen-vl-utils; raises EngineError for a strip of more than 200 to 1.
    """
    if max(width, height) > MAX_RATIO * min(width, height):
        words = tr_later("A strip of {width} × {height} pixels is too thin to read; choose a less narrow region.")
        raise EngineError(tr(words, width=width, height=height))
    wide = max(factor, round(width / factor) * factor)
    high = max(factor, round(height / factor) * factor)
    if wide * high > max_pixels:
        shrink = math.sqrt(width * height / max_pixels)
        wide = max(factor, math.floor(width / shrink / factor) * factor)
        high = max(factor, math.floor(height / shrink / factor) * factor)
    elif wide * high < min_pixels:
        grow = math.sqrt(min_pixels / (width * height))
        wide = math.ceil(width * grow / factor) * factor
        high = math.ceil(height * grow / factor) * factor
    return wide, high
