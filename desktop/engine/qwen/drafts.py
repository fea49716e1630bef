"""The drafts of the running requests on the device, and where each request stands in its own.

Prompt lookup (Saxena, 2023) over a text of which the answer is likely a copy, verified greedily (Leviathan et al.,
2023): a draft never changes an answer.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.device import upload

MOST = 8192  # tokens of a draft
_NONE, _BEFORE = -2, -1  # what no token is: behind a draft's end, and before an answer's start


class Drafts:
    """One row a request. `cursor` is the place of the draft's token that would come next, `previous` the token before
    the newest one.
    """

    def __init__(self, count: int, device: torch.device) -> None:
        self.tokens = torch.full((count, MOST), _NONE, device=device, dtype=torch.int32)
        self.cursor = torch.ones(count, device=device, dtype=torch.long)
        self.previous = torch.full((count,), _BEFORE, device=device, dtype=torch.long)

    @property
    def state(self) -> tuple[Tensor, ...]:
        """What moves when a request gets another row."""
        return self.tokens, self.cursor, self.previous

    def begin(self, row: int) -> None:
        """Start a request, without a draft and with one token of its answer."""
        self.tokens[row].fill_(_NONE)
        self.cursor[row].fill_(1)
        self.previous[row].fill_(_BEFORE)

    def put(self, row: int, tokens: Sequence[int]) -> None:
        """Give a request another draft; it finds its place there by itself."""
        kept = torch.tensor(tokens[:MOST], dtype=torch.int32)
        self.tokens[row, : len(kept)] = upload(kept, self.tokens.device)
        self.tokens[row, len(kept) :].fill_(_NONE)

    def propose(self, newest: Tensor, count: int) -> Tensor:
        """What may follow the newest tokens (requests): int64 (requests, count), negative where nothing is known."""
        rows = len(newest)
        self._align(newest)
        places = self.cursor[:rows, None] + torch.arange(count, device=newest.device)
        return torch.where(places < MOST, self.tokens[:rows].gather(1, places.clamp(max=MOST - 1)).long(), _NONE)

    def advance(self, previous: Tensor, steps: Tensor) -> None:
        """Go on by so many tokens (requests), the last but one of which is `previous`.

        A token that was not the draft's is taken to stand in place of one.
        """
        self.previous[: len(previous)] = previous
        self.cursor[: len(steps)] += steps

    def _align(self, newest: Tensor) -> None:
        """Where the newest token is not the draft's, go to the nearest place behind the same two tokens, if any."""
        rows = len(newest)
        drafts, cursor = self.tokens[:rows], self.cursor[:rows]
        same = drafts == newest[:, None]
        there = same.gather(1, (cursor[:, None] - 1).clamp(max=MOST - 1))[:, 0]
        before = F.pad(drafts[:, :-1], (1, 0), value=_BEFORE)
        pairs = same & (before == self.previous[:rows, None])
        ends = torch.arange(1, MOST + 1, device=drafts.device)
        distance = torch.where(pairs, (ends - cursor[:, None]).abs(), MOST + 1)
        nearest, place = distance.min(1)
        self.cursor[:rows] = torch.where(there | (nearest > MOST), cursor, place + 1)
