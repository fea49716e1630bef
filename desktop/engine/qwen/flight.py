"""Tokens that the device is still at, and their way to the host."""

from collections.abc import Sequence

import torch
from torch import Tensor

from desktop.engine.qwen.request import Request


class Flight:
    """What one step said to its requests, copied to the host as soon as it is there.

    `said` (requests, width) int64 are tokens of which the first `hits` (requests) + 1 count. `quiet` is True where the
    device did nothing else meanwhile.
    """

    def __init__(self, requests: Sequence[Request], said: Tensor, hits: Tensor, quiet: bool = False) -> None:
        self.requests = requests
        self.quiet = quiet
        self.width = said.shape[-1]
        on_gpu = said.device.type == "cuda"
        whole = torch.cat([hits[:, None], said], 1)
        self._landing = torch.empty(whole.shape, dtype=torch.long, pin_memory=on_gpu)
        self._landing.copy_(whole, non_blocking=on_gpu)
        self._landed = torch.cuda.Event() if on_gpu else None  # type: ignore[no-untyped-call]
        if self._landed:
            self._landed.record()

    def read(self) -> list[list[int]]:
        """Wait for them: the tokens of each request."""
        if self._landed:
            self._landed.synchronize()
        return [row[1 : row[0] + 2] for row in self._landing.tolist()]
