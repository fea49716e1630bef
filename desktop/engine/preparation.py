"""The picture that an engine computes before its task is known: at most one, a step at a time."""

from collections.abc import Iterator

from desktop.engine.host import Host
from desktop.job import Shot


class Preparation:
    """Follows the newest order. Orders come from any thread, one at a time; the rest from the session's own."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._wanted: Shot | None = None
        self._ordered = False
        self._shot: Shot | None = None
        self._steps: Iterator[None] = iter(())

    def order(self, shot: Shot | None) -> None:
        """Put this picture, or none, in the place of the one before; the same one goes on."""
        self._wanted, self._ordered = shot, True

    def forget(self, shot: Shot) -> None:
        """Put none in the place of this picture; another one goes on."""
        if shot == self._wanted:
            self.order(None)

    @property
    def waiting(self) -> bool:
        """True while `step` has something to do."""
        return self._ordered or self._shot is not None

    def step(self) -> None:
        """Follow the newest order, or take one step; without a loaded engine nothing is begun."""
        if self._ordered:
            self._ordered = False  # before it is followed: one that comes meanwhile is the next
            self._turn_to(self._wanted)
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
