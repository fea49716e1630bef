"""The device that the model is on: which one, in which precision, and how much of its memory is free."""

import gc
import logging
from dataclasses import dataclass

import psutil
import torch
from torch import Tensor

from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

GIB = 1 << 30
MOST_PINNED = 64 << 20  # bytes; torch never gives pinned memory back
SLOW = tr_later("No GPU here computes in bfloat16, so the model runs on the CPU, which is slow.")


@dataclass(frozen=True, slots=True)
class Device:
    """A GPU or the CPU. `cap` is the most bytes to use of a GPU, 0 for all."""

    place: torch.device
    dtype: torch.dtype
    cap: int = 0

    @property
    def title(self) -> str:
        """Its name and precision for people."""
        name = torch.cuda.get_device_name(self.place) if self.on_gpu else "CPU"
        return f"{name}, {str(self.dtype).rpartition('.')[2]}"

    @property
    def on_gpu(self) -> bool:
        """True for a GPU."""
        return self.place.type == "cuda"

    @property
    def remark(self) -> str:
        """What to tell the user of it, or ''."""
        return "" if self.on_gpu else tr(SLOW)

    def free_bytes(self) -> int:
        """What can still be allocated, what torch holds unused among it."""
        if not self.on_gpu:
            return int(psutil.virtual_memory().available)
        free, _total = torch.cuda.mem_get_info(self.place)
        held = torch.cuda.memory_stats_as_nested_dict(self.place)
        reserved, allocated = (held[name]["all"]["current"] for name in ("reserved_bytes", "allocated_bytes"))
        return int((min(free, self.cap - reserved) if self.cap else free) + reserved - allocated)

    def give_back(self) -> None:
        """See the function of that name."""
        give_back()


def upload(tensor: Tensor, place: torch.device) -> Tensor:
    """A tensor of the host on the device; unless it is huge, without waiting for what the device is at."""
    if place.type != "cuda" or tensor.nbytes > MOST_PINNED:
        return tensor.to(place)
    return tensor.pin_memory().to(place, non_blocking=True)


def give_back() -> None:
    """Let other programs have the memory of everything that is out of use, of what refers to itself, too."""
    gc.collect()  # a half-computed prompt and its scheduler refer to each other, and so to the weights
    torch.cuda.empty_cache()


def choose_device(dtype: str = "auto", cap_gib: float = 0.0) -> Device:
    """The GPU where one can compute in bfloat16, else the CPU in float32, which is slow; `dtype` overrides that.

    `cap_gib` holds for everything that torch does on the GPU from then on.
    """
    wanted = None if dtype == "auto" else getattr(torch, dtype)
    if torch.cuda.is_available() and torch.cuda.is_bf16_supported(including_emulation=False):
        device = torch.device("cuda")
        total = torch.cuda.get_device_properties(device).total_memory
        cap = min(int(cap_gib * GIB), total)
        torch.cuda.set_per_process_memory_fraction(cap / total if cap else 1.0)
        return Device(device, wanted or torch.bfloat16, cap)
    log.warning(SLOW)
    return Device(torch.device("cpu"), wanted or torch.float32)
