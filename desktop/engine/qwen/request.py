"""One answer in the making, as the scheduler sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from desktop.engine.qwen.draft import Draft
from desktop.engine.qwen.prompt import Prompt
from desktop.engine.qwen.sampling import Sampler, Sampling
from desktop.engine.qwen.shares import Shares

Embed = Callable[[], Shares]


@dataclass(eq=False, slots=True)
class Request:
    """A prompt and what was said to it so far; one that may say nothing (`max_tokens` 0) only fills the cache.

    `embed_picture` gives (picture tokens, hidden), share by share, when the prompt is computed. `smaller` gives both
    anew for a smaller picture; a request is `retried` once memory was short. `draft` is what it may well say. `error`
    is what ended it before its time. `written` counts the tokens that lie in the cache, `reused` those of them that
    were there before.
    """

    id: str
    prompt: Prompt
    embed_picture: Embed
    sampling: Sampling
    end_tokens: tuple[int, ...]
    smaller: Callable[[], tuple[Prompt, Embed]] | None = None
    draft: Draft = field(default_factory=Draft)
    produced: list[int] = field(default_factory=list)
    ended: bool = False
    error: Exception | None = None
    sampler: Sampler | None = None
    row: int = 0
    pages: list[int] = field(default_factory=list)
    slots: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.long))
    written: int = 0
    reused: int = 0
    retried: bool = False

    @property
    def room(self) -> int:
        """The tokens that its prompt and longest answer may take."""
        return len(self.prompt.ids) + self.sampling.max_tokens

    @property
    def cut(self) -> bool:
        """True where it ended for its length, in the middle of what it had to say."""
        return len(self.produced) >= self.sampling.max_tokens

    @property
    def kept(self) -> tuple[int, ...]:
        """The keys of the tokens in the cache."""
        return (*self.prompt.keys, *self.produced)[: self.written]

    def take(self, tokens: list[int]) -> None:
        """Keep tokens of the answer up to an end token, which only ends it, or to its length.

        All but the first token of an answer come with as many more in the cache.
        """
        self.written += len(tokens) if self.produced else 0
        for token in tokens:
            if token in self.end_tokens:
                self.ended = True
                return
            self.produced.append(token)
            if self.cut:
                self.ended = True
                return

    def fail(self, error: Exception) -> None:
        """End it by an error."""
        self.error = error
        self.ended = True
