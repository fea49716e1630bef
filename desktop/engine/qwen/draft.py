"""What a request may well say, to be verified several tokens at once."""

import threading
from collections.abc import Sequence

FADE = 0.9  # how much of what was seen of a draft still counts a step later
PRIOR = 0.5  # tries that are taken to have been seen, half of them right
FORGIVE = 0.98  # the same for a step that did without it


class Draft:
    """Tokens that somebody else offers, such as the embedded OCR or the answer before, from any thread.

    `chance` is how likely the next of its tokens is right, by what was seen of late; `right` counts those that were.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._offered: Sequence[int] | None = None
        self._hits = self._tries = 0.0
        self.there = False
        self.right = 0

    def offer(self, tokens: Sequence[int]) -> None:
        """Give the draft anew, as far as it is known."""
        with self._guard:
            self._offered = tokens

    def take(self) -> Sequence[int] | None:
        """The draft where it is new since it was last taken."""
        with self._guard:
            tokens, self._offered = self._offered, None
        if tokens is not None:
            self.there = bool(tokens)
            self._hits = self._tries = 0.0
        return tokens

    @property
    def chance(self) -> float:
        """0 without a draft; even at first."""
        return (self._hits + PRIOR / 2) / (self._tries + PRIOR) if self.there else 0.0

    def judge(self, hits: int, width: int) -> None:
        """Hear how many tokens in a row were right in a step that verified `width` - 1 of them."""
        self.right += hits
        fade = FADE if width > 1 else FORGIVE
        self._hits = self._hits * fade + hits
        self._tries = self._tries * fade + min(hits + 1, width - 1)
