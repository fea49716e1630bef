"""How many tokens a step should verify, by the time that steps take here and by how right the drafts are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
_STALE = 0.998  # what is left, with each step, of how far a time is trusted that was not seen again


@dataclass(slots=True)
class _Time:
    """The smoothed `seconds` of a kind of step, seen last in the step of that `number`."""

    seconds: float
    number: int


class Pace:
    """Times of steps by requests and width.

    Where one was never seen it is taken to be as short as those of other widths allow; one that was not seen for long
    is taken to be less and less, so that it is tried again some day: what else the device had to do may be over.
    """

    def __init__(self) -> None:
        self._number = 0
        self._times: dict[tuple[int, int], _Time] = {}

    def feed(self, count: int, width: int, seconds: float) -> None:
        """Hear how long a step took."""
        key = size_for(count), width
        before = self._times.get(key) or _Time(seconds, self._number)
        trusted = (1 - _NEWEST) * self._trust(before)
        self._number += 1
        self._times[key] = _Time(trusted * before.seconds + (1 - trusted) * seconds, self._number)

    def choose(self, count: int, chances: Iterable[float]) -> int:
        """The width that gives the most tokens in a second, to requests whose next draft token is right so likely."""
        size, likely = size_for(count), list(chances)
        if not any(likely):
            return 1
        known = {width: time for width in WIDTHS[size] if (time := self._times.get((size, width)))}

        def seconds(width: int) -> float:
            if time := known.get(width):
                return time.seconds * self._trust(time)
            # No step is quicker than a narrower one, nor for its tokens than a wider one.
            return max((time.seconds * min(1, width / other) for other, time in known.items()), default=1.0)

        def rate(width: int) -> float:
            return sum(chance**place for chance in likely for place in range(width)) / seconds(width)

        return max(WIDTHS[size], key=rate)

    def _trust(self, time: _Time) -> float:
        return float(_STALE ** (self._number - time.number))


def size_for(count: int) -> int:
    """The least number of requests, of those that steps are made for, that these fit into."""
    return next(size for size in WIDTHS if size >= count)
