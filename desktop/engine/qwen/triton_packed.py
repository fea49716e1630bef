"""The Triton kernels of each kind of packed weights."""

from collections.abc import Callable
from typing import Any

from torch import Tensor

from desktop.engine.qwen import triton_eight, triton_four
from desktop.engine.qwen.products import Kernels, unpack_by_torch
from desktop.engine.qwen.quant import Eight, Four, Packed
from desktop.engine.qwen.quantisation import GROUP

KERNELS: dict[type, Kernels] = {Four: triton_four.FOUR, Eight: triton_eight.EIGHT}
"""By the kind of weights."""
_UNPACK: dict[type, tuple[int, Callable[[Any, Tensor], None]]] = {
    Four: (triton_four.OUT, triton_four.unpack),
    Eight: (triton_eight.UNPACKED, triton_eight.unpack),
}  # and the rows that each does at once


def unpack(weight: Packed, out: Tensor) -> None:
    """See Packed."""
    rows, ins = out.shape
    at_once, kernel = _UNPACK[type(weight)]
    fits = rows % at_once == ins % GROUP == 0
    (kernel if fits else unpack_by_torch)(weight, out)
