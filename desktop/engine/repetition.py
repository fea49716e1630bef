"""Finds the loops a greedy model falls into, token by token or line by line. Pure."""

import re
from collections.abc import Hashable
from typing import NamedTuple

_PIECE = re.compile(r"\s*(?:[^\W_]{1,6}|([\W_])\1*)|\s+", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_LINE_PERIODS = 16
# Letters in one copy (markup aside), and how many copies of it in a row no real page holds.
_LINE_COPIES = ((200, 5), (80, 10), (8, 20), (0, 64))


class Loop(NamedTuple):
    """The end of a stream is `copies` of one block, whose first copy is `start` to `end`.

    Cutting the stream at `end` leaves one copy. The unit is what was fed: tokens, or characters for lines.
    """

    start: int
    end: int
    copies: int


class RepetitionGuard:
    """Watches a stream of token ids for a block of at most `max_period` that comes again and again.

    A loop is told after `copies` of the block that are at least `tokens` long together. The defaults leave ruled lines,
    rows of zeros, closing tags and a screen of equal short rows alone, and cost at most 1,024 tokens.
    """

    def __init__(self, max_period: int = 64, copies: int = 12, tokens: int = 320) -> None:
        self._runs = _Runs(max_period)
        self._least = [max(copies, -(-tokens // period)) * period for period in range(1, max_period + 1)]

    def feed(self, token: Hashable) -> Loop | None:
        """Take the next token; the loop that it goes on with, once that is certain."""
        for period, run in self._runs.feed(token).items():
            if run + period >= self._least[period - 1]:
                return self._runs.loop(period)
        return None


class PieceGuard:
    """Watches a text that comes without its tokens: pieces about as long as those take their place.

    A piece is told once the next one has begun, so the end of an answer is never cut short.
    """

    def __init__(self) -> None:
        self._guard = RepetitionGuard()
        self._ends: list[int] = []
        self._rest = ""
        self._length = 0

    def feed(self, text: str) -> Loop | None:
        """Take the next piece of the text; the loop that it goes on with, in characters."""
        *pieces, self._rest = [found[0] for found in _PIECE.finditer(self._rest + text)] or [""]
        for piece in pieces:
            self._length += len(piece)
            self._ends.append(self._length)
            if loop := self._guard.feed(piece):
                start = self._ends[loop.start - 1] if loop.start else 0
                return Loop(start, self._ends[loop.end - 1], loop.copies)
        return None


class LineGuard:
    """Watches a text for lines, or blocks of up to 16 lines, that come again and again; blank lines do not count.

    How many copies make a loop depends on how much one copy says: short lines and markup repeat on real pages.
    """

    def __init__(self) -> None:
        self._runs = _Runs(_LINE_PERIODS)
        self._places: list[tuple[int, int]] = []
        self._letters: list[int] = []
        self._rest = ""
        self._length = 0

    def feed(self, text: str) -> Loop | None:
        """Take the next piece of the text; the loop that its last finished line goes on with, in characters."""
        *lines, self._rest = (self._rest + text).split("\n")
        found = None
        for line in lines:
            start = self._length
            self._length += len(line) + 1
            if line.strip():
                found = self._take(line.strip(), start)
        return found

    def _take(self, line: str, start: int) -> Loop | None:
        self._places.append((start, self._length))
        self._letters.append(sum(letter.isalpha() for letter in _TAG.sub("", line)))
        for period, run in self._runs.feed(line).items():
            if run // period + 1 >= _copies_allowed(sum(self._letters[-period:])):
                first, end, copies = self._runs.loop(period)
                return Loop(self._places[first][0], self._places[end - 1][1], copies)
        return None


def _copies_allowed(letters: int) -> int:
    return next(copies for least, copies in _LINE_COPIES if letters >= least)


class _Runs:
    """For each period, how many items at the end of a stream equal the one a period earlier."""

    def __init__(self, max_period: int) -> None:
        self.count = 0
        self._max_period = max_period
        self._lengths: dict[int, int] = {}
        self._places: dict[Hashable, list[int]] = {}

    def feed(self, item: Hashable) -> dict[int, int]:
        """Take the next item; period to length, the shortest period first. Work: its copies in the last period."""
        places = self._places.setdefault(item, [])
        lengths = {}
        for place in reversed(places):
            if (period := self.count - place) > self._max_period:
                break
            lengths[period] = self._lengths.get(period, 0) + 1
        places.append(self.count)
        self.count += 1
        self._lengths = lengths
        return lengths

    def loop(self, period: int) -> Loop:
        """The repetition with that period, told by the shortest block that makes it up."""
        whole = self._lengths[period] + period
        shortest = next(short for short, run in self._lengths.items() if run + short >= whole)
        start = self.count - self._lengths[shortest] - shortest
        return Loop(start, start + shortest, (self.count - start) // shortest)
