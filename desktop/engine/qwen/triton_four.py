"""Triton kernels for 4-bit weights: products of few rows at the speed of the memory, and unpacking for many.

The weights are the tensor cores' left operand. They come from memory as the threads need them, so that they go from
16-byte loads to the tensor cores without being exchanged: two operations make two of them 128 more than they are in
bfloat16, exactly, and the product with ones tells what that adds. Scales are applied to the sums of their group.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.products import Kernels
from desktop.engine.qwen.quant import Four
from desktop.engine.qwen.quantisation import GROUP
from desktop.engine.qwen.triton_launch import Kernel, cdiv
from desktop.engine.qwen.triton_tiles import MOST, WARPS, parts, store_gated, tile_rows

OUT, NARROW = 64, 16  # outputs of a program; of a gate a warp has four tiles then, which hide each other's time
STAGES = 4
SPLITS = 9  # parts of a product that are summed by the kernel behind it, for the 7B
MAGIC = 0x43004300  # twice 128 in bfloat16; given as an argument, else it would take an operation of its own
OPEN = ["rows", "chunk", "magic", "wide"]  # arguments whose values make no kernel of their own


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _open(words, magic, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """A group's words (OUT, 16, 2) of two sets of outputs as weights + 128 (2 * OUT, 128), bfloat16; see `_order`."""
    one = (words & 0x000F000F) | magic
    two = ((words >> 4) & 0x000F000F) | magic
    three = ((words >> 8) & 0x000F000F) | magic
    four = ((words >> 12) & 0x000F000F) | magic
    pairs = tl.join(tl.join(one, two), tl.join(three, four))
    weights = tl.join(pairs.to(tl.int16), (pairs >> 16).to(tl.int16)).to(tl.bfloat16, bitcast=True)
    weights = tl.reshape(weights, (OUT // 8, 8, 4, 4, 2, 2, 2, 2))
    return tl.reshape(tl.permute(weights, (0, 4, 1, 3, 2, 6, 5, 7)), (2 * OUT, 128))


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _order(start, away, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """Two sets of outputs, from `start` on and so far `away`, as the tensor cores have them: 8 of each in turn."""
    row = tl.arange(0, 2 * OUT)
    return start + row // 16 * 8 + row % 8 + row // 8 % 2 * away


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _turn(tile, ROWS: tl.constexpr):  # type: ignore[no-untyped-def]
    """A group's inputs (ROWS, 128) so that the 8 of every 32 that a thread reads are what it feeds the tensor core."""
    return tl.reshape(tl.permute(tl.reshape(tile, (ROWS, 4, 4, 2, 2, 2)), (0, 1, 4, 2, 3, 5)), (ROWS, 128))


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _steps(steps):  # type: ignore[no-untyped-def]
    """Scales, and zeros + 128, in float32."""
    return (steps & 0xFFFF).to(tl.int16).to(tl.float16, bitcast=True).to(tl.float32), (steps >> 16).to(tl.float32) + 128


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _multiply(weights, a, steps):  # type: ignore[no-untyped-def]
    """Weights + 128 (outs, 128) times a (128, rows), float32, with the group's scales and zeros in 32 bits each.

    One product with as many ones, which are as one, and the weights: the ones stand first, so that their sums run
    between the weights' and nothing waits for them at the end.
    """
    every = tl.join(tl.full(weights.shape, 1.0, tl.float32).to(weights.dtype), weights)
    every = tl.reshape(tl.permute(every, (2, 0, 1)), (2 * weights.shape[0], weights.shape[1]))
    found = tl.dot(every.to(a.dtype), a, input_precision="ieee")
    found = tl.permute(tl.reshape(found, (2, weights.shape[0], a.shape[1])), (1, 2, 0))
    sums, found = tl.split(found)
    scales, zeros = _steps(steps)
    return (found - sums * zeros[:, None]) * scales[:, None]


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _sum(  # type: ignore[no-untyped-def]
    x, codes, steps, rows, m, start, away, outs, ins, first, last, magic,
    ROWS: tl.constexpr, OUT: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """The rows m of x times two sets of outputs of a matrix, over the groups from first to last: (OUT, ROWS) each."""
    n, k, word = start + tl.arange(0, OUT), tl.arange(0, 128), tl.arange(0, 16)
    order, place_of_words, place_of_x = _order(start, away, OUT), n[:, None] * 16 + word, m[:, None] * ins + k
    total = tl.zeros((2 * OUT, ROWS), tl.float32)
    for group in tl.range(first, last, num_stages=STAGES):
        one, other = group * outs, group * outs + away
        left = tl.load(codes + one * 16 + place_of_words, eviction_policy="evict_first")
        right = tl.load(codes + other * 16 + place_of_words, eviction_policy="evict_first")
        a = _turn(tl.load(x + group * 128 + place_of_x, mask=m[:, None] < rows, other=0.0), ROWS)
        weights = _turn(_open(tl.join(left, right), magic, OUT), 2 * OUT)
        total += _multiply(weights, tl.trans(a), tl.load(steps + one + order))
    pairs = tl.permute(tl.reshape(total, (OUT // 8, 2, 8, ROWS)), (0, 2, 3, 1))
    return tl.split(tl.reshape(pairs, (OUT, ROWS, 2)))


@Kernel
@triton.jit(do_not_specialize=OPEN)  # type: ignore[untyped-decorator, unused-ignore]
def _project_four(  # type: ignore[no-untyped-def]
    x, codes, steps, out, rows, outs, ins, chunk, magic,
    ROWS: tl.constexpr, OUT: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """`ROWS` of x times `OUT` outputs, over the groups of one part."""
    half: tl.constexpr = OUT // 2
    m = tl.program_id(0) * ROWS + tl.arange(0, ROWS)  # programs that read the same weights run side by side
    start, part = tl.program_id(1) * OUT, tl.program_id(2)
    first, last = part * chunk, tl.minimum((part + 1) * chunk, ins // 128)
    left, right = _sum(x, codes, steps, rows, m, start, half, outs, ins, first, last, magic, ROWS, half, STAGES)
    place = out + (part * rows + m[None, :]) * outs + start + tl.arange(0, half)[:, None]
    tl.store(place, left, mask=m[None, :] < rows)
    tl.store(place + half, right, mask=m[None, :] < rows)


@Kernel
@triton.jit(do_not_specialize=OPEN)  # type: ignore[untyped-decorator, unused-ignore]
def _gate_four(  # type: ignore[no-untyped-def]
    x, codes, steps, out, rows, outs, ins, magic, wide,
    ROWS: tl.constexpr, OUT: tl.constexpr, NARROW: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """SiLU of x times outputs, times x times the same outputs of the second half: `OUT`, or `NARROW` behind `wide`."""
    program = tl.program_id(1)
    if program < wide:
        _gate_some(x, codes, steps, out, rows, outs, ins, magic, program * OUT, ROWS, OUT, STAGES)
    else:
        start = wide * OUT + (program - wide) * NARROW
        _gate_some(x, codes, steps, out, rows, outs, ins, magic, start, ROWS, NARROW, STAGES)


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _gate_some(  # type: ignore[no-untyped-def]
    x, codes, steps, out, rows, outs, ins, magic, start,
    ROWS: tl.constexpr, OUT: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    m = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    gate, up = _sum(x, codes, steps, rows, m, start, outs, 2 * outs, ins, 0, ins // 128, magic, ROWS, OUT, STAGES)
    store_gated(out, gate, up, m, start + tl.arange(0, OUT), rows, outs)


@Kernel
@triton.jit(do_not_specialize=OPEN)  # type: ignore[untyped-decorator, unused-ignore]
def _unpack_four(codes, steps, out, outs, ins, magic, OUT: tl.constexpr):  # type: ignore[no-untyped-def]
    """`OUT` rows of a group, in full, to a row-major (rows, ins)."""
    half: tl.constexpr = OUT // 2
    start, group, k, word = tl.program_id(0) * OUT, tl.program_id(1), tl.arange(0, 128), tl.arange(0, 16)
    place = (group * outs + start + tl.arange(0, half))[:, None] * 16 + word[None, :]
    left = tl.load(codes + place, eviction_policy="evict_first")
    right = tl.load(codes + place + half * 16, eviction_policy="evict_first")
    row = _order(start, half, half)
    scales, zeros = _steps(tl.load(steps + group * outs + row))
    weights = (_open(tl.join(left, right), magic, half).to(tl.float32) - zeros[:, None]) * scales[:, None]
    tl.store(out + row[:, None] * ins + group * 128 + k[None, :], weights.to(out.dtype.element_ty))


def project(x: Tensor, weight: Four, splits: int) -> Tensor:
    """See Kernels."""
    (rows, ins), outs, tile = x.shape, len(weight), tile_rows(len(x))
    chunk, out = parts(x, outs, splits)
    _project_four[(cdiv(rows, tile), outs // OUT, len(out))](
        x, weight.codes, weight.steps.view(torch.int32), out, rows, outs, ins, chunk, MAGIC,
        ROWS=tile, OUT=OUT, STAGES=STAGES, num_warps=WARPS,
    )  # fmt: skip
    return out


def gate(x: Tensor, weight: Four) -> Tensor:
    """See Kernels."""
    (rows, ins), outs, tile = x.shape, len(weight) // 2, tile_rows(len(x))
    out, wide = torch.empty(rows, outs, device=x.device, dtype=x.dtype), _wide(outs // OUT, x.device)
    _gate_four[(cdiv(rows, tile), wide + (outs - wide * OUT) // NARROW)](
        x, weight.codes, weight.steps.view(torch.int32), out, rows, outs, ins, MAGIC, wide,
        ROWS=tile, OUT=OUT, NARROW=NARROW, STAGES=STAGES, num_warps=WARPS,
    )  # fmt: skip
    return out


def _wide(tiles: int, device: torch.device) -> int:
    """How many of a gate's tiles are for a program each: as many for each multiprocessor.

    Narrow programs share the others, since all would wait for those that had a tile more. Of few tiles it is half.
    """
    count = torch.cuda.get_device_properties(device).multi_processor_count if device.type == "cuda" else tiles + 1
    return tiles // count * count or tiles // 2


def unpack(weight: Four, out: Tensor) -> None:
    """See Packed; the rows are a multiple of `OUT`."""
    rows, ins = out.shape
    _unpack_four[(rows // OUT, ins // GROUP)](
        weight.codes, weight.steps.view(torch.int32), out, rows, ins, MAGIC, OUT=OUT, num_warps=4
    )


FOUR = Kernels(MOST, GROUP, OUT, SPLITS, project, gate)
