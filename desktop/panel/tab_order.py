"""The order in which Tab goes through a window."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_last(parts: Iterable[QWidget]) -> None:
    """Let Tab come to these parts last, in this order: Qt puts last what was made last.

    What is named by itself behind the part that it stands in comes where it is named.
    """
    named = [stop for part in parts for stop in _stops(part)]
    stops = list(dict.fromkeys(reversed(named)))[::-1]
    for before, stop in pairwise(stops):
        QWidget.setTabOrder(before, stop)


def _stops(part: QWidget) -> list[QWidget]:
    """What Tab comes to in a part, or the part itself, as it is now."""
    chain = [part]
    while (after := chain[-1].nextInFocusChain()) is not None and after is not part:
        chain.append(after)
    inside = [one for one in chain if one is part or part.isAncestorOf(one)]
    return [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()]
