"""Triton kernels for 8-bit weights: products of few rows at the speed of the memory, and unpacking for many."""

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.products import Kernels
from desktop.engine.qwen.quant import Eight
from desktop.engine.qwen.quantisation import GROUP
from desktop.engine.qwen.triton_launch import Kernel, cdiv
from desktop.engine.qwen.triton_tiles import MOST, WARPS, parts, store_gated, tile_rows

OUT = 32  # outputs of a program
STAGES = 3
SPLITS = 7  # parts of a product that are summed by the kernel behind it, for the 7B
UNPACKED = 64  # rows that are unpacked by a program


@Kernel
@triton.jit(do_not_specialize=["rows"])  # type: ignore[untyped-decorator, unused-ignore]
def _project_eight(  # type: ignore[no-untyped-def]
    x, codes, scales, out, rows, outs, ins, chunk,
    ROWS: tl.constexpr, OUT: tl.constexpr, IN: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """`ROWS` of x times `OUT` outputs, over the inputs of one part."""
    m = tl.program_id(0) * ROWS + tl.arange(0, ROWS)  # programs that read the same weights run side by side
    n, part = tl.program_id(1) * OUT + tl.arange(0, OUT), tl.program_id(2)
    k = tl.arange(0, IN)
    total = tl.zeros((OUT, ROWS), tl.float32)
    for start in tl.range(part * chunk, tl.minimum((part + 1) * chunk, ins), IN, num_stages=STAGES):
        weights = tl.load(codes + n[:, None] * ins + start + k[None, :], eviction_policy="evict_first")
        a = tl.load(x + m[:, None] * ins + start + k[None, :], mask=m[:, None] < rows, other=0.0)
        total += tl.dot(weights.to(a.dtype), tl.trans(a), input_precision="ieee")
    total *= tl.load(scales + n)[:, None]
    tl.store(out + (part * rows + m[None, :]) * outs + n[:, None], total, mask=m[None, :] < rows)


@Kernel
@triton.jit(do_not_specialize=["rows"])  # type: ignore[untyped-decorator, unused-ignore]
def _gate_eight(  # type: ignore[no-untyped-def]
    x, codes, scales, out, rows, outs, ins,
    ROWS: tl.constexpr, OUT: tl.constexpr, IN: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """SiLU of x times `OUT` outputs, times x times the same outputs of the second half."""
    m, k = tl.program_id(0) * ROWS + tl.arange(0, ROWS), tl.arange(0, IN)
    n = tl.program_id(1) * OUT + tl.arange(0, OUT)
    gate = tl.zeros((OUT, ROWS), tl.float32)
    up = tl.zeros((OUT, ROWS), tl.float32)
    half = outs * ins
    for start in tl.range(0, ins, IN, num_stages=STAGES):
        place = codes + n[:, None] * ins + start + k[None, :]
        left = tl.load(place, eviction_policy="evict_first")
        right = tl.load(place + half, eviction_policy="evict_first")
        a = tl.load(x + m[:, None] * ins + start + k[None, :], mask=m[:, None] < rows, other=0.0)
        turned = tl.trans(a)
        gate += tl.dot(left.to(a.dtype), turned, input_precision="ieee")
        up += tl.dot(right.to(a.dtype), turned, input_precision="ieee")
    gate *= tl.load(scales + n)[:, None]
    up *= tl.load(scales + outs + n)[:, None]
    store_gated(out, gate, up, m, n, rows, outs)


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _unpack_eight(codes, scales, out, ins, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """`OUT` rows of 128 inputs, in full; see `_unpack_four`."""
    row, k = tl.program_id(0) * OUT + tl.arange(0, OUT), tl.program_id(1) * 128 + tl.arange(0, 128)
    place = row[:, None] * ins + k[None, :]
    weights = tl.load(codes + place, eviction_policy="evict_first").to(tl.float32)
    weights *= tl.load(scales + row).to(tl.float32)[:, None]
    tl.store(out + place, weights.to(out.dtype.element_ty))


def project(x: Tensor, weight: Eight, splits: int) -> Tensor:
    """See Kernels."""
    (rows, ins), outs, tile = x.shape, len(weight), tile_rows(len(x))
    chunk, out = parts(x, outs, splits)
    _project_eight[(cdiv(rows, tile), outs // OUT, len(out))](
        x, weight.codes, weight.scales, out, rows, outs, ins, chunk * GROUP,
        ROWS=tile, OUT=OUT, IN=GROUP, STAGES=STAGES, num_warps=WARPS,
    )  # fmt: skip
    return out


def gate(x: Tensor, weight: Eight) -> Tensor:
    """See Kernels."""
    (rows, ins), outs, tile = x.shape, len(weight) // 2, tile_rows(len(x))
    out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
    _gate_eight[(cdiv(rows, tile), outs // OUT)](
        x, weight.codes, weight.scales, out, rows, outs, ins,
        ROWS=tile, OUT=OUT, IN=GROUP, STAGES=STAGES, num_warps=WARPS,
    )  # fmt: skip
    return out


def unpack(weight: Eight, out: Tensor) -> None:
    """See Packed; the rows are a multiple of `UNPACKED`."""
    rows, ins = out.shape
    _unpack_eight[(rows // UNPACKED, ins // GROUP)](weight.codes, weight.scales, out, ins, OUT=UNPACKED, num_warps=4)


EIGHT = Kernels(MOST, GROUP, OUT, SPLITS, project, gate)
