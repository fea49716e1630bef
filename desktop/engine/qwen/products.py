"""Products with weights of any kind: packed ones are unpacked into one room that all layers share."""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.config import QwenConfig
from desktop.engine.qwen.quant import Packed, Weight

Unpack = Callable[[Packed, Tensor], None]


def room_for(config: QwenConfig) -> int:
    """The numbers of the largest matrix that is unpacked, gate and up; or none."""
    return 2 * config.language.hidden * config.language.intermediate if config.kind != "dense" else 0


def unpack_by_torch(weight: Packed, out: Tensor) -> None:
    """See Packed."""
    weight.unpack(out)


class Kernels(NamedTuple):
    """What multiplies few rows by one kind of weight (out, in), bound by reading it.

    It takes `most` rows, inputs and outputs that are multiples of `ins` and `outs`. `project` gives float32 (parts,
    rows, out) to be summed, in as many parts as it is told or fewer, `splits` if nothing speaks against it; `gate` is
    as in Operators. A row comes out the same whatever rows stand beside it.
    """

    most: int
    ins: int
    outs: int
    splits: int
    project: Callable[[Tensor, Any, int], Tensor]
    gate: Callable[[Tensor, Any], Tensor]

    def take(self, x: Tensor, outs: int) -> bool:
        """Tell whether they can multiply x (rows, in) by so many outputs."""
        return x.shape[0] <= self.most and x.shape[1] % self.ins == 0 and outs % self.outs == 0


class Scratch:
    """Multiplies many rows, which are bound by arithmetic: the usual product is fastest there, and unpacking cheap."""

    def __init__(self, unpack: Unpack = unpack_by_torch) -> None:
        """`room` (numbers) is for a packed matrix; where there is none, it is made for each product."""
        self.room: Tensor | None = None
        self._unpack = unpack

    def project(self, x: Tensor, weight: Weight, bias: Tensor | None) -> Tensor:
        """Of x (rows, in): (rows, out)."""
        if not isinstance(weight, Tensor):
            numbers = len(weight) * x.shape[1]
            room = x.new_empty(numbers) if self.room is None else self.room[:numbers]
            packed, weight = weight, room.view(len(weight), -1)
            self._unpack(packed, weight)
        return F.linear(x, weight, bias)
