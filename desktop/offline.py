"""Keeps the browser engine of page previews off the network altogether."""

from collections.abc import MutableMapping

_NAME = "QTWEBENGINE_CHROMIUM_FLAGS"
# Requests can be refused one by one; connections that a page asks for beforehand (`<link rel="preconnect">`) cannot.
_NO_ADDRESSES = '--host-resolver-rules="MAP * ~NOTFOUND"'


def keep_offline(environ: MutableMapping[str, str]) -> None:
    """Let the engine find no address, whatever else its flags say; to be set before it starts."""
    if not is_offline(environ):
        environ[_NAME] = f"{environ.get(_NAME, '')} {_NO_ADDRESSES}".strip()


def is_offline(environ: MutableMapping[str, str]) -> bool:
    """Tell whether an engine that starts under this environment finds no address."""
    return environ.get(_NAME, "").endswith(_NO_ADDRESSES)
