"""How far a batch is and how long it still takes."""

import time
from dataclasses import dataclass, replace

from desktop.amounts import time_in_words
from desktop.language import tr, tr_later


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one run over `total` pictures; `skipped` were answered before.

    `seconds_left` is None until the pace is known. `failures` holds what was said of each picture that failed.
    """

    total: int
    skipped: int = 0
    answered: int = 0
    failures: tuple[str, ...] = ()
    seconds_left: float | None = None

    @property
    def left(self) -> int:
        """How many are still to come."""
        return self.total - self.skipped - self.answered - len(self.failures)

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return (self.total - self.left) / self.total if self.total else 1.0

    @property
    def words(self) -> str:
        """All of it in a line."""
        done = self.answered + self.skipped
        words = tr_later("{done} of {total} answered")
        if self.skipped:
            words = tr_later("{done} of {total} answered ({before} of them before)")
        parts = [tr(words, done=done, total=self.total, before=self.skipped)]
        if self.failures:
            parts.append(tr("{count} failed", count=len(self.failures)))
        if self.left and self.seconds_left is not None:
            parts.append(tr("{time} left", time=time_in_words(self.seconds_left)))
        return tr(", ").join(parts)


class Pace:
    """Counts as pictures end, and foretells from the time that they took."""

    def __init__(self, total: int, skipped: int) -> None:
        self.tally = Tally(total, skipped)
        self._start = time.monotonic()
        self._first: float | None = None

    def count(self, failure: str = "") -> Tally:
        """Count a picture that was answered, or failed for a reason."""
        tally = self.tally
        failures = (*tally.failures, failure) if failure else tally.failures
        tally = replace(tally, answered=tally.answered + (not failure), failures=failures)
        self.tally = replace(tally, seconds_left=self._foretell(tally))
        return self.tally

    def _foretell(self, tally: Tally) -> float:
        """From the first picture's end on: before it the engine may have been loading."""
        now = time.monotonic()
        ended = tally.answered + len(tally.failures)
        if self._first is None or ended < 2:
            self._first = now
            return (now - self._start) * tally.left
        return (now - self._first) / (ended - 1) * tally.left
