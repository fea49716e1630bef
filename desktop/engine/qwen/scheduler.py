"""Several requests in one running batch, joining and leaving at any step."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import torch
from torch import Tensor

from desktop.engine.api import EngineError
from desktop.engine.qwen.cache import KVCache, pages_for
from desktop.engine.qwen.decoder import Decoder
from desktop.engine.qwen.device import Device, upload
from desktop.engine.qwen.failure import is_out_of_memory
from desktop.engine.qwen.flight import Flight, copy_stream
from desktop.engine.qwen.graph import Graphs
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.pace import WIDEST, WIDTHS, Pace
from desktop.engine.qwen.prefill import Prefill
from desktop.engine.qwen.prefixes import Keys, Prefixes, go_together
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.rows import Rows
from desktop.engine.qwen.sampling import Sampler
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

MOST_RUNNING = max(WIDTHS)
NO_TOKEN = -1
NO_NUMBERS = tr_later("The model computes no numbers: its files are damaged; check them (preferences, Models).")


class Scheduler:
    """Steps all requests: each step computes what of prompts fits between two tokens, then tokens for what runs.

    What a request computed stays in `prefixes` when it leaves. A request that fails ends with its `error`; the others
    go on. The newest request comes first.
    """

    def __init__(self, language: LanguageModel, cache: KVCache, vocabulary: int, device: Device) -> None:
        self._language = language
        self._cache = cache
        self._device = device
        self._waiting: list[Request] = []
        self._coming: Request | None = None
        self._pieces: Iterator[None] = iter(())
        self._running: list[Request] = []
        self._flights: list[Flight] = []
        self._landed_s = 0.0
        self._rows = Rows(MOST_RUNNING, cache, vocabulary, device.place, language.backend)
        self._copies = copy_stream(device)
        self.graphs = Graphs(device)
        self._decoder = Decoder(language, self._rows, self.graphs)
        self.prefill = Prefill(language, cache, device, self.graphs)
        self.prefixes = Prefixes(cache)
        self.pace = Pace()

    @property
    def rests(self) -> bool:
        """True while nothing is half computed, whoever waits."""
        return not (self._running or self._coming)

    def holds(self, keys: Keys) -> bool:
        """Tell whether a prompt will find something to go on with: what is kept, or is on its way."""
        coming = [self._coming] if self._coming else []
        return self.prefixes.holds(keys) or any(go_together(r.prompt.keys, keys) for r in [*self._waiting, *coming])

    def warm_up(self) -> None:
        """Make ready what takes time at the first use, and measure how fast prompts are computed.

        Nothing is captured where attention would read the whole width of the table.
        """
        works = {**self.prefill.tail.works(), **self._decoder.works()}
        self.graphs.capture(works, lambda: self._language.backend.attention.reads_true_lengths)
        if self._device.on_cuda:
            self.prefixes.clear()  # for their pages
            self.prefill.measure()

    def add(self, request: Request) -> None:
        """Let a request wait for its turn."""
        self._waiting.append(request)

    def remove(self, request: Request) -> None:
        """Take a request out, wherever it stands; what it computed is kept for those that follow it."""
        request.ended = True
        if request in self._waiting:
            self._waiting.remove(request)
        if request is self._coming:
            self._coming, self._pieces = None, iter(())
        self._leave(request)
        if request.pages:
            self.prefixes.keep(request.kept, request.pages)
            request.pages = []

    @torch.inference_mode()
    def step(self) -> None:
        """Compute of prompts what running answers can wait for, then tokens for these; those that end leave."""
        running = list(self._running)
        flown, self._flights = self._flights, []
        quiet = not self._bring(alone=not running)
        if running:
            self._guard(self._running, partial(self._decode, quiet, flown))
        for request in [*self._running, self._coming]:
            if request and request.ended:
                self.remove(request)

    def _bring(self, alone: bool) -> bool:
        """Compute prompts within this step's allowance, or one where nothing runs yet; tell whether there was any."""
        self.prefill.allow(alone)
        worked = False
        while request := self._coming or self._admit():
            worked = True
            self._guard([request], partial(self._retrying, self._go_on, partial(self._begin_again, request)))
            if request.ended:
                self.remove(request)
            if alone or request is self._coming:
                break
        return worked

    def _admit(self) -> Request | None:
        """Let the newest request come, where there is room for its whole answer; it has its pages."""
        if not self._waiting or len(self._running) >= MOST_RUNNING:
            return None
        request = self._waiting[-1]
        taken = self.prefixes.take(request.prompt.keys, pages_for(request.room))
        if taken is None:
            return None
        self._coming = self._waiting.pop()
        request.reused, request.pages = taken
        self._pieces = self._come(request)
        return request

    def _come(self, request: Request) -> Iterator[None]:
        """Compute a prompt, piece by piece, and let its request run."""
        request.written = request.reused
        request.slots = self._cache.slots(request.pages, request.room)
        ids = upload(torch.tensor(request.prompt.ids), self._device.place)
        logits = yield from self.prefill.compute(request, ids)
        self._join(request, ids, logits)

    def _join(self, request: Request, ids: Tensor, logits: Tensor) -> None:
        """Let a request run, with its first token; one that may say nothing ends."""
        if not request.sampling.max_tokens:
            request.ended = True
            return
        rows, row = self._rows, len(self._running)
        request.row = row
        self._running.append(request)
        rows.fill(row, request.pages, ids, request.prompt.next_position, request.sampling.penalty)
        request.sampler = Sampler(request.sampling, self._device.place)
        logits = rows.penalise(logits[None], ids[None, -1:], slice(row, row + 1))[0, 0]
        token = rows.tokens[row] = request.sampler.choose(logits)
        said = torch.where(logits[0].isnan(), NO_TOKEN, token)  # one NaN before the head makes all logits so
        self._flights.append(Flight([request], said[None, None], None, self._copies))
        self._coming = None
        self.prefixes.share(request.prompt.keys, request.pages)  # for other tasks on the picture meanwhile

    def _leave(self, request: Request) -> None:
        """Free the row of a request that runs."""
        if request in self._running:
            self._running.remove(request)
            self._rows.leave(request.row, len(self._running))
            for other in self._running:
                other.row = request.row if other.row == len(self._running) else other.row

    def _decode(self, quiet: bool, flown: Sequence[Flight]) -> None:
        """Let the device begin with the next tokens of every running request, and read the ones before meanwhile.

        What a prompt of this step says is read in the next one: the others' tokens would wait for it.
        """
        if self._running:
            self._launch(quiet)
        for flight in flown:
            self._land(flight, quiet)

    def _launch(self, quiet: bool) -> None:
        running, rows = self._running, self._rows
        for request in running:
            if (draft := request.draft.take()) is not None:
                self._retrying(partial(rows.drafts.put, request.row, draft))
        count = len(running)
        width = self.pace.choose(count, (request.draft.chance for request in running))
        most = max(request.written for request in running)
        pages = pages_for(most + 2 * WIDEST)  # those in flight, and those that come now
        self._retrying(partial(self._decoder.step, count, width, pages))
        for request in running:
            if request.sampler and request.sampler.draws:
                self._guard([request], partial(self._retrying, partial(self._draw, request, request.sampler)))
        ordered = sorted(running, key=lambda request: request.row)
        said, hits = (rows.tokens[:count, None], None) if width == 1 else (rows.said[:count, :width], rows.hits[:count])
        self._retrying(lambda: self._flights.append(Flight(ordered, said, hits, self._copies, quiet)))

    def _draw(self, request: Request, sampler: Sampler) -> None:
        """Put a drawn token in the place of the likeliest one."""
        rows, row = self._rows, request.row
        rows.tokens[row] = rows.said[row, 0] = sampler.choose(rows.logits[row])

    def _land(self, flight: Flight, quiet: bool) -> None:
        said, before = flight.read(), self._landed_s
        self._landed_s = time.perf_counter()
        if quiet and flight.quiet:
            self.pace.feed(len(said), flight.width, self._landed_s - before)
        for request, tokens in zip(flight.requests, said, strict=True):
            if request.ended:
                continue
            if tokens == [NO_TOKEN]:
                request.fail(EngineError(tr(NO_NUMBERS)))
                request.written = 0  # for nobody to go on with it
                self.prefixes.forget(request.prompt.keys)
            else:
                request.take(tokens)
                request.draft.judge(len(tokens) - 1, flight.width)

    def _guard(self, requests: Sequence[Request], work: Callable[[], None]) -> None:
        """Do the work of these requests; what goes wrong ends them, for each to hand on to the one who asked."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the others
            for request in requests:
                request.fail(error)

    def _retrying(self, work: Callable[[], None], again: Callable[[], bool] = lambda: True) -> None:
        """Do the work; where memory is short, and it may be done `again`, free what is out of use and do so."""
        try:
            work()
        except Exception as error:
            if not (is_out_of_memory(error) and again()):
                raise
            log.warning("out of memory (%s); what is out of use is freed", error)
        else:
            return
        self._device.give_back()
        work()

    def _go_on(self) -> None:
        """Compute the next piece of the prompt that comes."""
        next(self._pieces, None)

    def _begin_again(self, request: Request) -> bool:
        """Have the prompt computed anew, with a smaller picture where there is one; False where that was done."""
        if request.retried:
            return False
        request.retried = True
        self._leave(request)
        if request.smaller is not None and not request.reused:
            request.prompt, request.embed_picture = request.smaller()
        self._pieces = self._come(request)
        return True
