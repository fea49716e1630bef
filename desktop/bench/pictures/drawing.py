"""What a made picture is drawn from: its size and its dice; and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image

from desktop.job import Box


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that can be seen, and the pixels that it covers."""

    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, and every thing in it that is meant to be found."""

    image: Image.Image
    things: tuple[Thing, ...] = ()


Drawer = Callable[[Random, int, int], Drawing]
"""Draws a picture of a width and a height in pixels; equal dice draw equal pictures."""
