"""Where the stretches of a packed sequence begin and end."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from desktop.engine.qwen.device import upload


@dataclass(frozen=True)
class Segments:
    """Stretches of a packed sequence that attend only to themselves. `lengths` lie on the host."""

    lengths: tuple[int, ...]
    device: torch.device

    @cached_property
    def longest(self) -> int:
        """The tokens of the longest."""
        return max(self.lengths)

    @cached_property
    def bounds(self) -> Tensor:
        """Where each begins and the last one ends: int32 (segments + 1)."""
        return upload(torch.tensor([0, *self.lengths]).cumsum(0).int(), self.device)

    @cached_property
    def index(self) -> Tensor:
        """The places of each segment, padded to the longest with its first place: int64 (segments, longest)."""
        steps = torch.arange(self.longest, device=self.device)
        return torch.where(self.inside, self.bounds[:-1, None] + steps, self.bounds[:-1, None]).long()

    @cached_property
    def inside(self) -> Tensor:
        """Which entries of `index` are no padding: bool (segments, longest)."""
        steps = torch.arange(self.longest, device=self.device)
        return steps < torch.tensor(self.lengths, device=self.device)[:, None]
