"""A Triton kernel for one new token a request over a paged cache, split along the context (Flash-Decoding, 2023)."""

import math

import torch
import triton
import triton.language as tl
from torch import Tensor

SPLITS = 32
BLOCK = 64  # tokens read at once; divides a page


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _attend_part(  # type: ignore[no-untyped-def]
    query, keys, values, table, lengths, partial, logsum,
    scale, table_stride,
    KV_HEADS: tl.constexpr, GROUP: tl.constexpr, ROWS: tl.constexpr, DIM: tl.constexpr,
    PAGE: tl.constexpr, SPLITS: tl.constexpr, BLOCK: tl.constexpr,
):  # fmt: skip
    """One split of one key head of one request: its query heads' unnormalised answers and their log-sum-exp."""
    request, head, split = tl.program_id(0), tl.program_id(1), tl.program_id(2)
    length = tl.load(lengths + request)
    chunk = tl.cdiv(tl.cdiv(length, SPLITS), BLOCK) * BLOCK
    start = split * chunk
    end = tl.minimum(start + chunk, length)
    rows, dims, steps = tl.arange(0, ROWS), tl.arange(0, DIM), tl.arange(0, BLOCK)
    heads = (request * KV_HEADS + head) * GROUP + rows
    real = rows < GROUP
    q = tl.load(query + heads[:, None] * DIM + dims[None, :], mask=real[:, None], other=0.0)
    most = tl.full((ROWS,), -float("inf"), tl.float32)
    total = tl.zeros((ROWS,), tl.float32)
    out = tl.zeros((ROWS, DIM), tl.float32)
    for first in range(start, end, BLOCK):
        page = tl.load(table + request * table_stride + first // PAGE).to(tl.int64)
        slots = page * PAGE + first % PAGE + steps
        inside = first + steps < end
        place = (slots[:, None] * KV_HEADS + head) * DIM + dims[None, :]
        k = tl.load(keys + place, mask=inside[:, None], other=0.0)
        v = tl.load(values + place, mask=inside[:, None], other=0.0)
        scores = tl.dot(q, tl.trans(k)) * scale
        scores = tl.where(inside[None, :], scores, -float("inf"))
        higher = tl.maximum(most, tl.max(scores, 1))
        weights = tl.exp(scores - higher[:, None])
        fade = tl.exp(most - higher)
        total = total * fade + tl.sum(weights, 1)
        out = out * fade[:, None] + tl.dot(weights.to(v.dtype), v)
        most = higher
    any_read = total > 0
    place = heads * SPLITS + split
    out = out / tl.where(any_read, total, 1.0)[:, None]
    tl.store(partial + place[:, None] * DIM + dims[None, :], out, mask=real[:, None])
    tl.store(
        logsum + place, tl.where(any_read, most + tl.log(tl.where(any_read, total, 1.0)), -float("inf")), mask=real
    )


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _join_parts(partial, logsum, out, DIM: tl.constexpr, SPLITS: tl.constexpr):  # type: ignore[no-untyped-def]
    """The splits of one query head, weighted by their sums."""
    head = tl.program_id(0)
    splits, dims = tl.arange(0, SPLITS), tl.arange(0, DIM)
    sums = tl.load(logsum + head * SPLITS + splits)
    weights = tl.exp(sums - tl.max(sums, 0))
    parts = tl.load(partial + (head * SPLITS + splits[:, None]) * DIM + dims[None, :])
    whole = tl.sum(parts * weights[:, None], 0) / tl.sum(weights, 0)
    tl.store(out + head * DIM + dims, whole.to(out.dtype.element_ty))


def decode(query: Tensor, keys: Tensor, values: Tensor, table: Tensor, lengths: Tensor) -> Tensor:
    """See `Sdpa.decode`; the channels of a head must be a power of two."""
    requests, heads, channels = query.shape
    _pages, page, kv_heads, _channels = keys.shape
    group = heads // kv_heads
    query = query.contiguous()
    partial = torch.empty(requests, heads, SPLITS, channels, device=query.device, dtype=torch.float32)
    logsum = torch.empty(requests, heads, SPLITS, device=query.device, dtype=torch.float32)
    _attend_part[(requests, kv_heads, SPLITS)](
        query, keys, values, table, lengths, partial, logsum, 1 / math.sqrt(channels), table.stride(0),
        KV_HEADS=kv_heads, GROUP=group, ROWS=max(16, triton.next_power_of_2(group)), DIM=channels,
        PAGE=page, SPLITS=SPLITS, BLOCK=BLOCK,
    )  # fmt: skip
    out = torch.empty_like(query)
    _join_parts[(requests * heads,)](partial, logsum, out, DIM=channels, SPLITS=SPLITS)
    return out
