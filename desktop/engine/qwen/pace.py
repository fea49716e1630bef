"""How many tokens a step should verify, by the time that steps take here and by how right the drafts are."""

from collections.abc import Iterable, Mapping, Sequence

WIDTHS: Mapping[int, Sequence[int]] = {
    1: (1, 4, 8, 16),
    2: (1, 4, 8),
    3: (1, 4),
    4: (1, 4),
    6: (1, 2),
    8: (1, 2),
    12: (1,),
}
"""The tokens a request that a step can take, by the number of requests: 16 in all cost hardly more than one."""
WIDEST = max(width for widths in WIDTHS.values() for width in widths)
_NEWEST = 0.2  # what the newest time counts beside those before


class Pace:
    """Times of steps, smoothed, by requests and width; where one was never seen it is taken to be the fastest."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[int, int], float] = {}

    def feed(self, count: int, width: int, seconds: float) -> None:
        """Hear how long a step took."""
        key = size_for(count), width
        before = self._seconds.get(key, seconds)
        self._seconds[key] = before + _NEWEST * (seconds - before)

    def choose(self, count: int, chances: Iterable[float]) -> int:
        """The width that gives the most tokens in a second, to requests whose next draft token is right so likely."""
        size, likely = size_for(count), list(chances)
        if not any(likely):
            return 1
        known = [self._seconds[size, width] for width in WIDTHS[size] if (size, width) in self._seconds]
        fastest = min(known, default=1.0)

        def rate(width: int) -> float:
            tokens = sum(chance**place for chance in likely for place in range(width))
            return tokens / self._seconds.get((size, width), fastest)

        return max(WIDTHS[size], key=rate)


def size_for(count: int) -> int:
    """The least number of requests, of those that steps are made for, that these fit into."""
    return next(size for size in WIDTHS if size >= count)
