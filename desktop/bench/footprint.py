"""The most memory that is held: of the GPU, or where there is none of this computer by this process."""

from collections.abc import Callable
from typing import Protocol

import psutil
import torch

from desktop.engine.qwen.device import Device

GIB = 1 << 30


class Footprint(Protocol):
    """`whole` is the bytes that may be held at most: the cap, else all that there is."""

    whole: int

    def begin(self) -> None:
        """Count from here on."""

    def sample(self) -> None:
        """Look; where the device keeps no count of its own."""

    @property
    def peak(self) -> int:
        """The most bytes held since `begin`."""

    @property
    def shortages(self) -> int | None:
        """How often memory was asked for that was not there, since `begin`; None where nobody counts that."""


class CudaFootprint:
    """What torch holds of an NVIDIA GPU, used or not."""

    def __init__(self, device: Device) -> None:
        self._place = device.place
        self.whole = device.cap or device.processor.total_bytes
        self._before = 0

    def begin(self) -> None:
        """See Footprint."""
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(self._place)
        self._before = self._count()

    def sample(self) -> None:
        """See Footprint."""

    @property
    def peak(self) -> int:
        """See Footprint."""
        return int(torch.cuda.max_memory_reserved(self._place))

    @property
    def shortages(self) -> int | None:
        """See Footprint."""
        return self._count() - self._before

    def _count(self) -> int:
        return int(torch.cuda.memory_stats(self._place).get("num_ooms", 0))


class SampledFootprint:
    """What is held where nobody keeps a count of it."""

    shortages = None

    def __init__(self, whole: int, held: Callable[[], int]) -> None:
        self.whole = whole
        self._held = held
        self.peak = 0

    def begin(self) -> None:
        """See Footprint."""
        self.peak = 0

    def sample(self) -> None:
        """See Footprint."""
        self.peak = max(self.peak, self._held())


def footprint_of(device: Device) -> Footprint:
    """Of the device that the model is on."""
    if device.on_cuda:
        return CudaFootprint(device)
    whole = device.cap or device.processor.total_bytes
    if device.on_gpu:
        return SampledFootprint(whole, lambda: device.processor.memory.held)
    process = psutil.Process()
    return SampledFootprint(whole, lambda: int(process.memory_info().rss))
