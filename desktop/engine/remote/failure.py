"""What goes wrong with a server, as a sentence that says what to do, and what may help without the user."""

import re
import ssl
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from time import time

import httpx

from desktop.engine.api import EngineError
from desktop.engine.remote.schema import read_complaint
from desktop.language import tr, tr_later
from desktop.offers import HERE, SERVER_ASIDE, SERVER_PAGE

NONSENSE = tr_later(
    "{host} sends answers that make no sense here; check that it is an OpenAI-compatible server, or {here}."
)
BROKEN_OFF = tr_later("{host} broke off in the middle of its answer; try again, or {here}.")
SILENT = tr_later("{host} went silent for {seconds} s; try again, or {here}.")
NO_MODEL = tr_later("{host} has no model {model}; it has {offered} {aside}.")
NO_MODELS = tr_later("{host} has no model at all; it has none {aside}.")
_WANTS_KEY = tr_later("{host} wants a key; enter it in the {page}, or set SHOTGLASS_SERVER_KEY.")
_KEY_REFUSED = tr_later("{host} refuses the key; enter another one in the {page}, or {here}.")
_BLIND = tr_later("The model {model} at {host} sees no pictures; choose another one in the {page}, or {here}.")
_LACKS_MODEL = tr_later("{host} does not have the model {model}; choose another one in the {page}.")
_NO_CHAT = tr_later("{host} has no OpenAI-compatible chat; check its address in the {page}.")
_MOVED = tr_later("{host} points to another address; enter that one in the {page} if you trust it.")
_TOO_LARGE = tr_later("The picture is too large for {host}; choose a smaller region, or {here}.")
_TOO_LONG = tr_later("Picture and words are too much for the model at {host}; choose a smaller region, or {here}.")
_CROWDED = tr_later(
    "{host} ran out of room for all that it was asked at once; ask for fewer pictures at once in the {page}, or {here}."
)
_LOADING = tr_later("{host} is still loading its model; try again in a moment, or {here}.")
_BUSY = tr_later("{host} has too much to do; try again in {seconds} s, or {here}.")
_DOWN = tr_later("{host} does not answer ({status}); check that the server runs, or {here}.")
_FAILED = tr_later("{host} failed ({said}); try again, or {here}.")
_BLINDNESS = re.compile(
    r"image input is not supported|not a multimodal|does not support (?:image|vision|multimodal)"
    r"|multimodal data provided|content part type|at most 0 image|missing data required for image|no vision|mmproj",
    re.IGNORECASE,
)
_CROWD = re.compile(r"failed to process mtmd chunk|context size has been exceeded", re.IGNORECASE)
"""What llama.cpp says where all answers share one context, as they do unless it is told otherwise."""
_LENGTH = re.compile(
    r"context (?:length|size|window)|maximum model length|max_model_len|exceed_context|too many tokens|too long",
    re.IGNORECASE,
)
_CONNECTION: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, tr_later("{host} does not answer; check that the server runs, or {here}.")),
    (
        httpx.ProxyError,
        tr_later("{host} cannot be reached through the proxy; check the proxy of this computer, or {here}."),
    ),
    (httpx.ConnectError, tr_later("{host} cannot be reached; check that the server runs, and its address, or {here}.")),
    (httpx.TimeoutException, tr_later("{host} does not answer in time; check that the server runs, or {here}.")),
    (httpx.TransportError, tr_later("{host} drops the connection; try again, or {here}.")),
    (httpx.HTTPError, NONSENSE),
    (httpx.InvalidURL, tr_later("{host} is no address of a server; check it in the {page}.")),
)
_UNTRUSTED = tr_later(
    "{host} shows a certificate that this computer does not trust; have it corrected or trusted, or {here}."
)


_STATUSES = ((range(300, 400), _MOVED), ((404, 405), _NO_CHAT), ((502, 504), _DOWN))


class Cure(Enum):
    """What may help by itself."""

    NONE = auto()
    LATER = auto()
    """The server refused for now, or was never reached: asking again costs nothing."""
    FEWER_BYTES = auto()
    FEWER_PIXELS = auto()
    FEWER_AT_ONCE = auto()
    """The server may have room for it once others have ended."""


class ServerError(EngineError):
    """Why a server gives no answer; `wait_s` is how long it wants to be left alone.

    `unsent` is True where nothing had left this computer yet.
    """

    def __init__(self, sentence: str, cure: Cure = Cure.NONE, wait_s: float = 0.0, unsent: bool = False) -> None:
        super().__init__(sentence)
        self.cure = cure
        self.unsent = unsent
        self.wait_s = wait_s


def say(words: str, host: str, **more: object) -> str:
    """A sentence about a server."""
    return tr(words, host=host, here=tr(HERE), page=tr(SERVER_PAGE), aside=tr(SERVER_ASIDE), **more)


def explain_error(error: Exception, host: str) -> ServerError:
    """What a failed connection means; it may be tried again where nothing had been sent."""
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return ServerError(say(_UNTRUSTED, host))
    words = next(words for kind, words in _CONNECTION if isinstance(error, kind))
    unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return ServerError(say(words, host), Cure.LATER if unsent else Cure.NONE, unsent=unsent)


def explain_answer(response: httpx.Response, body: str, host: str, model: str = "") -> ServerError:
    """What an answer that is not 200 means."""
    status, said = response.status_code, read_complaint(body) or body
    if status in (429, 503):
        wait_s = _retry_after(response.headers.get("retry-after", ""))
        words = _LOADING if "loading model" in said.lower() else _BUSY
        return ServerError(say(words, host, seconds=f"{max(wait_s, 1):.0f}"), Cure.LATER, wait_s)
    if status == 413:
        return ServerError(say(_TOO_LARGE, host), Cure.FEWER_BYTES)
    if status in (401, 403):
        words = _KEY_REFUSED if "authorization" in response.request.headers else _WANTS_KEY
        return ServerError(say(words, host))
    if status == 404 and model and "model" in said.lower():
        return ServerError(say(_LACKS_MODEL, host, model=model))
    plain = next((words for statuses, words in _STATUSES if status in statuses), "")
    return ServerError(say(plain, host, status=status)) if plain else explain_words(said, host, model, status)


def explain_words(said: str, host: str, model: str, status: int = 0) -> ServerError:
    """What the server's own words about an error mean."""
    if _BLINDNESS.search(said):
        return ServerError(say(_BLIND, host, model=model))
    if _CROWD.search(said):
        return ServerError(say(_CROWDED, host), Cure.FEWER_AT_ONCE)
    if _LENGTH.search(said):
        return ServerError(say(_TOO_LONG, host), Cure.FEWER_PIXELS)
    short = " ".join(said.split())[:120].rstrip(". ")
    return ServerError(say(_FAILED, host, said=": ".join(filter(None, (str(status or ""), short)))))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _retry_after(value: str) -> float:
    """Seconds, from seconds or a date; 0 where neither stands there."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except ValueError:
        return 0.0
