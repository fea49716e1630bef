"""The Triton kernels of each kind of packed weights."""

from torch import Tensor

from desktop.engine.qwen import triton_eight, triton_four
from desktop.engine.qwen.products import Kernels, unpack_by_torch
from desktop.engine.qwen.quant import Eight, Four, Packed
from desktop.engine.qwen.quantisation import GROUP

KERNELS: dict[type, Kernels] = {Four: triton_four.FOUR, Eight: triton_eight.EIGHT}
"""By the kind of weights."""
_ROWS = 64  # that the kernels unpack at once


def unpack(weight: Packed, out: Tensor) -> None:
    """See Packed."""
    rows, ins = out.shape
    fits = rows % _ROWS == ins % GROUP == 0
    if fits and isinstance(weight, Four):
        triton_four.unpack(weight, out)
    elif fits and isinstance(weight, Eight):
        triton_eight.unpack(weight, out)
    else:
        unpack_by_torch(weight, out)
