"""The steps of a layer, and plain torch for them, which every device has."""

from typing import NamedTuple, Protocol

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.products import Scratch
from desktop.engine.qwen.quant import Weight


class Linear(NamedTuple):
    """A projection: `weight` (out, in) of any kind, `bias` (out) or None."""

    weight: Weight
    bias: Tensor | None = None


class Norm(NamedTuple):
    """An RMS norm (Zhang and Sennrich, 2019)."""

    weight: Tensor
    epsilon: float


class Place(NamedTuple):
    """Where keys and values go: `slots` (rows) of both, which are (slots, heads, channels)."""

    keys: Tensor
    values: Tensor
    slots: Tensor


class Operators(Protocol):
    """Tensors are (rows, channels) unless said otherwise."""

    name: str
    packed_by: str
    """What multiplies by packed weights."""
    scratch: Scratch
    """What multiplies many rows."""

    def project(self, x: Tensor, linear: Linear) -> Tensor:
        """The projection of x: (rows, out)."""

    def add_norm(self, x: Tensor, delta: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
        """The sum of both, and its norm."""

    def project_add_norm(self, x: Tensor, linear: Linear, residual: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
        """The residual plus the projection of x, and its norm."""

    def gate(self, x: Tensor, linear: Linear) -> Tensor:
        """SiLU of the first half of the projection times its second half (Shazeer, 2020)."""

    def rotate(self, x: Tensor, heads: int, cos: Tensor, sin: Tensor) -> None:
        """Turn the first `heads` of x (rows, heads or more, channels) in place by angles (rows, channels / 2), float32.

        An angle is for the channel of that number and the one half of all channels behind it.
        """

    def score(self, x: Tensor, linear: Linear) -> Tensor:
        """The projection of x, without a bias, as float32."""

    def weaken(self, logits: Tensor, seen: Tensor, penalties: Tensor, out: Tensor) -> None:
        """Write logits (requests, width, vocabulary) into `out`, less likely where `seen` (requests, vocabulary).

        Whatever their sign, by `penalties` (requests), for each of a request's `width` (Keskar et al., 2019).
        """

    def project_rotate_write(
        self, x: Tensor, linear: Linear, turn: "Turn", place: Place
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Query, key and value, (rows, heads, channels) each, query and key turned; key and value go to their place."""


class Turn:
    """How many query heads and key heads there are, and the angles (rows, channels / 2), float32, to turn them by.

    `cos` and `sin` lie row by row, as kernels read them; a prompt's angles come column by column.
    """

    def __init__(self, heads: int, kv_heads: int, angles: Tensor) -> None:
        self.heads, self.kv_heads = heads, kv_heads
        angles = angles.contiguous()
        self.cos, self.sin = angles.cos(), angles.sin()

    @property
    def parts(self) -> list[int]:
        """The heads of query, key and value."""
        return [self.heads, self.kv_heads, self.kv_heads]


class Plain:
    """By torch, one operation after the other."""

    name = packed_by = "torch"

    def __init__(self) -> None:
        self.scratch = Scratch()

    def project(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        return self.scratch.project(x, *linear)

    def add_norm(self, x: Tensor, delta: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        x = x if delta is None else x + delta
        return x, F.rms_norm(x, (x.shape[-1],), norm.weight, norm.epsilon)

    def project_add_norm(self, x: Tensor, linear: Linear, residual: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        return self.add_norm(residual, self.project(x, linear), norm)

    def gate(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        gate, up = self.project(x, linear).chunk(2, -1)
        return F.silu(gate) * up

    def score(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        return self.project(x, linear).float()

    def weaken(self, logits: Tensor, seen: Tensor, penalties: Tensor, out: Tensor) -> None:
        """See Operators."""
        torch.where(seen[:, None], weakened(logits, penalties), logits, out=out)

    def rotate(self, x: Tensor, heads: int, cos: Tensor, sin: Tensor) -> None:
        """See Operators."""
        left, right = x[:, :heads].float().chunk(2, -1)
        cos, sin = cos[:, None], sin[:, None]
        x[:, :heads] = torch.cat([left * cos - right * sin, right * cos + left * sin], -1)

    def project_rotate_write(
        self, x: Tensor, linear: Linear, turn: Turn, place: Place
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See Operators."""
        qkv = self.project(x, linear).view(len(x), sum(turn.parts), -1)
        self.rotate(qkv, turn.heads + turn.kv_heads, turn.cos, turn.sin)
        query, key, value = torch.split(qkv, turn.parts, 1)
        place.keys.index_copy_(0, place.slots, key)
        place.values.index_copy_(0, place.slots, value)
        return query, key, value


def weakened(logits: Tensor, penalties: Tensor) -> Tensor:
    """Logits (requests, width, any), all less likely by `penalties` (requests), whatever their sign."""
    factors = penalties[:, None, None]
    return torch.where(logits < 0, logits * factors, logits / factors)
