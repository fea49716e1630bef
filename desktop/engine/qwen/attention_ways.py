"""The ways to compute attention: a Triton kernel, the flash-attn package, torch's own FlashAttention, SDPA, products.

Each `offers` some operations, all with the arguments of `Sdpa`'s.
"""

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.segments import Segments

Operation = Callable[..., Tensor]
# Queries behind a context that are computed at once: for a mask and grouped heads torch has no fused kernel on a GPU
# and holds all scores, for the 7B nearly a gigabyte for every 1,000 queries behind 8,000 tokens.
MOST_QUERIES = 256


class Flash:
    """FlashAttention 2 (Dao, 2023) from the package flash-attn: GPUs from Ampere on."""

    name = "flash-attn"
    offers = ("windows", "whole", "causal", "decode")

    def __init__(self) -> None:
        import flash_attn

        self._flash = flash_attn

    def windows(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """See Sdpa."""
        bounds, longest = segments.bounds, segments.longest
        out: Tensor = self._flash.flash_attn_varlen_func(query, key, value, bounds, bounds, longest, longest)
        return out

    def whole(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Sdpa."""
        out: Tensor = self._flash.flash_attn_func(query[None], key[None], value[None])[0]
        return out

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Sdpa."""
        out: Tensor = self._flash.flash_attn_func(query[None], key[None], value[None], causal=True)[0]
        return out

    def decode(self, query: Tensor, keys: Tensor, values: Tensor, table: Tensor, lengths: Tensor) -> Tensor:
        """See Sdpa."""
        q = query.view(len(lengths), -1, *query.shape[1:])
        out: Tensor = self._flash.flash_attn_with_kvcache(
            q, keys, values, cache_seqlens=lengths, block_table=table, causal=True
        )
        return out.flatten(0, 1)


class Varlen:
    """torch's own FlashAttention 2: GPUs from Ampere on.

    torch 2.11 gives it neither grouped heads nor pages, so it takes no step of several requests.
    """

    name = "varlen"
    offers = ("windows", "causal")

    def windows(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """See Sdpa."""
        from torch.nn.attention.varlen import varlen_attn

        bounds, longest = segments.bounds, segments.longest
        out = varlen_attn(query, key, value, bounds, bounds, longest, longest)
        return out[0] if isinstance(out, tuple) else out

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Sdpa; behind a context as torch.nn.attention.bias has it, without that module, which is slow to come."""
        if len(query) == len(key):
            return Sdpa().causal(query, key, value)
        group = query.shape[1] // key.shape[1]
        parts = (query, key.repeat_interleave(group, 1), value.repeat_interleave(group, 1))
        q, k, v = (x.transpose(0, 1)[None] for x in parts)
        out: Tensor = torch.ops.aten._scaled_dot_product_flash_attention(q, k, v, is_causal=True)[0]
        return out[0].transpose(0, 1)


class Triton:
    """Our kernels, for the windows of the vision tower and over the cache: GPUs that Triton compiles for."""

    name = "triton"
    offers = ("windows", "decode")

    def __init__(self) -> None:
        from desktop.engine.qwen.triton_decode import decode
        from desktop.engine.qwen.triton_windows import windows

        self.decode: Operation = decode
        self.windows: Operation = windows


class Sdpa:
    """torch's scaled_dot_product_attention: every device that it is right on.

    Queries are (tokens, heads, channels); keys and values may have fewer heads, each for a group of query heads.
    """

    name = "sdpa"
    offers = ("windows", "whole", "causal", "decode")

    def windows(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """Every token attends to its own segment. Segments are padded and computed in one call."""
        q, k, v = (x[segments.index].transpose(1, 2) for x in (query, key, value))
        whole = min(segments.lengths) == max(segments.lengths)
        mask = None if whole else segments.inside[:, None, None, :]
        out = self._attend(q, k, v, mask).transpose(1, 2)
        return out[segments.inside]

    def whole(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Every token attends to all."""
        q, k, v = (x.transpose(0, 1)[None] for x in (query, key, value))
        return self._attend(q, k, v)[0].transpose(0, 1)

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The queries are the last of the keys' tokens; each attends to itself and what is before it."""
        q, k, v = (x.transpose(0, 1)[None] for x in (query, key, value))
        tokens, context = query.shape[0], key.shape[0]
        if tokens == context:
            out = self._attend(q, k, v, causal=True)
            return out[0].transpose(0, 1)
        parts = []
        places = torch.arange(context, device=query.device)
        for start in range(0, tokens, MOST_QUERIES):
            stop = min(start + MOST_QUERIES, tokens)
            end = context - tokens + stop
            mask = places[:end] <= places[context - tokens + start : end, None]
            part = q[:, :, start:stop], k[:, :, :end], v[:, :, :end]
            parts.append(self._attend(*part, mask))
        return torch.cat(parts, 2)[0].transpose(0, 1)

    def decode(self, query: Tensor, keys: Tensor, values: Tensor, table: Tensor, lengths: Tensor) -> Tensor:
        """The newest tokens of each request, as many of each: (requests * newest, heads, channels).

        `keys` and `values` are (pages, PAGE, kv heads, channels), `table` int32 (requests, most pages) names each
        request's pages, `lengths` int32 (requests) counts its tokens, the newest ones among them. Each attends to
        itself and what is before it; what stands behind it may be no numbers.
        """
        q = query.view(len(lengths), -1, *query.shape[1:]).transpose(1, 2)
        newest, places = q.shape[2], torch.arange(table.shape[1] * keys.shape[1], device=query.device)
        unread = (places >= lengths[:, None])[..., None, None]
        k, v = (x[table].flatten(1, 2).masked_fill_(unread, 0).transpose(1, 2) for x in (keys, values))
        heard = lengths[:, None] - torch.arange(newest - 1, -1, -1, device=query.device)
        mask = places < heard[..., None]
        out = self._attend(q, k, v, mask[:, None])
        return out.transpose(1, 2).flatten(0, 1)

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """Of (requests, heads, queries or keys, channels); `mask` is True for keys that are heard."""
        grouped = q.shape[1] != k.shape[1]
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal, enable_gqa=grouped)


class Matmul(Sdpa):
    """The same by two products and a softmax, for Apple's GPUs.

    There torch's own was silently wrong for several requests at once and for tensors with gaps, up to 2.11, and holds
    the scores of thousands of queries (https://github.com/pytorch/pytorch/issues/181133).
    """

    name = "matmul"

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """See Sdpa. The query heads of one key head stand in one product; MOST_QUERIES of each are computed at once."""
        (count, heads, queries, channels), (kv_heads, keys) = q.shape, k.shape[1:3]
        if causal:
            mask = torch.ones(queries, keys, device=q.device, dtype=torch.bool).tril()
        parts = []
        for start in range(0, queries, MOST_QUERIES):
            part = slice(start, start + MOST_QUERIES)
            rows = q[:, :, part].reshape(count, kv_heads, -1, channels)
            scores = (rows @ k.mT).view(count, kv_heads, heads // kv_heads, -1, keys).float() * channels**-0.5
            if mask is not None:
                heard = mask.expand(*mask.shape[:-2], queries, keys)[..., part, :]
                scores = scores.masked_fill(~heard.unsqueeze(-3), -torch.inf)
            out = scores.softmax(-1).to(v.dtype).flatten(2, 3) @ v
            parts.append(out.view(count, heads, -1, channels))
        return torch.cat(parts, 2)


Way = Flash | Varlen | Triton | Sdpa
# The best of each operation first: Triton decodes in 4.7 ms where flash-attn takes 5.5 (7B on an H200, in a graph).
WAYS: Mapping[str, tuple[type[Way], ...]] = {
    "cuda": (Triton, Flash, Varlen, Sdpa),
    "mps": (Matmul,),
    "cpu": (Sdpa,),
}
"""By the type of torch's device; the last one is taken unproved."""
LATE = {("varlen", "windows")}
"""What is looked at only where nothing better works: its module brings torch's compiler along, for seconds."""
