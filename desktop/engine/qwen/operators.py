"""The steps of a layer: plain torch on every device, fused Triton kernels where they run."""

import logging
from functools import partial
from typing import NamedTuple, Protocol

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

log = logging.getLogger(__name__)


class Linear(NamedTuple):
    """A projection: `weight` (out, in), `bias` (out) or None."""

    weight: Tensor
    bias: Tensor | None = None

    def __call__(self, x: Tensor) -> Tensor:
        """Of x (rows, in): (rows, out)."""
        return F.linear(x, self.weight, self.bias)


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

    def add_norm(self, x: Tensor, delta: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
        """The sum of both, and its norm."""

    def project_add_norm(self, x: Tensor, linear: Linear, residual: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
        """The residual plus the projection of x, and its norm."""

    def gate(self, x: Tensor, linear: Linear) -> Tensor:
        """SiLU of the first half of the projection times its second half (Shazeer, 2020)."""

    def rotate(self, x: Tensor, heads: int, cos: Tensor, sin: Tensor) -> None:
        """Turn the first `heads` of x (rows, heads or more, channels) in place by angles (rows, channels), float32."""

    def score(self, x: Tensor, linear: Linear) -> Tensor:
        """The projection of x, without a bias, as float32."""

    def project_rotate_write(
        self, x: Tensor, linear: Linear, turn: "Turn", place: Place
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Query, key and value, (rows, heads, channels) each, query and key turned; key and value go to their place."""


class Turn:
    """How many query heads and key heads there are, and the angles (rows, channels), float32, to turn them by."""

    def __init__(self, heads: int, kv_heads: int, angles: Tensor) -> None:
        self.heads, self.kv_heads = heads, kv_heads
        self.cos, self.sin = angles.cos(), angles.sin()

    @property
    def parts(self) -> list[int]:
        """The heads of query, key and value."""
        return [self.heads, self.kv_heads, self.kv_heads]


class Plain:
    """By torch, one operation after the other."""

    name = "torch"

    def add_norm(self, x: Tensor, delta: Tensor | None, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        x = x if delta is None else x + delta
        return x, F.rms_norm(x, (x.shape[-1],), norm.weight, norm.epsilon)

    def project_add_norm(self, x: Tensor, linear: Linear, residual: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
        """See Operators."""
        return self.add_norm(residual, linear(x), norm)

    def gate(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        gate, up = linear(x).chunk(2, -1)
        return F.silu(gate) * up

    def score(self, x: Tensor, linear: Linear) -> Tensor:
        """See Operators."""
        return linear(x).float()

    def rotate(self, x: Tensor, heads: int, cos: Tensor, sin: Tensor) -> None:
        """See Operators."""
        part = x[:, :heads]
        wide = part.float()
        left, right = wide.chunk(2, -1)
        part.copy_(wide * cos[:, None] + torch.cat([-right, left], -1) * sin[:, None])

    def project_rotate_write(
        self, x: Tensor, linear: Linear, turn: Turn, place: Place
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See Operators."""
        qkv = linear(x).view(len(x), sum(turn.parts), -1)
        self.rotate(qkv, turn.heads + turn.kv_heads, turn.cos, turn.sin)
        query, key, value = torch.split(qkv, turn.parts, 1)
        place.keys.index_copy_(0, place.slots, key)
        place.values.index_copy_(0, place.slots, value)
        return query, key, value


def choose_operators(device: torch.device, dtype: torch.dtype) -> Operators:
    """The fused ones where they run on this device and say the same, else the plain ones."""
    if device.type == "cuda":
        try:
            from desktop.engine.qwen.triton_operators import Fused

            fused = Fused()
            _prove(fused, device, dtype)
        except Exception as error:  # noqa: BLE001 - whatever keeps a kernel from running, torch does the same
            log.info("fused kernels do not work here: %s", error)
        else:
            return fused
    return Plain()


def _prove(operators: Operators, device: torch.device, dtype: torch.dtype) -> None:
    """Compare small cases with the plain ones: few rows and many, sizes that divide and that do not; raise if apart."""
    dice = torch.Generator(device).manual_seed(0)
    plain, same = Plain(), partial(torch.testing.assert_close, atol=3e-2, rtol=3e-2)

    def noise(*shape: int, scale: float = 1.0) -> Tensor:
        return torch.randn(shape, generator=dice, device=device).mul_(scale).to(dtype)

    for rows, channels, hidden in ((1, 256, 384), (12, 512, 1152), (40, 384, 640), (5, 100, 101)):
        x, delta, wide = noise(rows, channels), noise(rows, channels), noise(rows, hidden)
        norm = Norm(noise(channels), 1e-6)
        up = Linear(noise(2 * hidden, channels, scale=0.05), noise(2 * hidden))
        down = Linear(noise(channels, hidden, scale=0.05), noise(channels))
        for added in (delta, None):
            same(operators.add_norm(x, added, norm), plain.add_norm(x, added, norm))
        for linear in (up, Linear(up.weight)):
            same(operators.gate(x, linear), plain.gate(x, linear))
        same(operators.score(x, Linear(up.weight)), plain.score(x, Linear(up.weight)))
        for linear in (down, Linear(down.weight)):
            same(operators.project_add_norm(wide, linear, x, norm), plain.project_add_norm(wide, linear, x, norm))
        for size in (80, 128):
            turn = Turn(4, 2, noise(rows, size).float())
            one, linear = noise(rows, 7, size), Linear(noise(8 * size, channels, scale=0.05), noise(8 * size))
            other, slots = one.clone(), torch.randperm(rows + 3, device=device)[:rows]
            keys, values = (torch.zeros(2, rows + 3, 2, size, device=device, dtype=dtype) for _ in range(2))
            operators.rotate(one, 4, turn.cos, turn.sin)
            plain.rotate(other, 4, turn.cos, turn.sin)
            same(one, other)
            same(
                operators.project_rotate_write(x, linear, turn, Place(keys[0], values[0], slots)),
                plain.project_rotate_write(x, linear, turn, Place(keys[1], values[1], slots)),
            )
            same((keys[0], values[0]), (keys[1], values[1]))
