"""Some characters that look alike; no Qt."""

from typing import NamedTuple


class Run(NamedTuple):
    """`link` is an address or ''; `role` is what code means there, a key of the colours."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    link: str = ""
    role: str = ""
