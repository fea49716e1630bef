"""Launches of Triton kernels that cost little of the thread that launches, for pictures and prompts wait for hundreds.

Triton itself looks at every launch anew at all it was given, and asks the driver about each address.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, NamedTuple

from torch import Tensor

WIDE = 2**31  # from there on a number is passed in 64 bits


class _Compiled(NamedTuple):
    """Code for a GPU, and the constants that are passed behind the arguments."""

    code: Any
    constants: tuple[Any, ...]


class Kernel:
    """A `function` of Triton, launched as that is: `kernel[grid](*arguments, **constants)`, on NVIDIA GPUs.

    What it was compiled to is found by what Triton chooses by: the device, the constants, and of each argument its
    dtype, whether it is a multiple of 16, and whether it is 1. The first argument is a tensor.
    """

    def __init__(self, function: Any) -> None:
        self.function = function
        self._compiled: dict[Hashable, _Compiled] = {}

    def __getitem__(self, grid: tuple[int, ...]) -> Callable[..., None]:
        return partial(self._launch, grid)

    def _launch(self, grid: tuple[int, ...], *arguments: Any, **constants: Any) -> None:
        values, kinds = [], [arguments[0].get_device(), *constants.items()]
        for argument in arguments:
            value = argument.data_ptr() if isinstance(argument, Tensor) else argument
            values.append(value)
            kinds += (argument.dtype if value is not argument else value == 1 or value >= WIDE, value % 16 == 0)
        key = tuple(kinds)
        if compiled := self._compiled.get(key):
            compiled.code[(*grid, 1, 1)[:3]](*values, *compiled.constants)
        elif code := self.function[grid](*arguments, **constants):  # None where kernels are interpreted
            names = self.function.arg_names[len(arguments) :]
            self._compiled[key] = _Compiled(code, tuple(constants[name] for name in names))


def cdiv(number: int, by: int) -> int:
    """The quotient, rounded up; Triton's own may stand in kernels, too, and takes twenty times as long."""
    return -(-number // by)


def next_power_of_2(number: int) -> int:
    """The least power of two that is no less; as above."""
    return 1 << (number - 1).bit_length()
