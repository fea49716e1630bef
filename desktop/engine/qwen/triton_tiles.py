"""How products of few rows with packed weights are cut into programs, and how those of a gate end."""

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.quantisation import GROUP
from desktop.engine.qwen.triton_launch import cdiv, next_power_of_2

MOST = 128  # rows; beyond, unpacking once and multiplying as usual is faster
FEWEST, TILE = 8, 16  # rows of a program: of one request, and at most
WARPS = 2  # of a program; with 4 Hopper's own instructions would exchange the weights


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def store_gated(out, gate, up, m, n, rows, outs):  # type: ignore[no-untyped-def]
    """Gate and up (outputs, rows) as one, rounded as the product with plain weights is."""
    kind = out.dtype.element_ty
    wide = gate.to(kind).to(tl.float32)
    silu = (wide / (1.0 + tl.exp(-wide))).to(kind)
    tl.store(out + m[None, :] * outs + n[:, None], silu * up.to(kind), mask=m[None, :] < rows)


def tile_rows(rows: int) -> int:
    """The rows of a program."""
    return min(max(FEWEST, next_power_of_2(rows)), TILE)


def parts(x: Tensor, outs: int, splits: int) -> tuple[int, Tensor]:
    """How many groups a part has, and the room for all parts; with many rows these would be much to write and read."""
    groups = x.shape[1] // GROUP
    chunk = cdiv(groups, splits if len(x) <= TILE else min(splits, 2))
    return chunk, torch.empty(cdiv(groups, chunk), len(x), outs, device=x.device, dtype=torch.float32)
