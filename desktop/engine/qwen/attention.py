"""The ways to compute attention, best first; each is proved by running it on the device before it is used."""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Segments:
    """Stretches of a packed sequence that attend only to themselves. `lengths` lie on the host."""

    lengths: tuple[int, ...]
    device: torch.device

    @cached_property
    def bounds(self) -> Tensor:
        """Where each begins and the last one ends: int32 (segments + 1)."""
        return torch.tensor([0, *self.lengths], device=self.device).cumsum(0).int()

    @cached_property
    def index(self) -> Tensor:
        """The places of each segment, padded to the longest with its first place: int64 (segments, longest)."""
        steps = torch.arange(max(self.lengths), device=self.device)
        return torch.where(self.inside, self.bounds[:-1, None] + steps, self.bounds[:-1, None]).long()

    @cached_property
    def inside(self) -> Tensor:
        """Which entries of `index` are no padding: bool (segments, longest)."""
        steps = torch.arange(max(self.lengths), device=self.device)
        return steps < torch.tensor(self.lengths, device=self.device)[:, None]


class Attention(Protocol):
    """One way. All tensors are (tokens, heads, channels); key and value may have fewer heads (grouped queries)."""

    name: str

    def packed(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """Every token attends to its own segment."""

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The queries are the last of the keys' tokens; each attends to itself and what is before it."""


class Sdpa:
    """torch's scaled_dot_product_attention: every device. Segments are padded and computed in one call."""

    name = "sdpa"

    def packed(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """See Attention."""
        q, k, v = (x[segments.index].transpose(1, 2) for x in (query, key, value))
        whole = min(segments.lengths) == max(segments.lengths)
        mask = None if whole else segments.inside[:, None, None, :]
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2)
        return out[segments.inside]

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Attention."""
        q, k, v = (x.transpose(0, 1)[None] for x in (query, key, value))
        tokens, context = query.shape[0], key.shape[0]
        if tokens == context:
            out = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        else:
            ones = torch.ones(tokens, context, dtype=torch.bool, device=query.device)
            mask = ones.tril(context - tokens)
            out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, enable_gqa=True)
        return out[0].transpose(0, 1)


class Varlen:
    """torch's own FlashAttention 2 for packed sequences (torch.nn.attention.varlen): GPUs from Ampere on."""

    name = "torch varlen"

    def __init__(self) -> None:
        from torch.nn.attention.varlen import varlen_attn

        self._attend = varlen_attn

    def packed(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """See Attention."""
        longest = max(segments.lengths)
        q, k, v = (x.contiguous() for x in (query, key, value))
        out = self._attend(q, k, v, segments.bounds, segments.bounds, longest, longest)
        return out[0] if isinstance(out, tuple) else out

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Attention; torch 2.11 takes neither grouped heads nor a context here, so SDPA does it."""
        return Sdpa().causal(query, key, value)


_WAYS: tuple[type[Attention], ...] = (Varlen, Sdpa)


def choose_attention(device: torch.device, dtype: torch.dtype, wanted: str = "auto") -> Attention:
    """The best way that works on this device, or the one that is wanted by name where it works."""
    for way in _WAYS:
        if way is not Sdpa and (device.type == "cpu" or wanted not in ("auto", way.name)):
            continue
        try:
            attention = way()
            _prove(attention, device, dtype)
        except Exception as error:  # noqa: BLE001 - whatever keeps a kernel from running, the next way is tried
            log.info("attention by %s does not work here: %s", way.name, error)
            continue
        log.info("attention by %s", attention.name)
        return attention
    return Sdpa()


def _prove(attention: Attention, device: torch.device, dtype: torch.dtype) -> None:
    """Run a small case and compare it with SDPA; raises where they differ."""
    torch.manual_seed(0)
    segments = Segments((5, 16, 11), device)
    q, k, v = (torch.randn(32, 2, 80, device=device, dtype=dtype) for _ in range(3))
    torch.testing.assert_close(
        attention.packed(q, k, v, segments), Sdpa().packed(q, k, v, segments), atol=2e-2, rtol=2e-2
    )
