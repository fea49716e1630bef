"""A Triton kernel for the windows of the vision tower: many short segments, each a program's own for every head."""

import math

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.segments import Segments
from desktop.engine.qwen.triton_launch import Kernel, next_power_of_2


@Kernel
@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _attend(  # type: ignore[no-untyped-def]
    query, key, value, bounds, out, scale, stride, heads,
    CHANNELS: tl.constexpr, WIDTH: tl.constexpr, TOKENS: tl.constexpr,
):  # fmt: skip
    """One head of one segment, which has `TOKENS` at most; `stride` is from token to token of query, key and value."""
    segment, head = tl.program_id(0), tl.program_id(1)
    start = tl.load(bounds + segment).to(tl.int64)
    count = tl.load(bounds + segment + 1) - start
    steps, dims = tl.arange(0, TOKENS), tl.arange(0, WIDTH)
    inside = (steps[:, None] < count) & (dims[None, :] < CHANNELS)
    place = (start + steps[:, None]) * stride + head * CHANNELS + dims[None, :]
    q = tl.load(query + place, mask=inside, other=0.0)
    k = tl.load(key + place, mask=inside, other=0.0)
    v = tl.load(value + place, mask=inside, other=0.0)
    scores = tl.dot(q, tl.trans(k), input_precision="ieee") * scale
    scores = tl.where(steps[None, :] < count, scores, -float("inf"))
    weights = tl.exp(scores - tl.max(scores, 1)[:, None])
    found = tl.dot(weights.to(v.dtype), v, input_precision="ieee") / tl.sum(weights, 1)[:, None]
    target = out + ((start + steps[:, None]) * heads + head) * CHANNELS + dims[None, :]
    tl.store(target, found.to(v.dtype), mask=inside)


def windows(query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
    """See `Sdpa.windows`; query, key and value lie in memory alike, as parts of one tensor do."""
    tokens, heads, channels = query.shape
    out = torch.empty(tokens, heads, channels, device=query.device, dtype=query.dtype)
    _attend[(len(segments.lengths), heads)](
        query, key, value, segments.bounds, out, 1 / math.sqrt(channels), query.stride(0), heads,
        CHANNELS=channels, WIDTH=next_power_of_2(channels),
        TOKENS=max(16, next_power_of_2(segments.longest)),
    )  # fmt: skip
    return out
