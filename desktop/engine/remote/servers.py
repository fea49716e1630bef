"""All servers that were entered: the least busy one is asked, and asked again where that costs nothing."""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from desktop.engine.remote.address import Address
from desktop.engine.remote.failure import Cure, ServerError
from desktop.engine.remote.keys import find_key
from desktop.engine.remote.patience import PATIENCE, Patience
from desktop.engine.remote.picture import Limits, SentPicture, encode
from desktop.engine.remote.reply import Reply
from desktop.engine.remote.request import most_pixels, write_request
from desktop.engine.remote.server import Server
from desktop.engine.smart_resize import MIN_PIXELS
from desktop.job import AnswerKind, Job
from desktop.settings import Settings

log = logging.getLogger(__name__)

MOST_TRIES = 4
MOST_UNSENT = 3  # a server that is away is told sooner
MOST_SMALLER = 5
REST_S = 10.0
GROUNDING_PIXELS = 1024 * 28 * 28  # llama.cpp: fewer tokens, and Qwen's boxes drift; some servers enlarge to that


class Servers:
    """Is used on one event loop."""

    def __init__(self, servers: Sequence[Server], most_pixels: int, patience: Patience) -> None:
        self._servers = servers
        self._usable = list(servers)
        self._most_pixels = most_pixels
        self._patience = patience

    @classmethod
    def of(cls, addresses: Sequence[Address], settings: Settings, patience: Patience = PATIENCE) -> "Servers":
        """Those at the addresses, asked as the settings say. Raises EngineError where a key cannot be had."""
        wide, high = settings.largest_picture
        keys = [find_key(settings.server_key, address) for address in addresses]
        model = settings.server_model
        made = [Server(address, key, model, patience) for address, key in zip(addresses, keys, strict=True)]
        return cls(made, wide * high, patience)

    @property
    def model(self) -> str:
        """The model of the first server that answers."""
        return self._usable[0].model

    async def look(self) -> None:
        """Ask each for its models; raises ServerError where none can be used."""
        outcomes = await asyncio.gather(*(server.look() for server in self._servers), return_exceptions=True)
        troubles = []
        self._usable = []
        for server, outcome in zip(self._servers, outcomes, strict=True):
            if isinstance(outcome, ServerError):
                log.warning("%s", outcome)
                troubles.append(outcome)
            elif outcome is not None:
                raise outcome
            else:
                self._usable.append(server)
        if not self._usable:
            raise troubles[0]

    async def answer(self, job: Job, reply: Reply) -> None:
        """Have a job answered; whatever ends it is told to the reply."""
        try:
            await self._ask_until_answered(job, reply)
        except Exception as error:  # noqa: BLE001 - it is raised again where the answer is waited for
            reply.end(error)
        else:
            reply.end()

    async def close(self) -> None:
        """Close every connection."""
        for server in self._servers:
            await server.close()

    async def _ask_until_answered(self, job: Job, reply: Reply) -> None:
        tries, smaller, limits, alone = 0, 0, None, False
        refused: list[Server] = []
        while True:
            server = self._least_busy(refused)
            limits = limits or self._limits(server, job)
            try:
                await self._ask(server, job, reply, limits)
            except ServerError as trouble:
                if reply.first or trouble.cure is Cure.NONE or reply.picture is None:
                    raise
                log.info("%s", trouble)
                if trouble.unsent:
                    reply.take_back()
                if trouble.cure is Cure.LATER:
                    tries += 1
                    refused.append(server)
                    limits = None
                    await self._pause(trouble, tries, others=len(set(refused)) < len(self._usable))
                elif trouble.cure is Cure.FEWER_AT_ONCE and not alone:
                    alone = server.seats.most == 1
                else:
                    smaller += 1
                    limits = _smaller(limits, reply.picture, trouble, smaller)
            else:
                # How many pixels are too many depends on the words, so that is found anew each time.
                server.limits = replace(server.limits, most_bytes=limits.most_bytes)
                return

    async def _ask(self, server: Server, job: Job, reply: Reply, limits: Limits) -> None:
        await server.seats.take()
        try:
            least = GROUNDING_PIXELS if job.task.answer is AnswerKind.BOXES else MIN_PIXELS
            limits = replace(limits, most_pixels=min(limits.most_pixels, most_pixels(job, server.context)))
            picture = await asyncio.to_thread(encode, job.shot, limits, max(least, server.least_pixels))
            body = write_request(job, server.model, picture, server.context)
            reply.send(picture, server.host, server.address.place, server.model)
            async with server.answer(body) as chunks, aclosing(chunks):
                async for chunk in chunks:
                    reply.take(chunk)
        except ServerError as trouble:
            if trouble.cure is Cure.LATER:
                server.resting_until = time.monotonic() + max(trouble.wait_s, min(REST_S, self._patience.longest_s))
            elif trouble.cure is Cure.FEWER_AT_ONCE:
                server.seats.remove()
            raise
        finally:
            server.seats.leave()

    def _least_busy(self, refused: Sequence[Server]) -> Server:
        """The server that has the fewest answers under way here; one that refused or rests comes last."""
        now = time.monotonic()
        return min(self._usable, key=lambda s: (s.resting_until > now, refused.count(s), s.seats.full, s.seats.taken))

    def _limits(self, server: Server, job: Job) -> Limits:
        if job.full_size:
            return Limits(server.whole_pixels, server.limits.most_bytes)
        limits = server.limits
        return Limits(min(limits.most_pixels, self._most_pixels), limits.most_bytes)

    async def _pause(self, trouble: ServerError, tries: int, others: bool) -> None:
        """Wait before the next try unless another server is left; raises the trouble where no more is tried."""
        if others:
            return
        wait_s = max(trouble.wait_s, self._patience.pause_s * 2 ** (tries - 1) * random.uniform(0.8, 1.2))  # noqa: S311 - spreads tries
        if tries >= (MOST_UNSENT if trouble.unsent else MOST_TRIES) or wait_s > self._patience.longest_s:
            raise trouble
        await asyncio.sleep(wait_s)


def _smaller(limits: Limits, sent: SentPicture, trouble: ServerError, smaller: int) -> Limits:
    """Limits that are kept more easily; raises the trouble where the picture is so small that its size is not why."""
    if smaller > MOST_SMALLER or sent.width * sent.height <= MIN_PIXELS:
        raise trouble
    return limits.fewer_bytes(sent) if trouble.cure is Cure.FEWER_BYTES else limits.fewer_pixels(sent)
