"""The device that the model is on: which one, in which precision, and how much of its memory is free."""

import gc
import logging
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from desktop.engine.qwen.processors import PROCESSORS, Processor
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
    def processor(self) -> Processor:
        """What it is of."""
        return PROCESSORS[self.place.type]

    @property
    def title(self) -> str:
        """Its name and precision for people."""
        return f"{self.processor.name}, {str(self.dtype).rpartition('.')[2]}"

    @property
    def on_gpu(self) -> bool:
        """True for a GPU, of whatever maker."""
        return self.place.type != "cpu"

    @property
    def on_cuda(self) -> bool:
        """True for an NVIDIA GPU, which alone has graphs, streams and kernels of our own."""
        return self.place.type == "cuda"

    @property
    def remark(self) -> str:
        """What to tell the user of it, or ''."""
        return "" if self.on_gpu else tr(SLOW)

    def free_bytes(self) -> int:
        """What can still be allocated, what torch holds unused among it."""
        free, held, used = self.processor.memory
        return (min(free, self.cap - held) if self.cap else free) + held - used

    def give_back(self) -> None:
        """See the function of that name."""
        give_back()


def upload(tensor: Tensor, place: torch.device) -> Tensor:
    """A tensor of the host on the device; unless it is huge, without waiting for what an NVIDIA GPU is at."""
    if place.type != "cuda" or tensor.nbytes > MOST_PINNED:
        return tensor.to(place)
    return tensor.pin_memory().to(place, non_blocking=True)


def give_back() -> None:
    """Let other programs have the memory of everything that is out of use, of what refers to itself, too."""
    gc.collect()  # a half-computed prompt and its scheduler refer to each other, and so to the weights
    for processor in PROCESSORS.values():
        processor.give_back()


def choose_device(dtype: str = "auto", cap_gib: float = 0.0) -> Device:
    """The GPU where one fits, in bfloat16 if it can, else the CPU in float32, which is slow; `dtype` overrides that.

    `cap_gib` holds for everything that torch does on the GPU from then on.
    """
    kind, processor = next((kind, processor) for kind, processor in PROCESSORS.items() if processor.here)
    device = Device(torch.device(kind), processor.dtype if dtype == "auto" else getattr(torch, dtype))
    if not device.on_gpu:
        log.warning(SLOW)
        return device
    total = processor.total_bytes
    cap = min(int(cap_gib * GIB), total)
    processor.limit(cap / total if cap else 1.0)
    return replace(device, cap=cap)
