"""How far a download is, how fast it runs and how long it still takes, in words."""

import time
from collections import deque

from desktop.amounts import size_in_words, time_in_words
from desktop.engine.api import Progress
from desktop.language import tr

_WINDOW_S = 5.0
_PAUSE_S = 0.1


class Meter:
    """Counts bytes of `total` and tells `progress` of them ten times a second at most."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._here = 0
        self._marks: deque[tuple[float, int]] = deque()
        self._told = 0.0
        self.doing = ""

    def start_at(self, here: int) -> None:
        """Count from `here`; the speed is measured anew."""
        self._here = here
        self._marks.clear()

    def add(self, count: int) -> None:
        """Count bytes that came; a negative count takes back what was thrown away."""
        now = time.monotonic()
        self._here += count
        if count < 0 or not self._marks:
            self._marks.clear()
        self._marks.append((now, self._here))
        while now - self._marks[0][0] > _WINDOW_S:
            self._marks.popleft()
        if now - self._told >= _PAUSE_S:
            self._told = now
            self._progress(min(self._here / self._total, 1.0), self._describe())

    def say(self, words: str) -> None:
        """Tell what is being done where no bytes come."""
        self._progress(min(self._here / self._total, 1.0), words)

    def _describe(self) -> str:
        far = tr("{here} of {total}", here=size_in_words(self._here), total=size_in_words(self._total))
        (start, before), (end, _now) = self._marks[0], self._marks[-1]
        speed = (self._here - before) / (end - start) if end - start >= 2 * _PAUSE_S else 0.0
        if speed > 0:
            left = time_in_words((self._total - self._here) / speed)
            far = tr("{far}, {speed}/s, {time} left", far=far, speed=size_in_words(speed), time=left)
        return f"{self.doing}: {far}"
