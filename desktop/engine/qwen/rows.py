"""The running requests' state on the device, one row a request."""

from collections.abc import Sequence

import torch
from torch import Tensor

from desktop.engine.qwen.backend import Backend
from desktop.engine.qwen.cache import PAGE, KVCache
from desktop.engine.qwen.device import upload
from desktop.engine.qwen.drafts import Drafts
from desktop.engine.qwen.operators import weakened
from desktop.engine.qwen.pace import WIDEST


class Rows:
    """Everything that the next tokens of each request depend on; rows in use come first, the others do no harm.

    `tokens` are the newest ones, not yet in the cache, which go to the place `lengths` of their request and have the
    rotary `positions`; `table` names its pages, `seen` the vocabulary that it has used, `penalties` what that costs.
    `used` is 1 for a row in use, else 0. Of the step before, `logits` are those behind the newest token; where there
    were drafts, `said` are the likeliest tokens behind it and behind its draft, of which `hits` were right. `steps`
    count from 0.

    Single values are set by `fill_`: to set one by its index the host would wait for the device.
    """

    def __init__(self, count: int, cache: KVCache, vocabulary: int, device: torch.device, backend: Backend) -> None:
        self._spare = cache.spare_page
        self._backend = backend
        self.tokens = torch.zeros(count, device=device, dtype=torch.long)
        self._places = torch.zeros(2, count, device=device, dtype=torch.long)
        self.positions, self.lengths = self._places
        # One page more than can be filled: a step may look beyond the last token that a request has room for.
        self.table = torch.full((count, cache.pages + 1), self._spare, device=device, dtype=torch.int32)
        self.seen = torch.zeros(count, vocabulary, device=device, dtype=torch.bool)
        self.penalties = torch.ones(count, device=device)
        self.used = torch.zeros(count, device=device, dtype=torch.int32)
        self.drafts = Drafts(count, device)
        self.logits = torch.zeros(count, vocabulary, device=device)
        self.said = torch.zeros(count, WIDEST, device=device, dtype=torch.long)
        self.hits = torch.zeros(count, device=device, dtype=torch.long)
        self.steps = torch.arange(WIDEST, device=device)

    @property
    def _state(self) -> tuple[Tensor, ...]:
        return (
            self.tokens, self.positions, self.lengths, self.table, self.seen, self.penalties, self.used,
            *self.drafts.state,
        )  # fmt: skip

    def fill(self, row: int, pages: Sequence[int], ids: Tensor, position: int, penalty: float) -> None:
        """Begin a request whose prompt (tokens) lies in these pages; its first token is set by `tokens`."""
        self.positions[row].fill_(position)
        self.lengths[row].fill_(len(ids))
        self.table[row, : len(pages)] = upload(torch.tensor(pages, dtype=torch.int32), self.table.device)
        self.table[row, len(pages) :].fill_(self._spare)
        self.seen[row].fill_(False).index_fill_(0, ids, True)
        self.penalties[row].fill_(penalty)
        self.used[row].fill_(1)
        self.drafts.begin(row)

    def leave(self, row: int, last: int) -> None:
        """End a request; the last one in use takes its row."""
        for state in self._state:
            state[row] = state[last]
        self.lengths[last].fill_(0)
        self.used[last].fill_(0)
        self.table[last].fill_(self._spare)

    def slots(self, places: Tensor) -> Tensor:
        """Where these places (requests, tokens) of the first requests lie in the cache: int64 of that shape."""
        pages = self.table[: len(places)].gather(1, places // PAGE)
        return torch.add(places % PAGE, pages, alpha=PAGE)

    def penalise(self, logits: Tensor, tokens: Tensor, rows: slice) -> Tensor:
        """Logits (requests, width, vocabulary) with what was seen less likely, which the rows' `logits` begin with.

        Behind a draft's token, what the draft has up to there counts as seen; `tokens` are (requests, width).
        """
        first, width = self.logits[rows, None], tokens.shape[1]
        out = first if width == 1 else torch.empty_like(logits)
        self._backend.operators.weaken(logits, self.seen[rows], self.penalties[rows], out)
        if width == 1:
            return out
        first.copy_(out[:, :1])
        draft = tokens[:, 1:]
        columns = draft[:, None].expand(-1, width, -1)
        same = draft[:, :, None] == draft[:, None, :]
        before = torch.ones(width, width - 1, device=draft.device, dtype=torch.bool).tril(-1)
        said = (same[:, None] & before[:, None]).any(-1)
        weak = weakened(logits.gather(2, columns), self.penalties[rows])
        return out.scatter(2, columns, torch.where(said, weak, out.gather(2, columns)))

    def advance(self, tokens: Tensor, chosen: Tensor, draft: Tensor) -> None:
        """Go on by the tokens `chosen` (requests, width) behind `tokens`, as far as these were the draft's.

        All that takes memory comes first: where that is short nothing has changed, and the step may be done again.
        """
        count, width = tokens.shape
        if width == 1:
            self._move(chosen[:, 0], self.used[:count], tokens[:, 0])
            return
        hits = (chosen[:, :-1] == draft).long().cumprod(1).sum(1)
        heard = torch.where(self.steps[:width] <= hits[:, None], tokens, tokens[:, :1])
        newest, previous = (said.gather(1, hits[:, None])[:, 0] for said in (chosen, tokens))
        steps = (hits + 1) * self.used[:count]
        self.said[:count, :width] = chosen
        self.seen[:count].scatter_(1, heard, True)
        self.hits[:count] = hits
        self._move(newest, steps, previous)

    def _move(self, newest: Tensor, steps: Tensor, previous: Tensor) -> None:
        """Go on by so many tokens (requests), the last two of which are `previous` and `newest`."""
        self.drafts.advance(previous, steps)
        self.tokens[: len(newest)] = newest
        self._places[:, : len(steps)] += steps
