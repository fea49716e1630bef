"""How much is measured: sizes of pictures, requests together, rounds."""

from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Effort:
    """`rounds` are counted, one more before them is not; answers have `tokens`, those with drafts
    `foretold` ones; `pictures` of each kind are read.

    The first of `sizes` is the one of all that runs together, but for the `mixed` ones, which do so at the end.
    `peer_sizes` are compared with transformers.
    """

    rounds: int = 5
    sizes: tuple[Size, ...] = ((1280, 720), (1920, 1080))
    mixed: tuple[Size, ...] = ((300, 200), (640, 480), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
    together: tuple[int, ...] = (1, 3, 6, 12)
    tokens: int = 48
    foretold: int = 400
    pictures: int = 30
    peer_sizes: tuple[Size, ...] = ((1280, 720), (640, 360), (300, 500), (1920, 1080), (800, 600), (1000, 200))


FULL = Effort()
QUICK = Effort(1, ((640, 360), (960, 540)), ((300, 200), (640, 360)), (1, 3), 8, 40, 1, ((640, 360), (300, 200)))
"""Shows in seconds that everything works; its figures say nothing of the speed."""


def size_name(size: Size) -> str:
    """Such as 1280x720."""
    return f"{size[0]}x{size[1]}"
