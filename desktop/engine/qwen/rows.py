"""The running requests' state on the device, one row a request."""

import torch
from torch import Tensor

from desktop.engine.qwen.cache import PAGE, KVCache


class Rows:
    """Everything that the next token of each request depends on; rows in use come first, the others do no harm.

    `tokens` are the newest ones, not yet in the cache, which go to the place `lengths` of their request and have the
    rotary `positions`; `table` names its pages, `seen` the vocabulary that it has used, `penalties` what that costs.
    `used` is 1 for a row in use, else 0. `logits` are those of the step before.
    """

    def __init__(self, count: int, cache: KVCache, vocabulary: int, device: torch.device) -> None:
        self._spare = cache.spare_page
        self.tokens = torch.zeros(count, device=device, dtype=torch.long)
        self.positions = torch.zeros(count, device=device, dtype=torch.long)
        self.lengths = torch.zeros(count, device=device, dtype=torch.int32)
        self.table = torch.full((count, cache.pages), self._spare, device=device, dtype=torch.int32)
        self.seen = torch.zeros(count, vocabulary, device=device, dtype=torch.bool)
        self.penalties = torch.ones(count, device=device)
        self.used = torch.zeros(count, device=device, dtype=torch.int32)
        self.logits = torch.zeros(count, vocabulary, device=device)

    @property
    def _state(self) -> tuple[Tensor, ...]:
        return self.tokens, self.positions, self.lengths, self.table, self.seen, self.penalties, self.used

    def fill(self, row: int, pages: list[int], ids: Tensor, position: int, penalty: float) -> None:
        """Begin a request whose prompt (tokens) lies in these pages; its first token is set by `tokens`."""
        self.positions[row] = position
        self.lengths[row] = len(ids)
        self.table[row, : len(pages)] = torch.tensor(pages, dtype=torch.int32).to(self.table.device)
        self.table[row, len(pages) :] = self._spare
        self.seen[row] = False
        self.seen[row, ids] = True
        self.penalties[row] = penalty
        self.used[row] = 1

    def leave(self, row: int, last: int) -> None:
        """End a request; the last one in use takes its row."""
        for state in self._state:
            state[row] = state[last]
        self.lengths[last] = self.used[last] = 0
        self.table[last] = self._spare

    def newest_slots(self, count: int) -> Tensor:
        """Where the newest tokens go in the cache: int64 (count)."""
        lengths = self.lengths[:count].long()
        pages = self.table[:count].gather(1, (lengths // PAGE)[:, None])[:, 0]
        return pages.long() * PAGE + lengths % PAGE

    def penalise(self, logits: Tensor, rows: slice) -> Tensor:
        """Logits with what was seen less likely, whatever its sign (Keskar et al., 2019)."""
        penalties = self.penalties[rows, None]
        less = torch.where(logits < 0, logits * penalties, logits / penalties)
        return torch.where(self.seen[rows], less, logits)
