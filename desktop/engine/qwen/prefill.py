"""Prompts into the cache, piece by piece, so that running answers need not wait long."""

import time
from collections.abc import Generator, Iterator

import torch
from torch import Tensor

from desktop.engine.qwen.cache import PAGE, KVCache, pages_for
from desktop.engine.qwen.device import Device, upload
from desktop.engine.qwen.graph import Graphs
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.shares import Shares
from desktop.engine.qwen.tail import Tail

MOST = 8192  # tokens of a prompt computed at once, which bounds the memory it takes
PATIENCE_S = 0.040  # the longest that running answers wait for pieces of others' prompts
PATIENT = 512  # what is computed in that time, in tokens, where it was not measured
EXCESS = 1 / 8  # of a step's allowance, that a prompt may take beyond it to be done with
CRUMB = 128  # tokens that take as long as fewer do, where it was not measured
PICTURE_SHARE = 0.6  # what the vision tower takes for a token, of what the language model takes for it


class Prefill:
    """Computes prompts; each step has an allowance of work, in tokens of the language model.

    Beside running answers that is `patient`. A picture, a piece or a short tail counts as no less than `crumb`: so much
    takes no longer than fewer.
    """

    def __init__(self, language: LanguageModel, cache: KVCache, device: Device, graphs: Graphs) -> None:
        self._language = language
        self._cache = cache
        self._device = device
        self.tail = Tail(language, cache, device.place, graphs)
        self.patient, self.crumb = PATIENT, CRUMB
        self._whole = self._allowance = float(PATIENT)

    def measure(self) -> None:
        """Find out how much can be computed while running answers wait, and how little takes no less time."""
        few, many = PAGE // 8, min(8, self._cache.pages // 2) * PAGE
        least, most = (min(self._seconds(count) for _ in range(3)) for count in (few, many))
        self.patient = max(PAGE, int(PATIENCE_S / most * many))
        self.crumb = min(int(least / most * many), self.patient // 2)

    def allow(self, alone: bool) -> None:
        """Begin a step; its allowance is small unless nothing else runs."""
        self._whole = self._allowance = MOST if alone else self.patient

    def compute(self, request: Request, ids: Tensor) -> Generator[None, None, Tensor]:
        """Compute what of a prompt (tokens) is not in the cache yet; yields where the next step has to go on.

        Returns the logits (1, vocabulary), float32, behind it.
        """
        prompt, first = request.prompt, request.reused
        if prompt.picture.stop <= first and self.tail.fits(len(ids) - first):
            yield from self._spend(self.crumb)
            logits = self.tail.compute(ids[first:], int(prompt.positions[0, first]), request.pages, first)
            request.written = len(ids)
            return logits
        embeddings = self._language.embed(ids[first:]).clone()
        if prompt.picture.stop > first:
            yield from self._place_picture(request, embeddings)
        return (yield from self._compute_pieces(request, embeddings))

    def _place_picture(self, request: Request, embeddings: Tensor) -> Iterator[None]:
        """Put the picture's tokens where they stand among those that are not in the cache."""
        picture, first = request.prompt.picture, request.reused
        cost = max(self.crumb, PICTURE_SHARE * (picture.stop - picture.start))
        embedded = yield from self._afford(request.embed_picture(), cost)
        inside = slice(max(picture.start - first, 0), picture.stop - first)
        embeddings[inside] = embedded[max(first - picture.start, 0) :].to(embeddings.dtype)

    def _afford(self, work: Shares, cost: float) -> Generator[None, None, Tensor]:
        """Do work that costs so many tokens' allowance, each share of it in a step that has that left."""
        while True:
            try:
                share = next(work) * cost
            except StopIteration as end:
                result: Tensor = end.value
                return result
            yield from self._spend(share)

    def _compute_pieces(self, request: Request, embeddings: Tensor) -> Generator[None, None, Tensor]:
        """A piece is what a step's allowance has left, or a little more where that is all; a small one is a crumb."""
        first, end = request.reused, len(request.prompt.ids)
        positions = upload(request.prompt.positions, self._device.place)
        while True:
            start = request.written
            yield from self._spend(self.crumb)
            stop = start + self.crumb + int(self._allowance)
            stop = end if stop + EXCESS * self._whole >= end else stop
            self._allowance -= max(0, stop - start - self.crumb)
            piece = embeddings[start - first : stop - first]
            logits = self._language.prefill(piece, positions[:, start:stop], request.slots[:stop], start)
            request.written = stop
            if stop == end:
                return logits

    def _spend(self, cost: float) -> Iterator[None]:
        """Let steps pass until one has so much left, or its whole allowance where that is less, and take it."""
        while self._allowance < min(cost, self._whole):
            yield
        self._allowance -= cost

    @torch.inference_mode()
    def _seconds(self, count: int) -> float:
        """What so many tokens of a prompt take behind as many as half of them."""
        begun = count // 2
        pages = self._cache.take(pages_for(begun + count))
        try:
            slots = self._cache.slots(pages, begun + count)
            tokens = torch.zeros(count, device=self._device.place, dtype=torch.long)
            positions = torch.arange(begun, begun + count, device=self._device.place).expand(3, -1)
            start = time.perf_counter()
            logits = self._language.prefill(self._language.embed(tokens), positions, slots, begun)
            int(logits.argmax())
            return time.perf_counter() - start
        finally:
            self._cache.give_back(pages)
