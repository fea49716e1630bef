"""How many answers a server has room for at once: for all that are asked, until it says that these were too many."""

import asyncio
import math


class Seats:
    """Is used on one event loop. `taken` counts the answers under way, `most` is how many there may be."""

    def __init__(self) -> None:
        self.taken = 0
        self.most: float = math.inf
        self._freed = asyncio.Event()

    @property
    def full(self) -> bool:
        """True where the next one has to wait."""
        return self.taken >= self.most

    async def take(self) -> None:
        """Wait until there is one."""
        while self.full:
            self._freed.clear()
            await self._freed.wait()
        self.taken += 1

    def leave(self) -> None:
        """Give one back."""
        self.taken -= 1
        self._freed.set()

    def remove(self) -> None:
        """Have one fewer than are taken, one at least."""
        self.most = min(self.most, max(1, self.taken - 1))
