"""Weights of few bits: how a checkpoint stores them, how they lie in memory, and how torch unpacks them.

AWQ (Lin et al., 2023) keeps 4 bits a weight, and for every 128 inputs of an output a scale and a zero. Its files pack
eight outputs into a number; here eight inputs of an output are, group by group, so that a kernel reads a tile in one
piece. Packing anew is one pass over bytes that were just read, which a GPU does faster than any disk reads them, so
the result is not kept on the disk.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from torch import Tensor

from desktop.engine.qwen.quantisation import GROUP, Kind
from desktop.language import tr_later

Shape = tuple[int, ...]

WORDS = GROUP // 8  # numbers of 32 bits that hold a group of 4-bit weights
# Where the weights of such a number stand, in 4 bits each: the even ones in its lower half, the odd ones above.
NIBBLES = (0, 4, 1, 5, 2, 6, 3, 7)
# Each of 4 threads feeds a tensor core with 8 of every 32 inputs, and reads a quarter of a group: what is stored as
# (thread, block, place) is the input (block, thread, place).
LANES, BLOCKS = 4, 4
_NUMBERS = 1 << 22  # that torch unpacks at once
PACKED = tr_later("{bits}-bit weights {name}")


class Piece(NamedTuple):
    """What a tensor of a checkpoint becomes: the part of a matrix, its outputs along `axis`, its place in the last."""

    part: str
    tensor: Tensor
    axis: int = 0
    place: int | None = None

    def put(self, weights: dict[str, Tensor], matrix: str, first: int, outs: int) -> None:
        """Let it be the outputs from `first` on of a matrix with so many of them."""
        count, name = self.tensor.shape[self.axis], f"{matrix}.{self.part}"
        if self.place is None and count == outs:
            weights[name] = self.tensor
            return
        if name not in weights:
            shape = list(self.tensor.shape)
            shape[self.axis] = outs
            weights[name] = self.tensor.new_empty(shape if self.place is None else [*shape, 2])
        target = weights[name] if self.place is None else weights[name][..., self.place]
        target.narrow(self.axis, first, count).copy_(self.tensor)


class Packed(Protocol):
    """A matrix (outputs, inputs) of few bits; its length is the outputs."""

    def __len__(self) -> int: ...

    def unpack(self, out: Tensor) -> None:
        """Write it into out (outputs, inputs), which may be of any floating kind."""


@dataclass(frozen=True, slots=True)
class Four:
    """4 bits: `codes` int32 (groups, outputs, WORDS); `steps` int16 (groups, outputs, 2): a float16's bits, a zero."""

    codes: Tensor
    steps: Tensor

    def __len__(self) -> int:
        return self.codes.shape[1]

    @property
    def ins(self) -> int:
        """The inputs."""
        return len(self.codes) * GROUP

    def unpack(self, out: Tensor) -> None:
        """See Packed."""
        scales, zeros = self.steps[..., 0].view(torch.float16), self.steps[..., 1]
        step = max(1, _NUMBERS // self.ins)
        for start in range(0, len(out), step):
            rows = slice(start, start + step)
            codes = torch.stack([(self.codes[:, rows] >> 4 * nibble) & 15 for nibble in NIBBLES], -1)
            numbers = (codes.flatten(2) - zeros[:, rows, None]) * scales[:, rows, None].float()
            ordered = numbers.view(*numbers.shape[:2], LANES, BLOCKS, -1).permute(1, 0, 3, 2, 4)
            out[rows] = ordered.flatten(1)


@dataclass(frozen=True, slots=True)
class Eight:
    """8 bits: `codes` int8 (outputs, inputs), `scales` float32 (outputs)."""

    codes: Tensor
    scales: Tensor

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def ins(self) -> int:
        """The inputs."""
        return self.codes.shape[1]

    def unpack(self, out: Tensor) -> None:
        """See Packed."""
        torch.mul(self.codes, self.scales[:, None], out=out)


Weight = Tensor | Four | Eight


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of matrix (outputs, inputs).

    `stored` tells what a checkpoint holds of it, by suffix; `size` its bytes here, beside numbers of so many bytes;
    `keep` makes a checkpoint's tensor what is kept. `bits` is 0 where they are not packed; the `parts` are the fields
    of `weight`.
    """

    stored: Callable[[int, int], dict[str, Shape]]
    size: Callable[[int, int, int], int]
    keep: Callable[[str, Tensor, torch.dtype], tuple[Piece, ...]]
    bits: int = 0
    parts: tuple[str, ...] = ("weight",)
    weight: Callable[..., Weight] = lambda weight: weight


def _keep_dense(suffix: str, tensor: Tensor, dtype: torch.dtype) -> tuple[Piece, ...]:
    # On a CPU the tensor may be the file itself, which must not be needed any more.
    return (Piece(suffix, tensor.to(dtype, copy=tensor.device.type == "cpu")),)


def _keep_four(suffix: str, tensor: Tensor, _dtype: torch.dtype) -> tuple[Piece, ...]:
    if suffix == "scales":
        return (Piece("steps", tensor.to(torch.float16).view(torch.int16), axis=1, place=0),)
    codes = _split(tensor)
    if suffix == "qzeros":
        return (Piece("steps", codes.to(torch.int16), axis=1, place=1),)
    return (Piece("codes", _pack(codes), axis=1),)


def _split(packed: Tensor) -> Tensor:
    """AWQ's numbers (rows, columns), int32, as their weights: uint8 (rows, 8 * columns)."""
    octets = packed.contiguous().view(torch.uint8)
    nibbles = torch.stack([octets & 15, octets >> 4], -1).view(*packed.shape, 8)
    return nibbles[..., list(NIBBLES)].flatten(1)


def _pack(codes: Tensor) -> Tensor:
    """Weights (inputs, outputs) from 0 to 15 as int32 (groups, outputs, WORDS)."""
    grouped = codes.view(-1, BLOCKS, LANES, GROUP // BLOCKS // LANES, codes.shape[1])
    eights = grouped.permute(0, 4, 2, 1, 3).reshape(len(grouped), -1, WORDS, 8)
    packed = torch.zeros(eights.shape[:-1], device=codes.device, dtype=torch.int32)
    for place, nibble in enumerate(NIBBLES):
        packed |= eights[..., place].int() << (4 * nibble)
    return packed


def _keep_eight(_suffix: str, tensor: Tensor, _dtype: torch.dtype) -> tuple[Piece, ...]:
    """Quantise, symmetrically, with a scale for each output."""
    numbers = tensor.float()
    scales = (numbers.abs().amax(1) / 127).clamp(min=torch.finfo(torch.float32).tiny)
    codes = numbers.div_(scales[:, None]) if numbers is not tensor else numbers / scales[:, None]
    return Piece("codes", codes.round_().to(torch.int8)), Piece("scales", scales)


SCHEMES: Mapping[Kind, Scheme] = {
    "dense": Scheme(
        lambda outs, ins: {"weight": (outs, ins)},
        lambda outs, ins, itemsize: outs * ins * itemsize,
        _keep_dense,
    ),
    "awq": Scheme(
        lambda outs, ins: {
            "qweight": (ins, outs // 8),
            "qzeros": (ins // GROUP, outs // 8),
            "scales": (ins // GROUP, outs),
        },
        lambda outs, ins, _itemsize: outs * ins // 2 + outs * ins // GROUP * 4,
        _keep_four,
        4,
        ("codes", "steps"),
        Four,
    ),
    "int8": Scheme(
        lambda outs, ins: {"weight": (outs, ins)},
        lambda outs, ins, _itemsize: outs * ins + outs * 4,
        _keep_eight,
        8,
        ("codes", "scales"),
        Eight,
    ),
}


def find_weight(weights: Mapping[str, Tensor], name: str) -> Weight:
    """The matrix of that name, of whatever kind it is."""
    for scheme in SCHEMES.values():
        parts = [weights.get(f"{name}.{part}") for part in scheme.parts]
        if all(part is not None for part in parts):
            return scheme.weight(*parts)
    raise KeyError(name)


def random_tensor(suffix: str, shape: Shape, deviation: float, dice: torch.Generator) -> Tensor:
    """What a checkpoint could hold under that suffix; its weights deviate so much from 0."""
    place = dice.device
    if suffix in ("qweight", "qzeros"):
        return torch.randint(-(1 << 31), 1 << 31, shape, generator=dice, device=place, dtype=torch.int32)
    if suffix == "scales":
        return torch.full(shape, deviation / 6.5, device=place, dtype=torch.float16)  # codes less zeros have 6.5
    return torch.randn(shape, generator=dice, device=place).mul_(deviation)
