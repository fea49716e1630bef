"""What torch computes on, each asked in its own words: NVIDIA's GPUs, Apple's, and the CPU.

Apple's is written against the documentation of torch.mps and not tried on a Mac:
https://docs.pytorch.org/docs/stable/mps.html
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import psutil
import torch

_SIDE = 64  # of the product that proves a precision


class Memory(NamedTuple):
    """In bytes: what nobody uses, what torch holds, and what of that is in use."""

    free: int
    held: int = 0
    used: int = 0


class Processor(Protocol):
    """One kind of them; torch's current one where there are several."""

    @property
    def here(self) -> bool:
        """True where a model can be computed on it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def dtype(self) -> torch.dtype:
        """The precision for a model: bfloat16 where it computes in that."""

    @property
    def total_bytes(self) -> int:
        """All the memory that there is for a model."""

    @property
    def memory(self) -> Memory:
        """How it stands now."""

    def limit(self, share: float) -> None:
        """Let torch take so much of the memory, and no more, from now on."""

    def give_back(self) -> None:
        """Let other programs have what torch holds and does not use."""

    def synchronise(self) -> None:
        """Wait until it has nothing left to do."""


class Cuda:
    """NVIDIA's GPUs from Ampere on; earlier ones compute in bfloat16 only by way of float32."""

    dtype = torch.bfloat16

    @property
    def here(self) -> bool:
        """See Processor."""
        return torch.cuda.is_available() and torch.cuda.is_bf16_supported(including_emulation=False)

    @property
    def name(self) -> str:
        """See Processor."""
        return torch.cuda.get_device_name()

    @property
    def total_bytes(self) -> int:
        """See Processor."""
        return int(torch.cuda.get_device_properties().total_memory)

    @property
    def memory(self) -> Memory:
        """See Processor."""
        free, _total = torch.cuda.mem_get_info()  # first: before it, torch may not have begun to count
        held = torch.cuda.memory_stats_as_nested_dict()
        return Memory(free, *(int(held[name]["all"]["current"]) for name in ("reserved_bytes", "allocated_bytes")))

    def limit(self, share: float) -> None:
        """See Processor."""
        torch.cuda.set_per_process_memory_fraction(share)

    def give_back(self) -> None:
        """See Processor."""
        torch.cuda.empty_cache()

    def synchronise(self) -> None:
        """See Processor."""
        torch.cuda.synchronize()


class Apple:
    """The GPU of Apple's chips, whose memory is the computer's; Metal recommends how much of it to take at most."""

    @property
    def here(self) -> bool:
        """See Processor."""
        return torch.backends.mps.is_available()

    @property
    def name(self) -> str:
        """See Processor."""
        return torch.backends.mps.get_name()

    @property
    def dtype(self) -> torch.dtype:
        """See Processor; macOS 13 and Intel's Macs have no bfloat16 there."""
        return torch.bfloat16 if multiplies(torch.device("mps"), torch.bfloat16) else torch.float32

    @property
    def total_bytes(self) -> int:
        """See Processor."""
        return torch.mps.recommended_max_memory()

    @property
    def memory(self) -> Memory:
        """See Processor."""
        held = torch.mps.driver_allocated_memory()
        free = min(self.total_bytes - held, psutil.virtual_memory().available)
        return Memory(free, held, torch.mps.current_allocated_memory())

    def limit(self, share: float) -> None:
        """See Processor."""
        torch.mps.set_per_process_memory_fraction(share)

    def give_back(self) -> None:
        """See Processor."""
        if self.here:
            torch.mps.empty_cache()

    def synchronise(self) -> None:
        """See Processor."""
        torch.mps.synchronize()


class Cpu:
    """The last resort."""

    here, name, dtype = True, "CPU", torch.float32

    @property
    def total_bytes(self) -> int:
        """See Processor."""
        return int(psutil.virtual_memory().total)

    @property
    def memory(self) -> Memory:
        """See Processor."""
        return Memory(int(psutil.virtual_memory().available))

    def limit(self, share: float) -> None:
        """Nothing: torch does not count there."""

    def give_back(self) -> None:
        """Nothing: torch holds nothing there."""

    def synchronise(self) -> None:
        """Nothing: what is asked for is done at once."""


PROCESSORS: Mapping[str, Processor] = {"cuda": Cuda(), "mps": Apple(), "cpu": Cpu()}
"""By the type of torch's device, the best first."""


def multiplies(place: torch.device, dtype: torch.dtype) -> bool:
    """Tell whether a small product in that precision comes out there as it does on the CPU in float32."""
    left, right = torch.randn(2, _SIDE, _SIDE, generator=torch.Generator().manual_seed(0)).to(dtype)
    try:
        product = (left.to(place) @ right.to(place)).float().cpu()
    except (RuntimeError, TypeError):  # what torch raises where there is no such precision
        return False
    return torch.allclose(product, left.float() @ right.float(), rtol=2e-2, atol=1e-1)
