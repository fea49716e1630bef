"""The most memory that is held: of the GPU, or where there is none of this computer by this process."""

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


class GpuFootprint:
    """What torch holds of the GPU, used or not."""

    def __init__(self, device: Device) -> None:
        self._place = device.place
        self.whole = device.cap or torch.cuda.get_device_properties(device.place).total_memory
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


class ProcessFootprint:
    """What this process holds of the computer's memory, everything in it counted."""

    shortages = None

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.whole = int(psutil.virtual_memory().total)
        self.peak = 0

    def begin(self) -> None:
        """See Footprint."""
        self.peak = 0

    def sample(self) -> None:
        """See Footprint."""
        self.peak = max(self.peak, int(self._process.memory_info().rss))


def footprint_of(device: Device) -> Footprint:
    """Of the device that the model is on."""
    return GpuFootprint(device) if device.on_gpu else ProcessFootprint()
