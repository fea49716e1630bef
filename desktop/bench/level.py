"""One number of requests together: what was seen of them, and the figures of it."""

from dataclasses import dataclass

from desktop.bench.crowd import Crowd
from desktop.bench.report import Figure


@dataclass(frozen=True, slots=True)
class Level:
    """The speed and the memory with their goals and limits; `whole` is the cap, else all memory there is, in GiB."""

    crowd: Crowd
    rate: Figure
    peak: Figure
    whole: float

    @property
    def share(self) -> float:
        """Of all there is, what was held."""
        return self.peak.value / self.whole
