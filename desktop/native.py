"""Functions of a system's own libraries, told to ctypes by tables: a wrong prototype crashes, it does not complain."""

from collections.abc import Mapping, Sequence
from typing import Any

Prototypes = Mapping[str, Sequence[Any]]
"""The name of a C function -> the ctypes of its result, then those of its arguments."""


def declare(library: Any, prototypes: Prototypes) -> Any:
    """The library, whose functions now take and give what the table says; AttributeError where it lacks one."""
    for name, (result, *arguments) in prototypes.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
