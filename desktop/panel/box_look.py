"""How boxes look: a colour for each label, and where its tag stands; no Qt."""

from collections.abc import Iterable
from zlib import crc32

from desktop.job import Box

PALETTE = (
    "#e5383b",
    "#2f7cf6",
    "#2b9348",
    "#f3722c",
    "#8338ec",
    "#0891a8",
    "#d6249f",
    "#a47500",
    "#1d3b8b",
    "#80b918",
    "#7f4f24",
    "#52606d",
)


def colours_of(labels: Iterable[str]) -> dict[str, str]:
    """A colour a label: its own in every picture, or the next that is free where an earlier label has taken that."""
    chosen: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        first = crc32(label.encode("utf-8", "replace")) % len(PALETTE)
        turned = (*PALETTE[first:], *PALETTE[:first])
        chosen[label] = next((colour for colour in turned if colour not in chosen.values()), turned[0])
    return chosen


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read better on a colour such as "#2f7cf6", by the formula of WCAG 2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def place_tag(box: Box, size: tuple[int, int], bounds: Box) -> Box | None:
    """Where the tag of a box stands, `size` being its width and height; None where the bounds have no room for it.

    On the box's top edge, inside it where the bounds end there, and moved as far as it takes to be whole.
    """
    width, height = size
    if width > bounds.width or height > bounds.height:
        return None
    top = box.top - height if box.top - height >= bounds.top else box.top
    left = max(bounds.left, min(box.left, bounds.right - width))
    top = max(bounds.top, min(top, bounds.bottom - height))
    return Box(left, top, left + width, top + height)
