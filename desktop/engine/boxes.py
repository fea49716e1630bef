"""Boxes that a model names: from its pixels of the resized picture to pixels of the Shot. Pure."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.engine.loose_json import Json, JsonObject, read_objects
from desktop.job import Box

Size = tuple[int, int]
"""Width and height in pixels."""

Corners = tuple[float, float, float, float]
"""Two opposite corners: x, y, x, y."""

_BOXES = ("bbox_2d", "bbox", "box_2d", "box", "bounding_box")
_LABELS = ("label", "text_content", "text", "name", "category", "class")
_CORNERS = (("x1", "y1", "x2", "y2"), ("left", "top", "right", "bottom"))
_SIZES = (("x", "y", "w", "h"), ("x", "y", "width", "height"))


class LabelledBox(NamedTuple):
    """What was found, and where in the Shot."""

    label: str
    box: Box


def read_boxes(text: str, resized: Size, shot: Size) -> tuple[LabelledBox, ...]:
    """The boxes of an answer in its order; every finished one of an answer that is cut off.

    Understood are objects with corners (`bbox_2d` and its kin) and a label, and `{"boxes": [[x, y, w, h]], "labels":
    [..]}`. What lies outside the picture is left out, what reaches over its edge is clamped.
    """
    found = (pair for value in read_objects(text) for pair in _find(value))
    placed = ((label, place(corners, resized, shot)) for label, corners in found)
    return tuple(LabelledBox(label, box) for label, box in placed if box)


def place(corners: Corners, resized: Size, shot: Size) -> Box | None:
    """The box between two corners given in pixels of the resized picture, in pixels of the Shot; None outside."""
    if not all(map(math.isfinite, corners)):
        return None
    across = _span(corners[0], corners[2], resized[0], shot[0])
    down = _span(corners[1], corners[3], resized[1], shot[1])
    return Box(across[0], down[0], across[1], down[1]) if across and down else None


def boxes_to_json(boxes: Iterable[LabelledBox]) -> str:
    """`{"boxes": [[x, y, w, h], ..], "labels": [..]}` in pixels of the Shot."""
    found = list(boxes)
    sides = [[box.left, box.top, box.width, box.height] for _label, box in found]
    return json.dumps({"boxes": sides, "labels": [label for label, _box in found]}, ensure_ascii=False)


def _span(one: float, other: float, resized: int, shot: int) -> tuple[int, int] | None:
    """The pixels of one axis, at least one of them."""
    low, high = min(one, other), max(one, other)
    if high < 0 or low > resized:
        return None
    start = min(round(max(low, 0) * shot / resized), shot - 1)
    return start, max(start + 1, round(min(high, resized) * shot / resized))


def _find(value: JsonObject) -> Iterator[tuple[str, Corners]]:
    """The boxes that an object names itself."""
    if isinstance(rows := value.get("boxes"), list):
        labels = value.get("labels")
        names = [_plain(label) for label in labels] if isinstance(labels, list) else []
        for number, row in enumerate(rows):
            if isinstance(row, list) and (sides := read_corners(row)):
                yield names[number] if number < len(names) else "", _from_size(sides)
    elif value.closed and (corners := _corners(value)):
        yield next((_plain(value[key]) for key in _LABELS if key in value), ""), corners


def _corners(value: JsonObject) -> Corners | None:
    for key in _BOXES:
        if isinstance(box := value.get(key), str | list):
            return read_corners(box)
    for keys in _CORNERS:
        if value.keys() >= set(keys):
            return read_corners([value[key] for key in keys])
    for keys in _SIZES:
        if value.keys() >= set(keys):
            sides = read_corners([value[key] for key in keys])
            return sides and _from_size(sides)
    return None


def _from_size(sides: Corners) -> Corners:
    x, y, width, height = sides
    return x, y, x + width, y + height


def read_corners(value: str | list[Json]) -> Corners | None:
    """Four numbers from `[1, 2, 3, 4]`, `[[1, 2], [3, 4]]` or `"1, 2, 3, 4"`."""
    numbers: list[float] = []
    for part in value.replace(",", " ").split() if isinstance(value, str) else value:
        for scalar in part if isinstance(part, list) else [part]:
            try:
                numbers.append(float(scalar) if isinstance(scalar, str) else math.nan)
            except ValueError:
                return None
    if len(numbers) != 4:
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _plain(value: Json) -> str:
    """A label as text, whatever the model made of it."""
    if isinstance(value, str):
        return value
    return ", ".join(part for part in (value.values() if isinstance(value, dict) else value) if isinstance(part, str))
