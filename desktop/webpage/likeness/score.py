"""How alike a page and the picture it was made from are, as one number and in words. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.language import tr, tr_later
from desktop.webpage.likeness.looks import (
    CELLS,
    Found,
    Picture,
    compare_blocks,
    compare_colours,
    compare_structure,
    lab_cells,
)
from desktop.webpage.likeness.texts import first_missing, recall

WEIGHTS = {"text": 0.3, "layout": 0.25, "colours": 0.25, "structure": 0.2}
_WIDEST = 640
_GOOD = 0.97
_GREY = 15.0  # colours with less chroma than this have no name
_LIGHT_COUNTS = 1.5  # people see light before they see colour
_PARTS = {
    "text": tr_later("text"),
    "layout": tr_later("layout"),
    "colours": tr_later("colours"),
    "structure": tr_later("structure"),
}
_PLACES = (
    (tr_later("top left"), tr_later("top"), tr_later("top right")),
    (tr_later("middle left"), tr_later("middle"), tr_later("middle right")),
    (tr_later("bottom left"), tr_later("bottom"), tr_later("bottom right")),
)
# Up to which hue, in degrees of Lab, a colour has that name.
_HUES = {
    15: tr_later("pink"),
    52: tr_later("red"),
    82: tr_later("orange"),
    112: tr_later("yellow"),
    180: tr_later("green"),
    235: tr_later("turquoise"),
    306: tr_later("blue"),
    330: tr_later("violet"),
    360: tr_later("pink"),
}


class Likeness(NamedTuple):
    """`total` and each of the `parts` from 0 to 1; `words` tell what is off most, '' where nothing is."""

    total: float
    parts: dict[str, float]
    words: str

    @property
    def sentence(self) -> str:
        """All of it for people: the number, the two parts that are off most, and what is off."""
        off = sorted((name for name in self.parts if self.parts[name] < _GOOD), key=lambda name: self.parts[name])[:2]
        total = _percent(self.total)
        if not off:
            return tr("Likeness {percent}.", percent=total)
        told = [tr("{part} {percent}", part=tr(_PARTS[name]), percent=_percent(self.parts[name])) for name in off]
        parts = tr("{first}, {second}", first=told[0], second=told[1]) if len(told) > 1 else told[0]
        return tr("Likeness {percent}: {parts}: {off}.", percent=total, parts=parts, off=self.words)


def compare(
    page: Picture, shot: Picture, page_text: Sequence[str] | None = None, shot_text: Sequence[str] | None = None
) -> Likeness:
    """Compare the drawn page with the Shot, at one size. Texts are lines, None where nobody read them."""
    size = _common_size(shot)
    ours, theirs = (_resize(picture, size) for picture in (page, shot))
    found = {
        "layout": compare_blocks(ours, theirs),
        "colours": compare_colours(ours, theirs),
        "structure": compare_structure(ours, theirs),
    }
    parts = {name: one.alike for name, one in found.items()}
    if page_text is not None and shot_text is not None:
        parts = {"text": recall(shot_text, page_text), **parts}
    weight = sum(WEIGHTS[name] for name in parts)
    total = sum(WEIGHTS[name] * alike for name, alike in parts.items()) / weight
    worst = min(parts, key=lambda name: parts[name])
    if parts[worst] >= _GOOD:
        return Likeness(total, parts, "")
    if worst == "text":
        missing = first_missing(shot_text or (), page_text or ())
        return Likeness(total, parts, tr("“{text}” is missing", text=missing[:40]))
    return Likeness(total, parts, _say(worst, found[worst], ours, theirs))


def _percent(share: float) -> str:
    """A share as whole percent; only what is all alike is 100."""
    return f"{int(share * 100 + 1e-6)} %"


def _say(worst: str, found: Found, ours: Picture, theirs: Picture) -> str:
    """What is off in the place where it is off most."""
    row, column = _worst_place(found.cells)
    place = _name_place(row, column)
    if worst != "colours":
        return tr("the {place} is laid out otherwise", place=place)
    mine, others = lab_cells(ours), lab_cells(theirs)
    near = found.cells > 0.5 * found.cells[row, column]
    apart = (mine - others)[near].mean(axis=0)
    if abs(apart[0]) * _LIGHT_COUNTS >= float(np.linalg.norm(apart[1:])):
        return (
            tr("the {place} is too light", place=place) if apart[0] > 0 else tr("the {place} is too dark", place=place)
        )
    return tr("the {place} is too {colour}", place=place, colour=_name_colour(*mine[near].mean(axis=0)[1:]))


def _name_colour(a: float, b: float) -> str:
    """A word for a colour of Lab, whatever its lightness."""
    if np.hypot(a, b) < _GREY:
        return tr("grey")
    hue = np.degrees(np.arctan2(b, a)) % 360
    return tr(next(name for most, name in _HUES.items() if hue <= most))


def _worst_place(cells: NDArray[np.float32]) -> tuple[int, int]:
    """The cell around which most is off."""
    around = cv2.blur(cells, (3, 3), borderType=cv2.BORDER_REPLICATE)
    row, column = np.unravel_index(int(around.argmax()), around.shape)
    return int(row), int(column)


def _name_place(row: int, column: int) -> str:
    return tr(_PLACES[row * 3 // CELLS][column * 3 // CELLS])


def _common_size(shot: Picture) -> tuple[int, int]:
    """Width and height at which pictures are compared."""
    height, width = shot.shape[:2]
    scale = min(_WIDEST / max(width, height), 1.0)
    return max(round(width * scale), CELLS), max(round(height * scale), CELLS)


def _resize(picture: Picture, size: tuple[int, int]) -> Picture:
    smaller = size[0] < picture.shape[1]
    return np.asarray(
        cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR), np.uint8
    )
