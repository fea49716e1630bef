"""Where a panel stands: beside its region without covering it, whole on that region's screen. Pure."""

from collections.abc import Sequence

from desktop.job import Box

GAP = 12


def place(
    size: tuple[int, int],
    region: Box | None,
    screens: Sequence[Box],
    pointer: tuple[int, int],
    taken: Sequence[Box] = (),
) -> Box:
    """The Box of a panel of `size` (width, height); everything in logical desktop pixels.

    `screens` are the free areas of all screens (without docks), at least one. Without a region the panel is centred on
    the screen of the pointer. Where no side of the region has room the panel takes the corner that covers least of it.
    Among places that are as good it takes the first that covers least of what is `taken` by other panels.
    """
    if region is None:
        screen = _screen_at(pointer, screens)
        x = screen.left + (screen.width - size[0]) // 2
        y = screen.top + (screen.height - size[1]) // 2
        return _inside(_box(x, y, size), screen)
    centre = (region.left + region.right) // 2, (region.top + region.bottom) // 2
    screen = _screen_at(centre, screens)
    beside = [
        (region.right + GAP, region.top),
        (region.left - GAP - size[0], region.top),
        (region.left, region.bottom + GAP),
        (region.left, region.top - GAP - size[1]),
    ]
    corners = [(screen.right - size[0], screen.bottom - size[1]), (screen.left, screen.bottom - size[1])]
    corners += [(screen.right - size[0], screen.top), (screen.left, screen.top)]
    candidates = [_inside(_box(x, y, size), screen) for x, y in beside + corners]
    return min(candidates, key=lambda box: (overlap(box, region), sum(overlap(box, other) for other in taken)))


def overlap(one: Box, other: Box) -> int:
    """How many pixels two boxes share."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)


def _box(x: int, y: int, size: tuple[int, int]) -> Box:
    return Box(x, y, x + size[0], y + size[1])


def _inside(box: Box, screen: Box) -> Box:
    """The box moved onto the screen; its top left corner wins where it is too large."""
    x = max(min(box.left, screen.right - box.width), screen.left)
    y = max(min(box.top, screen.bottom - box.height), screen.top)
    return _box(x, y, (box.width, box.height))


def _screen_at(point: tuple[int, int], screens: Sequence[Box]) -> Box:
    """The screen that holds a point, or the one nearest to it."""

    def distance(screen: Box) -> int:
        dx = max(screen.left - point[0], 0, point[0] - screen.right + 1)
        dy = max(screen.top - point[1], 0, point[1] - screen.bottom + 1)
        return dx * dx + dy * dy

    return min(screens, key=distance)
