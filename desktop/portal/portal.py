"""The thread in which all portal traffic runs, over one connection."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from desktop.portal.bus import Bus
from desktop.portal.desk import Desk

_Result = TypeVar("_Result")

STOP_TIMEOUT_S = 2.0


class Portal:
    """Runs coroutines that ask the desktop's portals; nothing starts before the first of them."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._opened: asyncio.Task[Desk] | None = None
        self._tasks: set[asyncio.Task[Any] | None] = set()

    def submit(self, work: "Callable[[Portal], Coroutine[Any, Any, _Result]]") -> "Future[_Result]":
        """Run `work` in the thread; the future holds what it returns or raises, and cancels it."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._run, args=(self._loop,), name="portal", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(self._tracked(work), self._loop)

    async def desk(self) -> Desk:
        """The portals, over a connection that is opened where there is none; raises PortalError."""
        before = self._opened
        if before is None or (before.done() and (before.exception() or before.result().bus.broken)):
            self._opened = before = asyncio.create_task(_open_after(before))
        return await asyncio.shield(before)  # who asks may be cancelled, and half a connection could not be closed

    def stop(self) -> None:
        """Cancel everything that runs and leave the bus."""
        if self._loop is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_TIMEOUT_S)
        self._loop = self._thread = self._opened = None

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(self._wind_up())
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    async def _tracked(self, work: "Callable[[Portal], Coroutine[Any, Any, _Result]]") -> _Result:
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            return await work(self)
        finally:
            self._tasks.discard(task)

    async def _wind_up(self) -> None:
        """End the tasks first, since they tell the portals so over the connection that is closed last."""
        tasks = [task for task in self._tasks if task]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_TIMEOUT_S / 2)
        if self._opened:
            await asyncio.wait([self._opened], timeout=STOP_TIMEOUT_S / 2)
            await _leave(self._opened)


async def _open_after(before: "asyncio.Task[Desk] | None") -> Desk:
    """Connect anew once the connection before, which is of no use any more, is closed."""
    if before:
        await _leave(before)
    return Desk(await Bus.open())


async def _leave(opened: "asyncio.Task[Desk]") -> None:
    if opened.done() and not opened.exception():
        await opened.result().bus.close()
