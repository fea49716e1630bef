"""What was seen of requests together, and the figures of it."""

from dataclasses import dataclass

from desktop.bench.effort import Size, size_name
from desktop.bench.report import Figure


@dataclass(frozen=True, slots=True)
class Crowd:
    """Medians over rounds, and over the answers of all rounds; and what happened in any round, the first included.

    `size` is None for pictures of many sizes; `peak` is in bytes, 0 where it cannot be seen. `shortages` counts how
    often memory was asked for that was not there, None where nobody counts.
    """

    size: Size | None
    together: int
    samples: int
    rate: float
    first_s: float
    each_s: float
    whole_s: float
    peak: int
    errors: tuple[str, ...]
    fallbacks: tuple[str, ...]
    reduced: int
    shortages: int | None

    @property
    def pictures(self) -> str:
        """Their size in words."""
        return size_name(self.size) if self.size else "mixed"


@dataclass(frozen=True, slots=True)
class Kind:
    """One task's pictures; times are medians, `tokens` the mean length of an answer.

    `rate` is None where the kinds ran mixed.
    """

    task_id: str
    together: int
    pictures: int
    rate: float | None
    first_s: float
    whole_s: float
    tokens: float
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One number of requests together: the speed and the memory with their goals and limits.

    `peak` is None where memory cannot be seen; `whole` is the cap, else all memory there is, in GiB.
    """

    crowd: Crowd
    rate: Figure
    peak: Figure | None = None
    whole: float = 0.0

    @property
    def share(self) -> float:
        """Of all there is, what was held."""
        return self.peak.value / self.whole if self.peak else 0.0
