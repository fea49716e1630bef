"""The order in which Tab goes through a window: as people read, row by row and in each row from the left."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(part: QWidget) -> Iterator[QWidget]:
    """What can have the keyboard in a part of a window now, as it is seen."""
    for one in _as_read([child for child in part.children() if isinstance(child, QWidget)]):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.focusProxy() is None:
            yield one
        yield from stops(one)


def step(window: QWidget, forward: bool) -> bool:
    """Give the keyboard to the next stop or to the one before, around the end; False where there is none."""
    order = list(stops(window))
    if not order:
        return False
    here, by = window.focusWidget(), 1 if forward else -1
    index = (order.index(here) + by) % len(order) if here in order else (0 if forward else -1)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[index].setFocus(reason)
    return True


def _as_read(parts: list[QWidget]) -> Iterator[QWidget]:
    """Those that are seen, in rows: what begins above the middle of the one before stands in its row."""
    seen = sorted((one for one in parts if one.isVisible() and not one.isWindow()), key=lambda one: one.y())
    while seen:
        middle = max(seen[0].y(), seen[0].geometry().center().y())  # that of one without height is above it
        row = [one for one in seen if one.y() <= middle]
        yield from sorted(row, key=lambda one: one.x())
        seen = seen[len(row) :]
