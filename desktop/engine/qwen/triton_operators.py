"""Fused Triton kernels for the steps of a layer; products of few rows read their weights at the memory's speed."""

from collections.abc import Mapping

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.operators import Linear, Norm, Place, Turn
from desktop.engine.qwen.products import Kernels, Scratch, Unpack, unpack_by_torch
from desktop.engine.qwen.quant import Weight
from desktop.engine.qwen.triton_launch import Kernel, cdiv, next_power_of_2

FEW = 16  # rows up to which a product is bound by reading its weights
OUT, IN = 32, 128  # rows and columns of a weight that are read at once
SPLITS = 3  # parts of a long product that are summed by the kernel behind it
BLOCK = 1024


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _add_norm(  # type: ignore[no-untyped-def]
    x, parts, bias, norm, total, normed, channels, part_stride, epsilon,
    PARTS: tl.constexpr, BIAS: tl.constexpr, WIDTH: tl.constexpr,
):  # fmt: skip
    """x plus the sum of `PARTS` parts and the bias, and its RMS norm; a program a row."""
    row = tl.program_id(0).to(tl.int64)
    place = tl.arange(0, WIDTH)
    inside = place < channels
    value = tl.load(x + row * channels + place, mask=inside, other=0.0)
    factor = tl.load(norm + place, mask=inside, other=0.0).to(tl.float32)
    if PARTS > 0:
        delta = tl.zeros((WIDTH,), tl.float32)
        for part in tl.static_range(PARTS):
            delta += tl.load(parts + part * part_stride + row * channels + place, mask=inside, other=0.0).to(tl.float32)
        if BIAS:
            delta += tl.load(bias + place, mask=inside, other=0.0).to(tl.float32)
        value = value + delta.to(value.dtype)
        tl.store(total + row * channels + place, value, mask=inside)
    wide = value.to(tl.float32)
    scale = tl.rsqrt(tl.sum(wide * wide, 0) / channels + epsilon)
    tl.store(normed + row * channels + place, (wide * scale * factor).to(value.dtype), mask=inside)


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _swiglu(gate_up, out, channels, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]
    row = tl.program_id(0).to(tl.int64)
    place = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    inside = place < channels
    gate = tl.load(gate_up + row * 2 * channels + place, mask=inside, other=0.0)
    up = tl.load(gate_up + row * 2 * channels + channels + place, mask=inside, other=0.0)
    wide = gate.to(tl.float32)
    silu = (wide / (1.0 + tl.exp(-wide))).to(gate.dtype)
    tl.store(out + row * channels + place, silu * up, mask=inside)


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _rotate(  # type: ignore[no-untyped-def]
    x, cos, sin, row_stride, heads, HALF: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr
):  # fmt: skip
    row = tl.program_id(0).to(tl.int64)
    head = tl.program_id(1) * ROWS + tl.arange(0, ROWS)
    place = tl.arange(0, WIDTH)
    inside = (head[:, None] < heads) & (place[None, :] < HALF)
    left = x + row * row_stride + head[:, None] * (2 * HALF) + place[None, :]
    one = tl.load(left, mask=inside, other=0.0)
    other = tl.load(left + HALF, mask=inside, other=0.0)
    angle = row * HALF + place
    c, s = tl.load(cos + angle, mask=place < HALF)[None, :], tl.load(sin + angle, mask=place < HALF)[None, :]
    wide, wide_other = one.to(tl.float32), other.to(tl.float32)
    tl.store(left, (wide * c - wide_other * s).to(one.dtype), mask=inside)
    tl.store(left + HALF, (wide_other * c + wide * s).to(one.dtype), mask=inside)


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _rotate_write(  # type: ignore[no-untyped-def]
    parts, bias, cos, sin, out, keys, values, slots, heads, kv_heads, part_stride,
    PARTS: tl.constexpr, BIAS: tl.constexpr, HALF: tl.constexpr, WIDTH: tl.constexpr,
):  # fmt: skip
    """One head of a row: summed, turned unless it is a value, and kept in the cache unless it is a query."""
    row, head = tl.program_id(0).to(tl.int64), tl.program_id(1)
    place = tl.arange(0, WIDTH)
    inside = place < HALF
    start = (row * (heads + 2 * kv_heads) + head) * 2 * HALF + place
    c, s = tl.load(cos + row * HALF + place, mask=inside), tl.load(sin + row * HALF + place, mask=inside)
    slot = tl.load(slots + row).to(tl.int64)
    left = tl.zeros((WIDTH,), tl.float32)
    right = tl.zeros((WIDTH,), tl.float32)
    for part in tl.static_range(PARTS):
        left += tl.load(parts + part * part_stride + start, mask=inside, other=0.0).to(tl.float32)
        right += tl.load(parts + part * part_stride + start + HALF, mask=inside, other=0.0).to(tl.float32)
    if BIAS:
        left += tl.load(bias + head * 2 * HALF + place, mask=inside, other=0.0).to(tl.float32)
        right += tl.load(bias + head * 2 * HALF + HALF + place, mask=inside, other=0.0).to(tl.float32)
    kind = out.dtype.element_ty
    left = left.to(kind).to(tl.float32)
    right = right.to(kind).to(tl.float32)
    if head < heads + kv_heads:
        turned = left * c - right * s
        right = right * c + left * s
        left = turned
    tl.store(out + start, left.to(kind), mask=inside)
    tl.store(out + start + HALF, right.to(kind), mask=inside)
    if head >= heads:
        number = head - heads
        cache = keys
        if number >= kv_heads:
            cache = values
            number -= kv_heads
        target = cache + (slot * kv_heads + number) * 2 * HALF + place
        tl.store(target, left.to(kind), mask=inside)
        tl.store(target + HALF, right.to(kind), mask=inside)


@Kernel
@triton.jit(do_not_specialize=["rows"])  # type: ignore[untyped-decorator, unused-ignore]
def _project(  # type: ignore[no-untyped-def]
    x, weight, out, rows, outs, ins, chunk, ROWS: tl.constexpr, OUT: tl.constexpr, IN: tl.constexpr
):  # fmt: skip
    """A part of the columns of x times those of `OUT` rows of the weight: float32 (parts, rows, outs)."""
    n = tl.program_id(0) * OUT + tl.arange(0, OUT)
    part = tl.program_id(1)
    m, k = tl.arange(0, ROWS), tl.arange(0, IN)
    total = tl.zeros((ROWS, OUT), tl.float32)
    first = part * chunk
    last = tl.minimum(first + chunk, ins)
    for start in range(first, last, IN):
        a = tl.load(x + m[:, None] * ins + start + k[None, :], mask=m[:, None] < rows, other=0.0)
        w = tl.load(weight + n[:, None].to(tl.int64) * ins + start + k[None, :], eviction_policy="evict_first")
        total += tl.dot(a, tl.trans(w), input_precision="ieee")
    target = out + (part * rows + m[:, None]) * outs + n[None, :]
    tl.store(target, total, mask=m[:, None] < rows)


@Kernel
@triton.jit(do_not_specialize=["rows"])  # type: ignore[untyped-decorator, unused-ignore]
def _gate(  # type: ignore[no-untyped-def]
    x, weight, out, rows, outs, ins, ROWS: tl.constexpr, OUT: tl.constexpr, IN: tl.constexpr
):  # fmt: skip
    """SiLU of x times `OUT` rows of the weight, times x times the same rows of its second half."""
    n = tl.program_id(0) * OUT + tl.arange(0, OUT)
    m, k = tl.arange(0, ROWS), tl.arange(0, IN)
    gate = tl.zeros((ROWS, OUT), tl.float32)
    up = tl.zeros((ROWS, OUT), tl.float32)
    place = n[:, None].to(tl.int64) * ins + k[None, :]
    half = outs.to(tl.int64) * ins
    for start in range(0, ins, IN):
        a = tl.load(x + m[:, None] * ins + start + k[None, :], mask=m[:, None] < rows, other=0.0)
        one = tl.load(weight + place + start, eviction_policy="evict_first")
        other = tl.load(weight + half + place + start, eviction_policy="evict_first")
        gate += tl.dot(a, tl.trans(one), input_precision="ieee")
        up += tl.dot(a, tl.trans(other), input_precision="ieee")
    kind = out.dtype.element_ty
    wide = gate.to(kind).to(tl.float32)
    silu = (wide / (1.0 + tl.exp(-wide))).to(kind)
    tl.store(out + m[:, None] * outs + n[None, :], silu * up.to(kind), mask=m[:, None] < rows)


@Kernel
@triton.jit(do_not_specialize=["width"])  # type: ignore[untyped-decorator, unused-ignore]
def _weaken(logits, seen, penalties, out, width, vocabulary, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]
    row = tl.program_id(0).to(tl.int64)
    request = row // width
    place = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    inside = place < vocabulary
    logit = tl.load(logits + row * vocabulary + place, mask=inside)
    known = tl.load(seen + request * vocabulary + place, mask=inside, other=0)
    penalty = tl.load(penalties + request)
    weak = tl.where(logit < 0, logit * penalty, logit / penalty)
    tl.store(out + row * vocabulary + place, tl.where(known != 0, weak, logit), mask=inside)


class Fused:
    """One kernel a step, or two; see Operators."""

    name = "triton"

    def __init__(self, unpack: Unpack = unpack_by_torch, packed: Mapping[type, Kernels] | None = None) -> None:
        """`packed` are kernels for weights of few bits, which `unpack` unpacks for many rows."""
        self.scratch = Scratch(unpack)
        self._kernels = {Tensor: DENSE, **(packed or {})}
        self.packed_by = "triton" if packed else "torch"

    def project(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        return self.scratch.project(x, *linear)

    def _few(self, x: Tensor, weight: Weight, outs: int) -> Kernels | None:
        """What multiplies so few rows by so many outputs, where there is such a thing."""
        kernels = self._kernels.get(type(weight))
        return kernels if kernels and kernels.take(x, outs) else None

    def add_norm(self, x: Tensor, delta: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        return _sum_norm(x, None if delta is None else delta[None], None, norm)

    def project_add_norm(self, x: Tensor, linear: Linear, residual: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        if few := self._few(x, linear.weight, len(linear.weight)):
            return _sum_norm(residual, few.project(x, linear.weight, few.splits), linear.bias, norm)
        return _sum_norm(residual, self.project(x, linear)[None], None, norm)

    def gate(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        rows, outs = x.shape[0], len(linear.weight) // 2
        few = self._few(x, linear.weight, outs)
        if few and linear.bias is None:
            return few.gate(x, linear.weight)
        out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
        _swiglu[(rows, cdiv(outs, BLOCK))](self.project(x, linear), out, outs, BLOCK=BLOCK)
        return out

    def score(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators; the same for a row whatever rows stand beside it, as long as these are few."""
        if few := self._few(x, linear.weight, len(linear.weight)):
            return few.project(x, linear.weight, 1)[0]
        return self.project(x, linear).float()

    def weaken(self, logits: Tensor, seen: Tensor, penalties: Tensor, out: Tensor) -> None:
        """See Operators; all tensors are contiguous."""
        requests, width, vocabulary = logits.shape
        grid = (requests * width, cdiv(vocabulary, BLOCK))
        _weaken[grid](logits, seen, penalties, out, width, vocabulary, BLOCK=BLOCK)

    def rotate(self, x: Tensor, heads: int, cos: Tensor, sin: Tensor) -> None:
        """See Operators; the channels of a row lie side by side."""
        half = x.shape[-1] // 2
        rows = min(8, next_power_of_2(heads))
        _rotate[(x.shape[0], cdiv(heads, rows))](
            x, cos, sin, x.stride(0), heads, HALF=half, ROWS=rows, WIDTH=next_power_of_2(half)
        )

    def project_rotate_write(
        self, x: Tensor, linear: Linear, turn: Turn, place: Place
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See Operators."""
        rows, outs = x.shape[0], len(linear.weight)
        few = self._few(x, linear.weight, outs)
        parts = few.project(x, linear.weight, few.splits) if few else self.project(x, linear)[None]
        bias = linear.bias if few else None  # else it is added already
        out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
        half = turn.cos.shape[-1]
        _rotate_write[(rows, sum(turn.parts))](
            parts, x if bias is None else bias, turn.cos, turn.sin, out, *place,
            turn.heads, turn.kv_heads, parts.stride(0), PARTS=parts.shape[0], BIAS=bias is not None,
            HALF=half, WIDTH=next_power_of_2(half), num_warps=1,
        )  # fmt: skip
        query, key, value = torch.split(out.view(rows, sum(turn.parts), 2 * half), turn.parts, 1)
        return query, key, value


def _sum_norm(x: Tensor, parts: Tensor | None, bias: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
    """The sum of x, parts (parts, rows, channels) and bias, and its norm."""
    rows, channels = x.shape
    normed = torch.empty_like(x)
    total = x if parts is None else torch.empty_like(x)
    width = next_power_of_2(channels)
    warps = 8 if width > 2048 else 4
    count = 0 if parts is None else parts.shape[0]
    if count > 1:  # few rows: what counts is how soon each one is done
        warps = min(max(warps, width // 128), 32)
    _add_norm[(rows,)](
        x, x if parts is None else parts, x if bias is None else bias, norm.weight, total, normed,
        channels, rows * channels, norm.epsilon,
        PARTS=count, BIAS=bias is not None, WIDTH=width, num_warps=warps,
    )  # fmt: skip
    return total, normed


def _project_in_parts(x: Tensor, weight: Tensor, splits: int) -> Tensor:
    """The product of few rows as parts to be summed: float32 (parts, rows, outs)."""
    rows, ins = x.shape
    outs = len(weight)
    chunk = cdiv(ins, splits * IN) * IN
    parts = cdiv(ins, chunk)
    out = torch.empty(parts, rows, outs, device=x.device, dtype=torch.float32)
    _project[(outs // OUT, parts)](
        x, weight, out, rows, outs, ins, chunk, ROWS=FEW, OUT=OUT, IN=IN, num_stages=4, num_warps=2
    )
    return out


def _gate_few(x: Tensor, weight: Tensor) -> Tensor:
    """SiLU of the product of few rows with the first half of a weight, times that with its second half."""
    (rows, ins), outs = x.shape, len(weight) // 2
    out = torch.empty(rows, outs, device=x.device, dtype=x.dtype)
    sizes = {"ROWS": FEW, "OUT": OUT, "IN": IN, "num_stages": 2, "num_warps": 2}
    _gate[(outs // OUT,)](x, weight, out, rows, outs, ins, **sizes)
    return out


DENSE = Kernels(FEW, IN, OUT, SPLITS, _project_in_parts, _gate_few)
