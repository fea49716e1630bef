"""The picture that an engine computes before its task is known: at most one, a step at a time."""

from collections import deque
from collections.abc import Iterator

from desktop.engine.host import Host
from desktop.job import Shot


class Preparation:
    """Follows the newest order, which comes from any thread; the rest is called from the session's own."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._orders: deque[Shot | None] = deque(maxlen=1)
        self._shot: Shot | None = None
        self._steps: Iterator[None] = iter(())

    def order(self, shot: Shot | None) -> None:
        """Put this picture, or none, in the place of the one before; the same one goes on."""
        self._orders.append(shot)

    @property
    def waiting(self) -> bool:
        """True while `step` has something to do."""
        return bool(self._orders) or self._shot is not None

    def step(self) -> None:
        """Follow the newest order, or take one step; without a loaded engine nothing is begun."""
        if self._orders:
            self._turn_to(self._orders.pop())
        elif self._shot is not None and self._host.guard("prepare", self._advance):
            self.end()

    def end(self) -> None:
        """Close what was begun; an order that came since stays."""
        if hasattr(self._steps, "close"):
            self._host.guard("end of a preparation", self._steps.close)
        self._shot, self._steps = None, iter(())

    def _turn_to(self, shot: Shot | None) -> None:
        if shot is not None and shot == self._shot:
            return
        self.end()
        if shot is not None and self._host.loaded and not self._host.guard("prepare", lambda: self._begin(shot)):
            self._shot = shot

    def _begin(self, shot: Shot) -> None:
        self._steps = self._host.engine.prepare(shot)

    def _advance(self) -> None:
        if next(self._steps, "over"):
            self.end()
