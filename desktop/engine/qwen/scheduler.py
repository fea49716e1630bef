"""Several requests in one running batch, joining and leaving at any step."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import torch
from torch import Tensor

from desktop.engine.qwen.cache import PAGE, KVCache, pages_for
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.failure import is_out_of_memory
from desktop.engine.qwen.graph import Decoder
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.prefixes import Prefixes
from desktop.engine.qwen.prompt import Prompt
from desktop.engine.qwen.rows import Rows
from desktop.engine.qwen.sampling import Sampler, Sampling

log = logging.getLogger(__name__)

MOST_RUNNING = 12
CHUNK = 8192  # tokens of a prompt computed at once, which bounds the memory it takes
PATIENCE_S = 0.044  # the longest that running answers wait for a piece of another's prompt
PATIENT_CHUNK = 512  # what is computed in that time, in tokens, where it was not measured
PICTURE_SHARE = 0.6  # what the vision tower takes for a token, of what the language model takes for it

Embed = Callable[[], Tensor]


@dataclass(eq=False, slots=True)
class Request:
    """One answer in the making.

    `embed_picture` gives (picture tokens, hidden) when the prompt is computed. `smaller` gives both anew for a smaller
    picture, once, where memory was short. `error` is what ended it before its time. `written` counts the tokens that
    lie in the cache, `reused` those of them that were there before.
    """

    id: str
    prompt: Prompt
    embed_picture: Embed
    sampling: Sampling
    end_tokens: tuple[int, ...]
    smaller: Callable[[], tuple[Prompt, Embed]] | None = None
    produced: list[int] = field(default_factory=list)
    ended: bool = False
    error: Exception | None = None
    sampler: Sampler | None = None
    row: int = 0
    pages: list[int] = field(default_factory=list)
    slots: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.long))
    written: int = 0
    reused: int = 0

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

    def take(self, token: int) -> None:
        """Keep a token of the answer; an end token only ends it."""
        if token in self.end_tokens:
            self.ended = True
            return
        self.produced.append(token)
        self.ended = self.cut

    def fail(self, error: Exception) -> None:
        """End it by an error."""
        self.error = error
        self.ended = True


class Scheduler:
    """Steps all requests: each step computes a piece of one prompt that waits, and a token for every running request.

    What a request computed stays in `prefixes` when it leaves. A request that fails ends with its `error`; the others
    go on.
    """

    def __init__(self, language: LanguageModel, cache: KVCache, vocabulary: int, device: Device) -> None:
        self._language = language
        self._cache = cache
        self._device = device
        self._waiting: deque[Request] = deque()
        self._coming: Request | None = None
        self._pieces: Iterator[None] = iter(())
        self._running: list[Request] = []
        self._rows = Rows(MOST_RUNNING, cache, vocabulary, device.place)
        self._decoder = Decoder(language, self._rows, device)
        self._flight = Flight([], torch.empty(0, dtype=torch.long))
        self._patient_chunk = PATIENT_CHUNK
        self.prefixes = Prefixes(cache)

    def warm_up(self) -> None:
        """Make ready what takes time at the first use, and measure how fast prompts are computed."""
        self._decoder.capture()
        if self._device.on_gpu:
            self._patient_chunk = max(PAGE, int(PATIENCE_S / min(self._seconds_a_token() for _ in range(3))))

    @torch.inference_mode()
    def _seconds_a_token(self) -> float:
        """What one token of a prompt takes here."""
        count = min(4, self._cache.pages) * PAGE
        pages = self._cache.take(count // PAGE)
        tokens = torch.zeros(count, device=self._device.place, dtype=torch.long)
        positions = torch.arange(count, device=self._device.place).expand(3, -1)
        start = time.perf_counter()
        logits = self._language.prefill(self._language.embed(tokens), positions, self._cache.slots(pages, count))
        int(logits.argmax())
        self._cache.give_back(pages)
        return (time.perf_counter() - start) / count

    def add(self, request: Request) -> None:
        """Let a request wait for its turn."""
        self._waiting.append(request)

    def remove(self, request: Request) -> None:
        """Take a request out, wherever it stands; what it computed is kept for those that follow it."""
        request.ended = True
        if request in self._waiting:
            self._waiting.remove(request)
        if request is self._coming:
            self._coming = None
        if request in self._running:
            self._running.remove(request)
            self._rows.leave(request.row, len(self._running))
            for other in self._running:
                other.row = request.row if other.row == len(self._running) else other.row
        if request.pages:
            self.prefixes.keep(request.kept, request.pages)
            request.pages = []

    @torch.inference_mode()
    def step(self) -> None:
        """Compute a piece of a prompt, then one token for every running request; those that end leave."""
        running = list(self._running)
        if request := self._coming or self._admit():
            self._guard([request], self._prefill, partial(self._shrink, request))
        if running:
            self._guard(running, self._decode)
        for request in [*self._running, self._coming]:
            if request and request.ended:
                self.remove(request)

    def _admit(self) -> Request | None:
        """Let the request that waits longest come, where there is room for its whole answer; it has its pages."""
        if not self._waiting or len(self._running) >= MOST_RUNNING:
            return None
        request = self._waiting[0]
        request.reused, pages = self.prefixes.reuse(request.prompt.keys)
        missing = pages_for(request.room) - len(pages)
        if not self.prefixes.make_room(missing):
            self._cache.give_back(pages)
            return None
        self._coming = self._waiting.popleft()
        request.pages = [*pages, *self._cache.take(missing)]
        request.slots = self._cache.slots(request.pages, request.room)
        self._pieces = self._compute_prompt(request)
        return request

    def _guard(
        self, requests: Sequence[Request], work: Callable[[], None], before: Callable[[], None] = lambda: None
    ) -> None:
        """Do the work of these requests; what goes wrong ends them, for each to hand on to the one who asked."""
        try:
            self._retrying(work, before)
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the others
            for request in requests:
                request.fail(error)

    def _retrying(self, work: Callable[[], None], before: Callable[[], None] = lambda: None) -> None:
        """Do the work; where memory is short, free what can be freed and do it once more."""
        try:
            work()
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            log.warning("out of memory (%s); what is kept is freed", error)
        else:
            return
        self.prefixes.clear()
        self._device.give_back()
        before()
        work()

    def _shrink(self, request: Request) -> None:
        """Compute the prompt anew, with a smaller picture where there is one."""
        if request.smaller is not None and not request.reused:
            request.prompt, request.embed_picture = request.smaller()
        self._pieces = self._compute_prompt(request)

    def _prefill(self) -> None:
        """Compute a piece of the prompt that comes."""
        next(self._pieces)

    def _compute_prompt(self, request: Request) -> Iterator[None]:
        """Compute what of the prompt is not in the cache yet, piece by piece, and let the request run."""
        prompt, first, device = request.prompt, request.reused, self._device.place
        request.written = first
        ids = torch.tensor(prompt.ids, device=device)
        embeddings = self._language.embed(ids[first:]).clone()
        if prompt.picture.stop > first:
            inside = slice(max(prompt.picture.start - first, 0), prompt.picture.stop - first)
            picture = request.embed_picture()[max(first - prompt.picture.start, 0) :]
            embeddings[inside] = picture.to(embeddings.dtype)
            if self._running and len(embeddings) + PICTURE_SHARE * len(picture) > self._patient_chunk:
                yield
        positions = prompt.positions.to(device)
        while (start := request.written) < len(ids):
            end = min(start + (self._patient_chunk if self._running else CHUNK), len(ids))
            piece = embeddings[start - first : end - first]
            logits = self._language.prefill(piece, positions[:, start:end], request.slots[:end], start)
            request.written = end
            if end < len(ids):
                yield
        self._join(request, ids, logits[0])
        yield

    def _join(self, request: Request, ids: Tensor, logits: Tensor) -> None:
        """Let a request whose prompt is computed run, and choose its first token."""
        rows, row = self._rows, len(self._running)
        rows.fill(row, request.pages, ids, request.prompt.next_position, request.sampling.penalty)
        request.sampler = Sampler(request.sampling, self._device.place)
        rows.tokens[row] = request.sampler.choose(rows.penalise(logits[None], slice(row, row + 1))[0])
        request.row = row
        self._running.append(request)
        self._coming = None
        request.take(int(rows.tokens[row]))

    def _decode(self) -> None:
        """Let the device begin with the next token of every running request, and read the ones before meanwhile."""
        landed, self._flight = self._flight, self._launch()
        for request, token in zip(landed.requests, landed.read(), strict=True):
            if not request.ended:
                request.written += 1
                request.take(token)

    def _launch(self) -> "Flight":
        running, rows = self._running, self._rows
        if not running:
            return Flight([], torch.empty(0, dtype=torch.long))
        most = max(request.written for request in running)
        self._decoder.step(len(running), pages_for(most + 2))  # the newest token, and the one in flight
        for request in running:
            if request.sampler and request.sampler.draws:
                rows.tokens[request.row] = request.sampler.choose(rows.logits[request.row])
        ordered = sorted(running, key=lambda request: request.row)
        return Flight(ordered, rows.tokens[: len(running)])


class Flight:
    """Tokens that the device is still at, one a request; copied to the host as soon as they are there."""

    def __init__(self, requests: list[Request], tokens: Tensor) -> None:
        self.requests = requests
        on_gpu = tokens.device.type == "cuda"
        self._tokens = torch.empty(len(tokens), dtype=torch.long, pin_memory=on_gpu)
        self._tokens.copy_(tokens, non_blocking=on_gpu)
        self._landed = torch.cuda.Event() if on_gpu else None  # type: ignore[no-untyped-call]
        if self._landed:
            self._landed.record()

    def read(self) -> list[int]:
        """Wait for them."""
        if self._landed:
            self._landed.synchronize()
        return list(self._tokens.tolist())
