"""Bytes from a hub to the disk: goes on where it ended, waits and tries again, throws wrong bytes away."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from desktop.download.meter import Meter
from desktop.download.part import Part, WrongBytes
from desktop.download.source import HubError, RemoteFile
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

_BUSY = {408, 425, 429}
_LARGEST_LIST = 8 << 20
_PROGRESS_BYTES = 1 << 20
_ANSWERS = tr_later("{hub} answers {status}")
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a hub is waited for, in seconds, and how often in a row it may fail with a file and with its list."""

    tries: int = 5
    list_tries: int = 3
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    connect_s: float = 10.0
    silence_s: float = 30.0


class _Busy(HubError):  # noqa: N818 - no error yet
    """The hub asks to come back later."""

    wait_s = 0.0


class Transfer:
    """Asks a hub with patience; `client` brings the bytes and `meter` counts them."""

    def __init__(self, client: httpx.AsyncClient, patience: Patience, meter: Meter) -> None:
        self._client = client
        self._patience = patience
        self._meter = meter

    async def read(self, address: str) -> bytes:
        """A short answer, such as a list; raises HubError."""
        answer = bytearray()

        async def receive() -> None:
            answer.clear()
            async with self._client.stream("GET", address) as response:
                _check_status(response)
                async for chunk in response.aiter_bytes():
                    answer.extend(chunk)
                    if len(answer) > _LARGEST_LIST:
                        raise HubError(tr_later("{hub} sends a list of files without an end"))

        await self._persist(receive, lambda: 0, self._patience.list_tries)
        return bytes(answer)

    async def fetch(self, address: str, file: RemoteFile, folder: Path) -> str:
        """Bring a file into a folder; its SHA-256. Raises HubError, and EngineError where the disk fails."""
        self._meter.doing = file.name
        tries = 2
        while tries:
            with Part(folder, file) as part:
                await part.recount()
                tries -= part.length == 0  # what an earlier download left counts for no try
                try:
                    return await self._complete(part, address)
                except WrongBytes:
                    log.warning("%s is not what %s lists; thrown away", file.name, address)
                    self._meter.add(-part.length)
                    part.restart()
        raise HubError(tr_later("{hub} sends wrong bytes for {file}"), file=file.name)

    async def _complete(self, part: Part, address: str) -> str:
        """Bring the rest of a file; its SHA-256. Raises WrongBytes."""
        await self._persist(lambda: self._fill(part, address), lambda: part.length, self._patience.tries)
        return part.finish()

    async def _persist(self, attempt: Callable[[], Awaitable[None]], count: Callable[[], int], tries: int) -> None:
        """Try until it works or fails too often in a row without bringing 1 MiB; raises HubError."""
        failures = 0
        while True:
            before = count()
            try:
                return await attempt()
            except (httpx.TransportError, _Busy) as error:
                failures = 1 if count() - before >= _PROGRESS_BYTES else failures + 1
                log.info("attempt %d: %s %s", failures, type(error).__name__, error)
                if failures >= tries or isinstance(error, httpx.UnsupportedProtocol):
                    raise _reason(error) from error
                await self._wait(failures, error)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _reason(error) from error

    async def _wait(self, failures: int, error: Exception) -> None:
        asked = error.wait_s if isinstance(error, _Busy) else 0.0
        wait_s = min(max(self._patience.first_wait_s * 2 ** (failures - 1), asked), self._patience.longest_wait_s)
        trouble = _reason(error).told_of(tr("The hub"))
        self._meter.say(tr("{trouble}; trying again in {seconds} s", trouble=trouble, seconds=round(wait_s)))
        await asyncio.sleep(wait_s)

    async def _fill(self, part: Part, address: str) -> None:
        """Ask for what is missing and write it."""
        if part.length == part.file.size:
            return
        headers = {"Range": f"bytes={part.length}-"} if part.length else {}
        async with self._client.stream("GET", address, headers=headers) as response:
            _check_status(response)
            _check_extent(response, part)
            if response.status_code != 206 and part.length:
                self._meter.add(-part.length)
                part.restart()
            async for chunk in response.aiter_raw():
                part.append(chunk)
                self._meter.add(len(chunk))
        if part.length < part.file.size:
            raise _Busy(tr_later("{hub} ends too early"))


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in _BUSY or status >= 500:
        asked = response.headers.get("Retry-After", "")
        busy = _Busy(_ANSWERS, status=status)
        busy.wait_s = float(asked) if asked.isascii() and asked.isdigit() else 0.0
        raise busy
    if status not in (200, 206, 416):
        raise HubError(_ANSWERS, status=status)


def _check_extent(response: httpx.Response, part: Part) -> None:
    """Raise HubError where the answer, by what it says of itself, is neither the file nor its rest.

    It may be the page of a network that wants a sign-in; what came before is no worse for that and stays.
    """
    if response.status_code == 200:
        length = response.headers.get("Content-Length", "" if part.length else str(part.file.size))
        fits = length == str(part.file.size)
    else:
        extent = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        fits = extent is not None and extent[1] == str(part.length) and extent[2] in ("*", str(part.file.size))
    if not fits:
        raise HubError(tr_later("{hub} sends something other than {file}"), file=part.file.name)


_NO_ADDRESS = tr_later("{hub} has an address that is no web address")
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (httpx.UnsupportedProtocol, _NO_ADDRESS),
    (httpx.InvalidURL, _NO_ADDRESS),
    (httpx.ProxyError, tr_later("{hub} cannot be reached through the proxy")),
    (httpx.ConnectTimeout, tr_later("{hub} does not answer")),
    (httpx.ConnectError, tr_later("{hub} cannot be reached")),
    (httpx.TimeoutException, tr_later("{hub} went silent")),
    (httpx.TransportError, tr_later("{hub} drops the connection")),
    (httpx.HTTPError, tr_later("{hub} sends answers that make no sense")),
)


def _reason(error: Exception) -> HubError:
    """What a hub does wrong."""
    if isinstance(error, HubError):
        return HubError(error.sentence, **error.fields)
    return HubError(next(words for kind, words in _REASONS if isinstance(error, kind)))
