"""One server: its models, and the answers that it streams."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import httpx
from pydantic import ValidationError

from desktop import __version__
from desktop.engine.api import EngineError
from desktop.engine.remote.address import Address
from desktop.engine.remote.events import Event, EventReader
from desktop.engine.remote.failure import (
    BROKEN_OFF,
    NO_MODEL,
    NO_MODELS,
    NONSENSE,
    SILENT,
    ServerError,
    explain_answer,
    explain_error,
    explain_words,
    say,
)
from desktop.engine.remote.patience import PATIENCE, Patience
from desktop.engine.remote.picture import Limits
from desktop.engine.remote.schema import Chunk, Model, Models, read_complaint
from desktop.engine.remote.seats import Seats
from desktop.engine.smart_resize import FACTOR, MAX_PIXELS, MIN_PIXELS
from desktop.language import tr, tr_later

BAD_KEY = tr_later("The key for {host} holds signs that no key has; enter it again {aside}.")
BAD_PROXY = tr_later("Shotglass cannot use the proxy that this computer sets; set HTTPS_PROXY to an http:// address.")
_DONE = "[DONE]"
_DRAIN_S = 0.2
_MOST_LISTED = 4
_SEES = ("vl", "vision", "llava", "pixtral", "gemma-3")
_MOST_PIXELS = {"llamacpp": 4096 * FACTOR**2, "library": 2 << 20}
"""What the servers that name no limit shrink pictures to, told by who owns their models: llama.cpp and Ollama."""
_LEAST_PIXELS = {"llamacpp": 8 * FACTOR**2}


class Server:
    """Is used on one event loop. `seats` are for the answers under way, `resting_until` is when it may be up again."""

    def __init__(self, address: Address, key: str, wanted: str, patience: Patience = PATIENCE) -> None:
        self.address = address
        self.model = wanted
        self.models: list[Model] = []
        self.limits = Limits()
        self.whole_pixels = MAX_PIXELS
        self.least_pixels = MIN_PIXELS
        self.context = 0
        self.seats = Seats()
        self.resting_until = 0.0
        self._wanted = wanted
        self._patience = patience
        self._client = _connect(address, key, patience)

    @property
    def host(self) -> str:
        """What people call it by."""
        return self.address.host

    async def look(self) -> None:
        """Ask for its models and choose one. Raises ServerError."""
        try:
            response = await self._client.get("/v1/models", timeout=self._patience.connect_s * 2)
            body = response.text
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise explain_error(error, self.host) from error
        if response.status_code != httpx.codes.OK:
            raise explain_answer(response, body, self.host)
        try:
            self.models = Models.model_validate_json(body).data
        except ValidationError as error:
            raise ServerError(say(NONSENSE, self.host)) from error
        self._choose()

    @asynccontextmanager
    async def answer(self, body: dict[str, Any]) -> AsyncIterator[AsyncGenerator[Chunk, None]]:
        """The pieces of an answer to that request. Raises ServerError; leaving ends the answer."""
        try:
            async with self._client.stream("POST", "/v1/chat/completions", json=body) as response:
                if response.status_code != httpx.codes.OK:
                    await response.aread()
                    raise explain_answer(response, response.text, self.host, self.model)
                if "event-stream" not in response.headers.get("content-type", ""):
                    raise ServerError(say(NONSENSE, self.host))
                yield self._chunks(response)
        except httpx.ReadTimeout as error:
            raise ServerError(say(SILENT, self.host, seconds=f"{self._patience.first_s:.0f}")) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise explain_error(error, self.host) from error

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _chunks(self, response: httpx.Response) -> AsyncGenerator[Chunk, None]:
        whole = False
        pieces = response.aiter_bytes()
        async with aclosing(_events(pieces, self.host, self._patience.silence_s)) as events:
            async for event in events:
                if event.data.strip() == _DONE:
                    await _drain(pieces)
                    return
                chunk = self._read(event)
                whole = whole or any(choice.finish_reason for choice in chunk.choices)
                yield chunk
        if not whole:
            raise ServerError(say(BROKEN_OFF, self.host))

    def _read(self, event: Event) -> Chunk:
        try:
            if event.name != "error":
                return Chunk.model_validate_json(event.data)
        except ValidationError as error:
            if not read_complaint(event.data):
                raise ServerError(say(NONSENSE, self.host)) from error
        raise explain_words(read_complaint(event.data) or event.data, self.host, self.model)

    def _choose(self) -> None:
        """The first model that fits; raises ServerError."""
        fitting = self._fitting()
        if not fitting:
            names = [model.id for model in self.models]
            offered = ", ".join(names[:_MOST_LISTED]) or tr("none")
            offered = tr("{names} and others", names=offered) if names[_MOST_LISTED:] else offered
            words = NO_MODEL if self._wanted else NO_MODELS
            raise ServerError(say(words, self.host, model=self._wanted, offered=offered))
        chosen = fitting[0]
        self.model = self._wanted or chosen.id
        owner, self.context = chosen.owned_by or "", chosen.context or 0
        self.whole_pixels = _MOST_PIXELS.get(owner, MAX_PIXELS)
        self.limits = replace(self.limits, most_pixels=self.whole_pixels)
        self.least_pixels = _LEAST_PIXELS.get(owner, MIN_PIXELS)

    def _fitting(self) -> list[Model]:
        """Those with the wanted name, or all: first those that may see and are named so, then all others that may."""
        if self._wanted:
            return [model for model in self.models if self._wanted in model.names]
        return sorted(self.models, key=lambda model: (not model.may_see, not _is_named_so(model)))


def _is_named_so(model: Model) -> bool:
    return any(word in model.id.lower() for word in _SEES)


async def _events(pieces: AsyncIterator[bytes], host: str, silence_s: float) -> AsyncGenerator[Event, None]:
    reader = EventReader()
    try:
        while True:
            async with asyncio.timeout(silence_s):
                piece = await anext(pieces, None)
            if piece is None:
                break
            for event in reader.feed(piece):
                yield event
    except TimeoutError as error:
        raise ServerError(say(SILENT, host, seconds=f"{silence_s:.0f}")) from error
    except ValueError as error:
        raise ServerError(say(NONSENSE, host)) from error
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise ServerError(say(BROKEN_OFF, host)) from error
    for event in reader.finish():
        if event.data.rstrip()[-1:] not in ("}", "]"):
            raise ServerError(say(BROKEN_OFF, host))
        yield event


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    """Read the end behind the last word, so that the connection can be used again."""
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAIN_S):
            async for _piece in pieces:
                continue


def _connect(address: Address, key: str, patience: Patience) -> httpx.AsyncClient:
    """A client for one server; raises EngineError where the key or the proxy's settings cannot be used."""
    trust = httpx.create_ssl_context()
    trust.load_default_certs()  # also what a company had this computer trust
    try:
        return httpx.AsyncClient(
            base_url=address.base,
            headers={"User-Agent": f"shotglass/{__version__}"} | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=httpx.Timeout(patience.silence_s, connect=patience.connect_s, read=patience.first_s),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=8),
            verify=trust,
            trust_env=not address.here,
        )
    except UnicodeEncodeError as error:
        raise EngineError(say(BAD_KEY, address.host)) from error
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise EngineError(tr(BAD_PROXY)) from error
