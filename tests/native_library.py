"""Libraries of other systems, made of real C functions: what Python hands to them crosses the same border as there."""

from collections.abc import Callable, Mapping
from ctypes import CFUNCTYPE
from types import SimpleNamespace
from typing import Any

# The result of a function, its arguments, and what it does.
Functions = Mapping[str, tuple[Any, tuple[Any, ...], Callable[..., Any]]]


def c_library(functions: Functions) -> Any:
    """A library as ctypes opens one: each function takes its arguments as C does, from how they are declared here."""
    return SimpleNamespace(
        **{name: CFUNCTYPE(result, *arguments)(act) for name, (result, arguments, act) in functions.items()}
    )
