"""Whether there is a newer Shotglass: asked when the user says so, at an address that the user entered, never else.

The list there is a JSON object, {"name": "shotglass", "version": "0.2.0", "page": "https://…"}; beside it, with the
ending `.minisig`, lies its signature: https://jedisct1.github.io/minisign/
"""

import logging
import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop import __version__
from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.settings import Settings

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 16
TIMEOUT_S = 10.0
NOT_SET = tr_later(
    "No address for updates is entered: write update_address and update_key into the settings file, "
    "as the README describes."
)
NOT_SAFE = tr_later("The address for updates must begin with https://; correct update_address in the settings file.")
UNREACHABLE = tr_later("The address for updates cannot be reached ({reason}); try again later.")
NOT_SIGNED = tr_later(
    "What the address for updates sent is not signed with the key of the settings file, so it was not believed; "
    "download new versions only from where you got this one."
)
NONSENSE = tr_later("The address for updates sent no list of Shotglass; check update_address in the settings file.")
_HERE = ("localhost", "127.0.0.1", "::1")


class Release(BaseModel):
    """The newest version, and the page that tells of it."""

    model_config = ConfigDict(frozen=True)

    name: Literal["shotglass"]
    version: str = Field(pattern=r"^\d{1,4}(\.\d{1,4}){0,3}$")
    page: str = Field(pattern=r"^https://[!-~]+$", max_length=300)

    def newer_than(self, version: str) -> bool:
        """Tell whether it comes after a version."""
        return _numbers(self.version) > _numbers(version)


def find_update(settings: Settings) -> Release | None:
    """The newer version, None where this is the newest; raises UserError."""
    address, key = settings.update_address.strip(), settings.update_key.strip()
    if not (address and key):
        raise UserError(tr(NOT_SET))
    _check_address(address)
    content = _fetch(address)
    _verify(content, _fetch(f"{address}.minisig"), key)
    try:
        release = Release.model_validate_json(content)
    except ValidationError as error:
        log.warning("no list of versions: %s", error)
        raise UserError(tr(NONSENSE)) from error
    return release if release.newer_than(__version__) else None


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise UserError(tr(NOT_SAFE))


def _fetch(address: str) -> bytes:
    """A small file; the request says nothing of who asks."""
    import httpx

    content = b""
    try:
        with httpx.stream("GET", address, timeout=TIMEOUT_S, headers={"User-Agent": "Shotglass"}) as response:
            response.raise_for_status()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    raise UserError(tr(NONSENSE))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("no list of versions: %s", error)
        reason = str(error.response.status_code) if isinstance(error, httpx.HTTPStatusError) else type(error).__name__
        raise UserError(tr(UNREACHABLE, reason=reason)) from error
    return content


def _verify(content: bytes, signature: bytes, key: str) -> None:
    import minisign

    try:
        minisign.PublicKey.from_base64(key).verify(content, minisign.Signature.from_bytes(signature))
    except ValueError as error:  # those of the package are, and what cannot be decoded
        log.warning("not believed: %s", error)
        raise UserError(tr(NOT_SIGNED)) from error


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, so that 0.10 comes after 0.9 and 1.0 is 1."""
    numbers = [int(number) for number in re.findall(r"\d+", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
