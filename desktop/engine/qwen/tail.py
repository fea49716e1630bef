"""The last tokens of a prompt whose beginning lies in the cache, few enough for a CUDA graph."""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial

import torch
from torch import Tensor

from desktop.engine.qwen.cache import PAGE, KVCache, pages_for
from desktop.engine.qwen.device import upload
from desktop.engine.qwen.graph import Graphs, Work
from desktop.engine.qwen.language import LanguageModel, Step

SIZES = (32, 64, 128)
"""The tokens that graphs are made for; up to there reading the weights takes most of the time."""


class Tail:
    """Computes words behind a prefix of more tokens than SIZES. Those of a size that are not used come first.

    They go where nobody reads, and behind the words nothing is read: it may be left from others, and be no numbers.
    """

    def __init__(self, language: LanguageModel, cache: KVCache, device: torch.device, graphs: Graphs) -> None:
        self._language = language
        self._graphs = graphs
        self._spare = cache.spare_page
        self._numbers = torch.zeros(3, SIZES[-1], device=device, dtype=torch.long)  # tokens, positions, slots
        self._table = torch.full((1, cache.pages + 1), self._spare, device=device, dtype=torch.int32)
        self._length = torch.zeros(1, device=device, dtype=torch.int32)
        self._logits = torch.zeros(1, language.vocabulary, device=device)

    def works(self) -> Mapping[Hashable, Work]:
        """What is captured, by its size, the largest first."""
        return {("tail", size): partial(self._work, size, self._table.shape[1]) for size in reversed(SIZES)}

    def fits(self, tokens: int) -> bool:
        """Tell whether so many tokens can be computed here."""
        return tokens <= SIZES[-1]

    def compute(self, ids: Tensor, position: int, pages: Sequence[int], begun: int) -> Tensor:
        """Logits (1, vocabulary), float32, behind the tokens `ids` (tokens) that follow `begun` ones in these pages.

        `position` is the rotary position of the first one, on all axes.
        """
        count, end = len(ids), begun + len(ids)
        size = next(size for size in SIZES if size >= count)
        steps, table = torch.arange(-size, 0) + count, torch.tensor(pages)
        places = begun + steps[-count:]
        slots = torch.full((size,), self._spare * PAGE)
        slots[-count:] = table[places // PAGE] * PAGE + places % PAGE
        self._numbers[:, :size] = upload(torch.stack([torch.zeros_like(slots), position + steps, slots]), ids.device)
        self._numbers[0, size - count : size] = ids
        self._table[0, : len(pages)] = upload(table.int(), ids.device)
        self._table[0, len(pages) :].fill_(self._spare)
        self._length.fill_(end)
        self._graphs.run(("tail", size), partial(self._work, size, pages_for(end)))
        return self._logits

    def _work(self, size: int, pages: int) -> None:
        tokens, positions, slots = self._numbers[:, :size]
        step = Step(tokens, positions, slots, self._table[:, :pages], self._length)
        self._logits.copy_(self._language.decode(step, 1))
