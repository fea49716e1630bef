"""Twelve designs and what may be wrong with pages made from them, each in steps from a little to a lot."""

import re
from collections.abc import Callable, Mapping

from desktop import paths
from tests.panel.html.pages import PLAIN

SAMPLES = sorted((paths.resources() / "samples" / "pages").glob("*.html"))
DESIGNS: Mapping[str, str] = {"orders": PLAIN, **{file.stem: file.read_text("utf-8") for file in SAMPLES}}
SIZE = (1000, 620)
_TEXT = re.compile(r">([^<>{}]*\w[^<>{}]*)<")


def shift(html: str, step: int) -> str:
    """Everything moved down and to the right."""
    pixels = (0, 5, 15, 45)[step]
    return f"{html}<style>body {{ position: relative; left: {pixels}px; top: {pixels}px }}</style>"


def recolour(html: str, step: int) -> str:
    """Everything tinted."""
    return (
        f"{html}<style>body::after {{ content: ''; position: fixed; inset: 0; background: #d02020; "
        f"opacity: {(0, 0.08, 0.25, 0.6)[step]} }}</style>"
    )


def drop_text(html: str, step: int) -> str:
    """Every n-th text left blank; what stands in style elements and titles stays."""
    head, found, body = html.partition("</style>")
    number = 0

    def blank(text: re.Match[str]) -> str:
        nonlocal number
        number += 1
        dropped = step and number % (0, 6, 3, 1)[step] == 0
        return f">{'&nbsp;' * len(text[1])}<" if dropped else text[0]

    return head + found + _TEXT.sub(blank, body)


FAULTS: Mapping[str, Callable[[str, int], str]] = {"shift": shift, "recolour": recolour, "drop": drop_text}
