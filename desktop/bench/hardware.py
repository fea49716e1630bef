"""What the hardware was seen to do: bytes copied and numbers multiplied in a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from desktop.engine.qwen.device import Device

SAMPLES = 9


@dataclass(frozen=True, slots=True)
class Hardware:
    """`copied`: bytes a second, read and written, of one large copy on the device; `multiplied`: FLOP a second."""

    copied: float
    multiplied: float


def measure_hardware(device: Device) -> Hardware:
    """Copy and multiply on the device, in the model's precision; needs 1 GiB of a GPU for that moment."""
    hardware = Hardware(_copy(device), _multiply(device))
    device.give_back()
    return hardware


def _copy(device: Device) -> float:
    size = 1 << 29 if device.on_gpu else 1 << 26
    source = torch.zeros(size, device=device.place, dtype=torch.uint8)
    target = torch.ones_like(source)
    return 2 * size / _seconds(device, lambda: target.copy_(source))


def _multiply(device: Device) -> float:
    side = 8192 if device.on_gpu else 1024
    left, right = (torch.randn(side, side, device=device.place, dtype=device.dtype) for _ in range(2))
    product = torch.empty_like(left)
    return 2 * side**3 / _seconds(device, lambda: torch.mm(left, right, out=product))


def _seconds(device: Device, work: Callable[[], object]) -> float:
    """The least of some samples: a limit is what the hardware can, not what it usually does."""
    return min(_sample(device, work) for _ in range(SAMPLES))


def _sample(device: Device, work: Callable[[], object]) -> float:
    times = 10 if device.on_gpu else 1  # in a row, so that the start and the end of a GPU's work weigh little
    device.processor.synchronise()
    start = time.perf_counter()
    for _ in range(times):
        work()
    device.processor.synchronise()
    return (time.perf_counter() - start) / times
