"""Where a server is: what people enter becomes the address that requests are put behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from desktop.engine.api import EngineError
from desktop.language import tr, tr_later
from desktop.offers import SERVER_PAGE

NO_ADDRESS = tr_later("No server is entered; enter its address in the {page}, or give it with --server URL.")
NOT_AN_ADDRESS = tr_later(
    "{address} is no address of a server; enter one such as https://gpu.example.org or localhost:8000."
)
NO_LOGIN = tr_later("Enter the address of {host} without a name and a password in it; the key has its own place.")
_ENDINGS = ("/", "/chat/completions", "/models", "/v1")


@dataclass(frozen=True, slots=True)
class Address:
    """`base` has the scheme and any path, but no `/v1`; `host` is what people call it by, with its port."""

    base: str
    host: str
    here: bool

    @property
    def encrypted(self) -> bool:
        """True where nobody between here and there can read what is sent."""
        return self.here or self.base.startswith("https:")

    @property
    def place(self) -> str:
        """The host that pictures leave this computer for, or ''."""
        return "" if self.here else self.host


def read_addresses(texts: Iterable[str]) -> list[Address]:
    """What was entered, without empty lines. Raises EngineError where that is nothing, or no address."""
    addresses = [read_address(text) for text in texts if text.strip()]
    if not addresses:
        raise EngineError(tr(NO_ADDRESS, page=tr(SERVER_PAGE)))
    return addresses


def read_address(text: str) -> Address:
    """The address that was entered; without a scheme it is https, on this computer http. Raises EngineError."""
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise EngineError(tr(NOT_AN_ADDRESS, address=repr(text))) from None
    if _foreign(parts, host):
        raise EngineError(tr(NOT_AN_ADDRESS, address=repr(text)))
    if parts.username is not None:
        raise EngineError(tr(NO_LOGIN, host=host))
    here = _is_here(host)
    name = f"[{host}]" if ":" in host else host
    name = f"{name}:{port}" if port else name
    path = parts.path
    while ending := next((ending for ending in _ENDINGS if path.endswith(ending)), ""):
        path = path.removesuffix(ending)
    return Address(f"{parts.scheme or ('http' if here else 'https')}://{name}{path}", name, here)


def _foreign(parts: SplitResult, host: str) -> bool:
    return (
        parts.scheme not in ("", "http", "https")
        or not host
        or bool(parts.query or parts.fragment)
        or any(sign.isspace() or sign in "\\<>\"'" for sign in parts.geturl())
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
