"""Launches of kernels, without a GPU: what Triton would compile anew is never launched by code for something else."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

triton = pytest.importorskip("triton", reason="Triton has no build for this computer")

from triton.backends.compiler import GPUTarget  # noqa: E402 - only where there is Triton
from triton.compiler import make_backend  # noqa: E402
from triton.runtime.jit import create_function_from_signature  # noqa: E402

from desktop.engine.qwen import triton_decode, triton_launch  # noqa: E402

KERNEL = triton_decode._attend_part.function
"""It takes numbers of each kind: whole ones that decide and that do not, and one with a fraction."""


class Function:
    """A kernel as Triton has it, which here is not compiled; what was chosen by stands for the code."""

    arg_names = KERNEL.arg_names
    _choose = staticmethod(
        create_function_from_signature(KERNEL.signature, KERNEL.params, make_backend(GPUTarget("cuda", 90, 32)))
    )

    def __init__(self) -> None:
        self.compiled = 0
        self.launched: list[tuple[object, tuple[int, ...], tuple[object, ...]]] = []

    def choose(self, *arguments: object, **constants: object) -> str:
        """What Triton chooses the code by."""
        _bound, chosen, options = self._choose(*arguments, **constants)
        return f"{chosen} {options}"

    def __getitem__(self, grid: tuple[int, ...]) -> Callable[..., "Code"]:
        return lambda *arguments, **constants: self._compile(self.choose(*arguments, **constants))

    def _compile(self, chosen: str) -> "Code":
        self.compiled += 1
        return Code(self, chosen)


class Code:
    """What was compiled, as Triton hands it out."""

    def __init__(self, function: Function, chosen: str) -> None:
        self._function, self._chosen = function, chosen

    def __getitem__(self, grid: tuple[int, ...]) -> Callable[..., None]:
        return lambda *values: self._function.launched.append((self._chosen, grid, values))


_MEMORY = {kind: torch.zeros(64, dtype=kind) for kind in (torch.bfloat16, torch.float32, torch.int64)}
tensors = st.builds(lambda kind, start: _MEMORY[kind][start:], st.sampled_from([*_MEMORY]), st.integers(0, 9))
numbers = st.sampled_from([0, 1, 2, 8, 16, 48, 1000, 3584, 2**31 - 16, 2**31, 2**31 + 1, 2**40])
arguments = st.tuples(*[tensors] * 7, st.sampled_from([1.0, 0.5, 16.0]), *[numbers] * 4)
FIXED = {"KV_HEADS": 4, "GROUP": 7, "ROWS": 16, "DIM": 128, "PAGE": 256, "SPLITS": 32}
constants = st.builds(
    lambda block, options: {**FIXED, "BLOCK": block, **options},
    st.sampled_from([32, 64]),
    st.sampled_from([{}, {"num_stages": 2}, {"num_stages": 3}]),
)


@given(st.lists(st.tuples(arguments, constants), min_size=2, max_size=20))
def test_a_launch_takes_the_code_that_triton_would(launches: list[tuple[tuple[Any, ...], dict[str, int]]]) -> None:
    """By whatever was launched before; addresses and numbers arrive as they are, constants behind them."""
    function = Function()
    kernel = triton_launch.Kernel(function)
    for given_, fixed in launches:
        kernel[3, 2](*given_, **fixed)
        kernel[3, 2](*given_, **fixed)
        chosen, grid, values = function.launched[-1]
        assert chosen == function.choose(*given_, **fixed)
        assert grid == (3, 2, 1)
        assert values == (*(one.data_ptr() for one in given_[:7]), *given_[7:], *FIXED.values(), fixed["BLOCK"])


def test_what_is_like_something_before_is_not_asked_for_again() -> None:
    """Other addresses, and other numbers."""
    function = Function()
    kernel = triton_launch.Kernel(function)
    for newest in (2, 3, 7):
        tensors = [torch.zeros(newest, 16) for _ in range(7)]
        kernel[newest,](*tensors, 0.5, 16 * newest, newest, newest, newest, **FIXED, BLOCK=64)
    assert function.compiled == 1


@pytest.mark.parametrize("number", range(1, 70))
def test_numbers_are_rounded_as_triton_does(number: int) -> None:
    """Its own may be used inside kernels, too."""
    assert triton_launch.next_power_of_2(number) == triton.next_power_of_2(number)
    assert triton_launch.cdiv(number, 16) == triton.cdiv(number, 16)
