"""Triton kernels for weights of few bits: products of few rows at the speed of the memory, and unpacking for many.

The weights are the tensor cores' left operand. 4-bit ones come from memory as the threads need them, so that they go
from 16-byte loads to the tensor cores without being exchanged: two operations make two of them 128 more than they are
in bfloat16, exactly, and the product with ones tells what that adds. Scales are applied to the sums of their group.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.products import Kernels, unpack_by_torch
from desktop.engine.qwen.quant import Eight, Four, Packed
from desktop.engine.qwen.quantisation import GROUP

OUT, WARPS = 32, 2  # outputs of a program; with 4 warps Hopper's own instructions would exchange the weights
STAGES = {4: 4, 8: 3}  # by the bits of a weight
SPLITS = 7  # parts of a product that are summed by the kernel behind it; 7 programs a multiprocessor, for the 7B
MOST = 128  # rows; beyond, unpacking once and multiplying as usual is faster
UNPACKED = 64  # rows of a weight that are unpacked by a program
MAGIC = 0x43004300  # twice 128 in bfloat16; given as an argument, else it would take an operation of its own

OPEN = ["rows", "chunk", "magic"]  # arguments whose values make no kernel of their own


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _open(words, magic, OUT: tl.constexpr, WARPS: tl.constexpr, MATRICES: tl.constexpr):  # type: ignore[no-untyped-def]
    """Words (OUT, 16), (OUT, 16, 2) of two matrices, of a group as weights + 128 (MATRICES * OUT, 128), bfloat16.

    The outputs are in the order of `_order`, matrix by matrix.
    """
    one = (words & 0x000F000F) | magic
    two = ((words >> 4) & 0x000F000F) | magic
    three = ((words >> 8) & 0x000F000F) | magic
    four = ((words >> 12) & 0x000F000F) | magic
    pairs = tl.join(tl.join(one, three), tl.join(two, four))
    weights = tl.join(pairs.to(tl.int16), (pairs >> 16).to(tl.int16)).to(tl.bfloat16, bitcast=True)
    weights = tl.reshape(weights, (OUT // (8 * WARPS), WARPS, 8, 4, 4, MATRICES, 2, 2, 2))
    return tl.reshape(tl.permute(weights, (5, 1, 0, 2, 4, 6, 3, 7, 8)), (MATRICES * OUT, 128))


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _order(outs, OUT: tl.constexpr, WARPS: tl.constexpr):  # type: ignore[no-untyped-def]
    """Outputs as the tensor cores have them: a warp's lie side by side there, in memory eight by eight."""
    return tl.reshape(tl.permute(tl.reshape(outs, (OUT // (8 * WARPS), WARPS, 8)), (1, 0, 2)), (OUT,))


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _steps(steps):  # type: ignore[no-untyped-def]
    """Scales, and zeros + 128, in float32."""
    return (steps & 0xFFFF).to(tl.int16).to(tl.float16, bitcast=True).to(tl.float32), (steps >> 16).to(tl.float32) + 128


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _multiply(weights, a, steps):  # type: ignore[no-untyped-def]
    """Weights + 128 (outs, 128) times a (128, rows), float32, with the group's scales and zeros in 32 bits each.

    One product with the weights and as many ones, which are as one: their sums run between the weights'.
    """
    every = tl.join(weights, tl.full(weights.shape, 1.0, tl.float32).to(weights.dtype))
    every = tl.reshape(tl.permute(every, (2, 0, 1)), (2 * weights.shape[0], weights.shape[1]))
    found = tl.dot(every.to(a.dtype), a, input_precision="ieee")
    found = tl.permute(tl.reshape(found, (2, weights.shape[0], a.shape[1])), (1, 2, 0))
    found, sums = tl.split(found)
    scales, zeros = _steps(steps)
    return (found - sums * zeros[:, None]) * scales[:, None]


@triton.jit(do_not_specialize=OPEN)  # type: ignore[untyped-decorator, unused-ignore]
def _project_four(  # type: ignore[no-untyped-def]
    x, codes, steps, out, rows, outs, ins, chunk, magic,
    ROWS: tl.constexpr, OUT: tl.constexpr, WARPS: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """`ROWS` of x times `OUT` outputs, over the groups of one part."""
    m = tl.program_id(0) * ROWS + tl.arange(0, ROWS)  # programs that read the same weights run side by side
    n, part = tl.program_id(1) * OUT + tl.arange(0, OUT), tl.program_id(2)
    k, word = tl.arange(0, 128), tl.arange(0, 16)
    ordered = _order(n, OUT, WARPS)
    total = tl.zeros((OUT, ROWS), tl.float32)
    for group in tl.range(part * chunk, tl.minimum((part + 1) * chunk, ins // 128), num_stages=STAGES):
        place = group * outs
        words = tl.load(codes + (place + n[:, None]) * 16 + word[None, :], eviction_policy="evict_first")
        a = tl.trans(tl.load(x + m[:, None] * ins + group * 128 + k[None, :], mask=m[:, None] < rows, other=0.0))
        total += _multiply(_open(words, magic, OUT, WARPS, 1), a, tl.load(steps + place + ordered))
    tl.store(out + (part * rows + m[None, :]) * outs + ordered[:, None], total, mask=m[None, :] < rows)


@triton.jit(do_not_specialize=OPEN)  # type: ignore[untyped-decorator, unused-ignore]
def _gate_four(  # type: ignore[no-untyped-def]
    x, codes, steps, out, rows, outs, ins, magic,
    ROWS: tl.constexpr, OUT: tl.constexpr, WARPS: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """SiLU of x times `OUT` outputs, times x times the same outputs of the second half; see `_project_four`."""
    m = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    n = tl.program_id(1) * OUT + tl.arange(0, OUT)
    k, word = tl.arange(0, 128), tl.arange(0, 16)
    ordered = _order(n, OUT, WARPS)
    both = tl.reshape(tl.permute(tl.join(ordered, ordered + outs), (1, 0)), (2 * OUT,))
    total = tl.zeros((2 * OUT, ROWS), tl.float32)
    for group in tl.range(0, ins // 128, num_stages=STAGES):
        place = group * 2 * outs
        one = tl.load(codes + (place + n[:, None]) * 16 + word[None, :], eviction_policy="evict_first")
        other = tl.load(codes + (place + outs + n[:, None]) * 16 + word[None, :], eviction_policy="evict_first")
        a = tl.trans(tl.load(x + m[:, None] * ins + group * 128 + k[None, :], mask=m[:, None] < rows, other=0.0))
        total += _multiply(_open(tl.join(one, other), magic, OUT, WARPS, 2), a, tl.load(steps + place + both))
    gate, up = tl.split(tl.permute(tl.reshape(total, (2, OUT, ROWS)), (1, 2, 0)))
    _store_gated(out, gate, up, m, ordered, rows, outs)


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _store_gated(out, gate, up, m, n, rows, outs):  # type: ignore[no-untyped-def]
    """Gate and up (outputs, rows) as one, rounded as the product with plain weights is."""
    kind = out.dtype.element_ty
    wide = gate.to(kind).to(tl.float32)
    silu = (wide / (1.0 + tl.exp(-wide))).to(kind)
    tl.store(out + m[None, :] * outs + n[:, None], silu * up.to(kind), mask=m[None, :] < rows)


@triton.jit(do_not_specialize=["magic"])  # type: ignore[untyped-decorator, unused-ignore]
def _unpack_four(codes, steps, out, outs, ins, magic, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """`OUT` rows of a group, in full, to a row-major (rows, ins)."""
    row = tl.program_id(0) * OUT + tl.arange(0, OUT)
    group, k, word = tl.program_id(1), tl.arange(0, 128), tl.arange(0, 16)
    place = group * outs + row
    words = tl.load(codes + place[:, None] * 16 + word[None, :], eviction_policy="evict_first")
    scales, zeros = _steps(tl.load(steps + place))
    weights = (_open(words, magic, OUT, 1, 1).to(tl.float32) - zeros[:, None]) * scales[:, None]
    tl.store(out + row[:, None] * ins + group * 128 + k[None, :], weights.to(out.dtype.element_ty))


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
    _store_gated(out, gate, up, m, n, rows, outs)


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _unpack_eight(codes, scales, out, ins, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """`OUT` rows of 128 inputs, in full; see `_unpack_four`."""
    row, k = tl.program_id(0) * OUT + tl.arange(0, OUT), tl.program_id(1) * 128 + tl.arange(0, 128)
    place = row[:, None] * ins + k[None, :]
    weights = tl.load(codes + place, eviction_policy="evict_first").to(tl.float32)
    weights *= tl.load(scales + row).to(tl.float32)[:, None]
    tl.store(out + place, weights.to(out.dtype.element_ty))


def _tile(rows: int) -> int:
    """The rows of a program."""
    return min(max(8, int(triton.next_power_of_2(rows))), 32)


def _parts(x: Tensor, outs: int, splits: int) -> tuple[int, Tensor]:
    """How many groups a part has, and the room for all parts; with many rows these would be much to write and read."""
    groups = x.shape[1] // GROUP
    chunk = triton.cdiv(groups, splits if len(x) <= 16 else min(splits, 2))
    return chunk, torch.empty(triton.cdiv(groups, chunk), len(x), outs, device=x.device, dtype=torch.float32)


def _project_by_four(x: Tensor, weight: Four, splits: int) -> Tensor:
    (rows, ins), outs, tile = x.shape, len(weight), _tile(len(x))
    chunk, out = _parts(x, outs, splits)
    _project_four[(triton.cdiv(rows, tile), outs // OUT, len(out))](
        x, weight.codes, weight.steps.view(torch.int32), out, rows, outs, ins, chunk, MAGIC,
        ROWS=tile, OUT=OUT, WARPS=WARPS, STAGES=STAGES[4], num_warps=WARPS,
    )  # fmt: skip
    return out


def _gate_by_four(x: Tensor, weight: Four) -> Tensor:
    (rows, ins), outs, tile = x.shape, len(weight) // 2, _tile(len(x))
    out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
    _gate_four[(triton.cdiv(rows, tile), outs // OUT)](
        x, weight.codes, weight.steps.view(torch.int32), out, rows, outs, ins, MAGIC,
        ROWS=tile, OUT=OUT, WARPS=WARPS, STAGES=STAGES[4], num_warps=WARPS,
    )  # fmt: skip
    return out


def _project_by_eight(x: Tensor, weight: Eight, splits: int) -> Tensor:
    (rows, ins), outs, tile = x.shape, len(weight), _tile(len(x))
    chunk, out = _parts(x, outs, splits)
    _project_eight[(triton.cdiv(rows, tile), outs // OUT, len(out))](
        x, weight.codes, weight.scales, out, rows, outs, ins, chunk * GROUP,
        ROWS=tile, OUT=OUT, IN=GROUP, STAGES=STAGES[8], num_warps=WARPS,
    )  # fmt: skip
    return out


def _gate_by_eight(x: Tensor, weight: Eight) -> Tensor:
    (rows, ins), outs, tile = x.shape, len(weight) // 2, _tile(len(x))
    out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
    _gate_eight[(triton.cdiv(rows, tile), outs // OUT)](
        x, weight.codes, weight.scales, out, rows, outs, ins,
        ROWS=tile, OUT=OUT, IN=GROUP, STAGES=STAGES[8], num_warps=WARPS,
    )  # fmt: skip
    return out


def unpack(weight: Packed, out: Tensor) -> None:
    """See Packed."""
    rows, ins = out.shape
    grid, fits = (rows // UNPACKED, ins // GROUP), rows % UNPACKED == ins % GROUP == 0
    if fits and isinstance(weight, Four):
        _unpack_four[grid](
            weight.codes, weight.steps.view(torch.int32), out, rows, ins, MAGIC, OUT=UNPACKED, num_warps=4
        )
    elif fits and isinstance(weight, Eight):
        _unpack_eight[grid](weight.codes, weight.scales, out, ins, OUT=UNPACKED, num_warps=4)
    else:
        unpack_by_torch(weight, out)


KERNELS: dict[type, Kernels] = {
    Four: Kernels(MOST, GROUP, OUT, SPLITS, _project_by_four, _gate_by_four),
    Eight: Kernels(MOST, GROUP, OUT, SPLITS, _project_by_eight, _gate_by_eight),
}
"""By the kind of weights."""
