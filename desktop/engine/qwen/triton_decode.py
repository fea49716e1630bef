"""A Triton kernel for the newest tokens of requests over a paged cache, split along the context.

Flash-Decoding (Dao et al., 2023).
"""

import math

import torch
import triton
import triton.language as tl
from torch import Tensor

from desktop.engine.qwen.triton_launch import Kernel, cdiv, next_power_of_2

SPLITS = 32
BLOCK = 64  # tokens read at once; divides a page
MOST_ROWS = 64  # query heads that share what is read


@triton.jit  # type: ignore[untyped-decorator, unused-ignore]
def _chunk(length, SPLITS: tl.constexpr, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]
    """The tokens of a split, in whole blocks; of a short context only the first splits have any."""
    return tl.cdiv(tl.cdiv(length, SPLITS), BLOCK) * BLOCK


@Kernel
@triton.jit(do_not_specialize=["newest", "tiles", "table_stride"])  # type: ignore[untyped-decorator, unused-ignore]
def _attend_part(  # type: ignore[no-untyped-def]
    query, keys, values, table, lengths, partial, logsum,
    scale, query_stride, table_stride, newest, tiles,
    KV_HEADS: tl.constexpr, GROUP: tl.constexpr, ROWS: tl.constexpr, DIM: tl.constexpr,
    PAGE: tl.constexpr, SPLITS: tl.constexpr, BLOCK: tl.constexpr,
):  # fmt: skip
    """One split of one key head of one request: its query heads' answers and their log-sum-exp, for `ROWS` of them.

    A row is a query head of one of the newest tokens; a later token sees one more.
    """
    request, split = tl.program_id(0), tl.program_id(2)
    head, tile = tl.program_id(1) // tiles, tl.program_id(1) % tiles
    length = tl.load(lengths + request)
    chunk = _chunk(length, SPLITS, BLOCK)
    start = split * chunk
    if start >= length:
        return
    end = tl.minimum(start + chunk, length)
    rows, dims, steps = tile * ROWS + tl.arange(0, ROWS), tl.arange(0, DIM), tl.arange(0, BLOCK)
    token = rows // GROUP
    real = token < newest
    heard = length - newest + token + 1
    row, member = request * newest + token, head * GROUP + rows % GROUP
    q = tl.load(query + (row * query_stride + member * DIM)[:, None] + dims[None, :], mask=real[:, None], other=0.0)
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
        scores = tl.dot(q, tl.trans(k), input_precision="ieee") * scale
        scores = tl.where(inside[None, :] & (first + steps[None, :] < heard[:, None]), scores, -float("inf"))
        higher = tl.maximum(most, tl.max(scores, 1))
        base = tl.where(higher == -float("inf"), 0.0, higher)  # of a row that has heard nothing yet
        weights = tl.exp(scores - base[:, None])
        fade = tl.exp(most - base)
        total = total * fade + tl.sum(weights, 1)
        out = out * fade[:, None] + tl.dot(weights.to(v.dtype), v, input_precision="ieee")
        most = higher
    any_read = total > 0
    place = (row * KV_HEADS * GROUP + member) * SPLITS + split
    out = out / tl.where(any_read, total, 1.0)[:, None]
    tl.store(partial + place[:, None] * DIM + dims[None, :], out, mask=real[:, None])
    tl.store(
        logsum + place, tl.where(any_read, most + tl.log(tl.where(any_read, total, 1.0)), -float("inf")), mask=real
    )


@Kernel
@triton.jit(do_not_specialize=["beside"])  # type: ignore[untyped-decorator, unused-ignore]
def _join_parts(  # type: ignore[no-untyped-def]
    partial, logsum, lengths, out, beside, DIM: tl.constexpr, SPLITS: tl.constexpr, BLOCK: tl.constexpr
):  # fmt: skip
    """The splits of one query head, one of so many `beside` each other of a request, weighted by their sums."""
    head = tl.program_id(0)
    splits, dims = tl.arange(0, SPLITS), tl.arange(0, DIM)
    length = tl.load(lengths + head // beside)
    read = splits * _chunk(length, SPLITS, BLOCK) < length
    sums = tl.load(logsum + head * SPLITS + splits, mask=read, other=-float("inf"))
    place = (head * SPLITS + splits[:, None]) * DIM + dims[None, :]
    parts = tl.load(partial + place, mask=read[:, None], other=0.0)
    weights = tl.exp(sums - tl.max(sums, 0))
    whole = tl.sum(parts * weights[:, None], 0) / tl.sum(weights, 0)
    tl.store(out + head * DIM + dims, whole.to(out.dtype.element_ty))


def decode(query: Tensor, keys: Tensor, values: Tensor, table: Tensor, lengths: Tensor) -> Tensor:
    """See `Sdpa.decode`; the channels of a head must be a power of two, the heads of a token side by side."""
    tokens, heads, channels = query.shape
    requests = len(lengths)
    _pages, page, kv_heads, _channels = keys.shape
    group, newest = heads // kv_heads, tokens // requests
    rows = min(max(16, next_power_of_2(group * newest)), MOST_ROWS)
    tiles = cdiv(group * newest, rows)
    partial = torch.empty(tokens, heads, SPLITS, channels, device=query.device, dtype=torch.float32)
    logsum = torch.empty(tokens, heads, SPLITS, device=query.device, dtype=torch.float32)
    _attend_part[(requests, kv_heads * tiles, SPLITS)](
        query, keys, values, table, lengths, partial, logsum,
        1 / math.sqrt(channels), query.stride(0), table.stride(0), newest, tiles,
        KV_HEADS=kv_heads, GROUP=group, ROWS=rows, DIM=channels,
        PAGE=page, SPLITS=SPLITS, BLOCK=BLOCK, num_stages=2,
    )  # fmt: skip
    out = torch.empty(tokens, heads, channels, device=query.device, dtype=query.dtype)
    _join_parts[(tokens * heads,)](
        partial, logsum, lengths, out, newest * heads, DIM=channels, SPLITS=SPLITS, BLOCK=BLOCK, num_warps=1
    )
    return out
