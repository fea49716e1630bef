"""One job's text in the making: new tokens become characters, loops and stop words end it."""

from dataclasses import dataclass, field

from desktop.engine.qwen.detokenizer import Detokenizer
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.scheduler import Request
from desktop.engine.repetition import RepetitionGuard

REPEATED = "The model began to repeat itself, so its answer was stopped there."


@dataclass(slots=True)
class Answer:
    """`text` holds the whole characters of the tokens so far; `note` says why it ended early."""

    request: Request
    detokenizer: Detokenizer
    grid: Grid
    stop: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    _guard: RepetitionGuard = field(default_factory=RepetitionGuard)
    _shown: int = 0

    @property
    def behind(self) -> bool:
        """True where there are tokens that `text` does not hold yet."""
        return self._shown < len(self.request.produced)

    @property
    def ended(self) -> bool:
        """True once no token follows."""
        return self.request.ended and not self.behind

    def show(self) -> None:
        """Take the new tokens into the text."""
        for token in self.request.produced[self._shown :]:
            self.detokenizer.add(token)
            self._shown += 1
            if loop := self._guard.feed(token):
                self._cut(loop.end)
                return
        if self.request.ended:
            self.detokenizer.finish()
        self.text = self.detokenizer.text
        if places := [place for word in self.stop if (place := self.text.find(word)) >= 0]:
            self.text = self.text[: min(places)]
            self._end()

    def _cut(self, tokens: int) -> None:
        """Keep so many tokens and end."""
        self.note = REPEATED
        self.text = self.detokenizer.decode(self.request.produced[:tokens])
        self._end()

    def _end(self) -> None:
        self.request.ended = True
        self._shown = len(self.request.produced)
