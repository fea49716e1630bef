"""One job's text in the making: new tokens become characters, loops and stop words end it."""

import time
from dataclasses import dataclass, field

from desktop.engine.answers import stop_place
from desktop.engine.notes import CUT, REPEATED
from desktop.engine.qwen.detokenizer import Detokenizer
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.request import Request
from desktop.engine.repetition import LineGuard, RepetitionGuard
from desktop.language import tr


@dataclass(slots=True)
class Answer:
    """`text` holds the whole characters of the tokens so far; `note` says why it ended early.

    `whole` is the grid that the picture has at full size.
    """

    request: Request
    detokenizer: Detokenizer
    whole: Grid
    stop: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    _tokens: RepetitionGuard = field(default_factory=RepetitionGuard)
    _lines: LineGuard = field(default_factory=LineGuard)
    _shown: int = 0
    _finished: bool = False
    _begun: float = field(default_factory=time.monotonic)
    _first: float = 0.0

    @property
    def behind(self) -> bool:
        """True where there are tokens, or their end, that `text` does not hold yet."""
        return self._shown < len(self.request.produced) or (self.request.ended and not self._finished)

    @property
    def ended(self) -> bool:
        """True once no token follows."""
        return self.request.ended and not self.behind

    @property
    def grid(self) -> Grid:
        """The picture as the model sees it."""
        return self.request.prompt.grid

    @property
    def reduced(self) -> bool:
        """True where the model sees less than the whole picture has."""
        return self.grid.rows * self.grid.columns < self.whole.rows * self.whole.columns

    def show(self) -> None:
        """Take the new tokens into the text."""
        if self.behind:
            self._first = self._first or time.monotonic()
        for token in self.request.produced[self._shown :]:
            before = len(self.detokenizer.text)
            self.detokenizer.add(token)
            self._shown += 1
            if loop := self._tokens.feed(token):
                return self._cut(self.detokenizer.head(loop.end))
            if loop := self._lines.feed(self.detokenizer.text[before:]):
                return self._cut(self.detokenizer.text[: loop.end])
        if self.request.ended:
            self.detokenizer.finish()
            self._finished = True
        self.text = self.detokenizer.text
        if (place := stop_place(self.text, self.stop)) is not None:
            self.text = self.text[:place]
            self._end()
        elif self.request.ended and self.request.cut:
            self.note = tr(CUT, tokens=f"{len(self.request.produced):,}")
        return None

    def times(self) -> str:
        """How long the first token took, and how many came in a second from then on; '' before the first."""
        if not self._first:
            return ""
        now, tokens = time.monotonic(), len(self.request.produced)
        seconds = f"{self._first - self._begun:.2f}"
        if tokens < 2 or now <= self._first:
            return tr("first token {seconds} s", seconds=seconds)
        rate = round((tokens - 1) / (now - self._first))
        return tr("first token {seconds} s, {rate} tokens/s", seconds=seconds, rate=rate)

    def _cut(self, text: str) -> None:
        """Keep that much and end."""
        self.note = tr(REPEATED)
        self.text = text
        self._end()

    def _end(self) -> None:
        self.request.ended = True
        self._shown = len(self.request.produced)
        self._finished = True
