"""What one overlay shows at a moment, and which pixels change between two moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QImage, QPainter

from desktop.capture.badge import Badge, badge_size
from desktop.capture.frame import Crosshair, Frame
from desktop.capture.geometry import Point, Screen
from desktop.capture.magnifier import Magnifier, magnifier_size
from desktop.capture.placement import at_foot, at_selection, beside_cursor
from desktop.job import Box

CURSOR_GAP = 22
LABEL_GAP = 8
HINT_GAP = 48
AHEAD = Point(1, 1)


class Layer(Protocol):
    """Something drawn over the dimmed picture; equal ones look the same."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels of the picture it covers."""
        ...

    def draw(self, painter: QPainter, image: QImage) -> None:
        """Draw it, in pixels of the picture."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """What an overlay shows: `selection` and `cursor` are in pixels of its picture, and None where they are elsewhere.

    `heading` says on which side of the cursor the magnifier hides least, as signs.
    """

    selection: Box | None = None
    cursor: Point | None = None
    heading: Point = AHEAD
    handles: bool = False
    magnified: bool = True
    hint: str = ""


def layers_of(scene: Scene, screen: Screen) -> list[Layer]:
    """What is drawn over the picture, the lowest first."""
    picture, scale = screen.picture, screen.scale
    layers: list[Layer] = []
    if scene.cursor and scene.magnified and not scene.selection:
        layers.append(Crosshair(scene.cursor, picture, scale))
    if scene.selection:
        layers.append(Frame(scene.selection, picture, scene.handles, scale))
        text = f"{scene.selection.width} × {scene.selection.height}"
        place = at_selection(scene.selection, badge_size(text, scale), round(LABEL_GAP * scale), picture)
        layers.append(Badge(place, text, scale))
    if scene.hint:
        place = at_foot(badge_size(scene.hint, scale), round(HINT_GAP * scale), picture)
        layers.append(Badge(place, scene.hint, scale))
    if scene.cursor and scene.magnified:
        gap = round(CURSOR_GAP * scale)
        place = beside_cursor(scene.cursor, magnifier_size(scale), gap, scene.heading, picture)
        layers.append(Magnifier(place, scene.cursor, scale))
    return layers


def changed_boxes(before: Iterable[Layer], after: Iterable[Layer]) -> list[Box]:
    """The pixels that layers leave or enter."""
    old, new = set(before), set(after)
    return [box for layer in old ^ new for box in layer.boxes]
