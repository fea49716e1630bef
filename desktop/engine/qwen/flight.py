"""Tokens that the device is still at, and their way to the host."""

from collections.abc import Sequence

import torch
from torch import Tensor

from desktop.engine.qwen.device import Device
from desktop.engine.qwen.request import Request


class Flight:
    """What one step said to its requests, copied to the host as soon as it is there.

    `said` (requests, width) int64 are tokens of which the first `hits` (requests) + 1 count; without `hits` all do.
    The copy has a stream of its own, on an NVIDIA GPU, for the next step not to wait for it. `quiet` is True where the
    device did nothing else meanwhile.
    """

    def __init__(
        self,
        requests: Sequence[Request],
        said: Tensor,
        hits: Tensor | None,
        copies: torch.cuda.Stream | None,
        quiet: bool = False,
    ) -> None:
        self.requests = requests
        self.quiet = quiet
        self.width = said.shape[-1]
        self._drafted = hits is not None
        told = said.clone() if hits is None else torch.cat([said, hits[:, None]], 1)
        self._landed: torch.cuda.Event | None = None
        self._told = told
        if copies:
            self._told, self._landed = _send(told, copies)

    def read(self) -> list[list[int]]:
        """Wait for them: the tokens of each request."""
        if self._landed:
            self._landed.synchronize()
        told: list[list[int]] = self._told.tolist()
        return [row[: row[-1] + 1] for row in told] if self._drafted else told


def copy_stream(device: Device) -> torch.cuda.Stream | None:
    """What copies to the host beside everything else, on an NVIDIA GPU."""
    return torch.cuda.Stream(device.place) if device.on_cuda else None  # type: ignore[no-untyped-call]


def _send(tensor: Tensor, copies: torch.cuda.Stream) -> tuple[Tensor, torch.cuda.Event]:
    """A tensor on the host, from when the event has come."""
    landing = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
    copies.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(copies):
        landing.copy_(tensor, non_blocking=True)
    tensor.record_stream(copies)
    return landing, copies.record_event()
