"""Several requests in one running batch, joining and leaving at any step."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from desktop.engine.qwen.cache import KVCache
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.prompt import Prompt
from desktop.engine.qwen.sampling import Sampler, Sampling

MOST_RUNNING = 12


@dataclass(eq=False, slots=True)
class Request:
    """One answer in the making. `embed_picture` gives (picture tokens, hidden) when the prompt is computed."""

    id: str
    prompt: Prompt
    embed_picture: Callable[[], Tensor]
    sampling: Sampling
    end_tokens: tuple[int, ...]
    produced: list[int] = field(default_factory=list)
    ended: bool = False
    sampler: Sampler | None = None
    pages: list[int] = field(default_factory=list)
    slots: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.long))

    @property
    def room(self) -> int:
        """The tokens that its prompt and longest answer may take."""
        return len(self.prompt.ids) + self.sampling.max_tokens

    def take(self, token: int) -> None:
        """Keep a token of the answer; an end token only ends it."""
        if token in self.end_tokens:
            self.ended = True
            return
        self.produced.append(token)
        self.ended = len(self.produced) >= self.sampling.max_tokens


class Scheduler:
    """Steps all requests: a prompt that waits is computed first, otherwise every running request gets a token."""

    def __init__(self, language: LanguageModel, cache: KVCache, vocabulary: int, device: torch.device) -> None:
        self._language = language
        self._cache = cache
        self._vocabulary = vocabulary
        self._device = device
        self._waiting: deque[Request] = deque()
        self._running: list[Request] = []

    def add(self, request: Request) -> None:
        """Let a request wait for its turn."""
        self._waiting.append(request)

    def remove(self, request: Request) -> None:
        """Take a request out, wherever it stands, and free what it held."""
        if request in self._waiting:
            self._waiting.remove(request)
        if request in self._running:
            self._running.remove(request)
        self._cache.give_back(request.pages)
        request.pages = []
        request.ended = True

    @torch.inference_mode()
    def step(self) -> None:
        """Compute one prompt, or one token for every running request; those that end leave."""
        if not self._admit():
            self._decode()
        for request in [request for request in self._running if request.ended]:
            self.remove(request)

    def _admit(self) -> bool:
        """Compute the prompt that waits longest, where there is room for its whole answer."""
        if not self._waiting or len(self._running) >= MOST_RUNNING:
            return False
        pages = self._cache.take(self._waiting[0].room)
        if pages is None:
            return False
        request = self._waiting.popleft()
        request.pages = pages
        request.slots = self._cache.slots(pages, request.room)
        self._running.append(request)
        self._prefill(request)
        return True

    def _prefill(self, request: Request) -> None:
        ids = torch.tensor(request.prompt.ids, device=self._device)
        request.sampler = Sampler(request.sampling, ids, self._vocabulary)
        embeddings = self._language.embed(ids).clone()
        embeddings[request.prompt.picture] = request.embed_picture().to(embeddings.dtype)
        positions = request.prompt.positions.to(self._device)
        logits = self._language.prefill(embeddings, positions, request.slots[: len(ids)])
        request.take(request.sampler.choose(logits[0]))

    def _decode(self) -> None:
        if not self._running:
            return
        tokens = torch.tensor([request.produced[-1] for request in self._running], device=self._device)
        steps = [len(request.produced) - 1 for request in self._running]
        starts = [request.prompt.next_position + step for request, step in zip(self._running, steps, strict=True)]
        contexts = [
            request.slots[: len(request.prompt.ids) + step + 1]
            for request, step in zip(self._running, steps, strict=True)
        ]
        logits = self._language.decode(tokens, torch.tensor(starts, device=self._device), contexts)
        for request, row in zip(self._running, logits, strict=True):
            if request.sampler is not None:
                request.take(request.sampler.choose(row))
