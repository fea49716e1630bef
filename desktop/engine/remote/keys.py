"""The key of a server: in the environment, in the system's keyring, or in a file that only the user can read."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.choices import KeyPlace
from desktop.engine.api import EngineError
from desktop.engine.remote.address import Address
from desktop.files import write_atomically
from desktop.language import tr, tr_later
from desktop.offers import SERVER_ASIDE

VARIABLE = "SHOTGLASS_SERVER_KEY"
SERVICE = "shotglass"
NO_KEYRING = tr_later(
    "This system's keyring cannot be used ({reason}); keep the key in a file {aside}, or set SHOTGLASS_SERVER_KEY."
)
NOT_PRIVATE = tr_later(
    "{path} may be read by others, so the key in it is not used; run `chmod 600 {path}` and change the key."
)
DAMAGED = tr_later("{path} is damaged; delete it and enter the key again {aside}.")


def find_key(place: KeyPlace, address: Address) -> str:
    """The key for a server, '' where there is none; the environment comes first. Raises EngineError."""
    if key := os.environ.get(VARIABLE, "").strip():
        return key
    match place:
        case "keyring":
            return _ask_keyring("get_password", address.base) or ""
        case "file":
            return _read_file(paths.server_keys()).get(address.base, "")
    return ""


def keep_key(place: KeyPlace, address: Address, key: str) -> None:
    """Put a key where the user wants it; an empty one is forgotten. Raises UserError."""
    if place == "keyring":
        if key:
            _ask_keyring("set_password", address.base, key)
        elif _ask_keyring("get_password", address.base) is not None:
            _ask_keyring("delete_password", address.base)
    elif place == "file":
        path = paths.server_keys()
        keys = {**_read_file(path), address.base: key}
        text = json.dumps({base: kept for base, kept in keys.items() if kept}, indent=2)
        write_atomically(path, f"{text}\n".encode(), private=True)


def _ask_keyring(what: str, *more: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise EngineError(_no_keyring(tr("the package keyring is missing"))) from error
    try:
        answer: str | None = getattr(keyring, what)(SERVICE, *more)
    except KeyringError as error:
        reason = (str(error) or type(error).__name__).partition(".")[0].strip()
        raise EngineError(_no_keyring(reason)) from error
    return answer


def _read_file(path: Path) -> dict[str, str]:
    """The keys of all servers by their address."""
    try:
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            raise EngineError(tr(NOT_PRIVATE, path=path))
        keys: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EngineError(_damaged(path)) from error
    if not (isinstance(keys, dict) and all(isinstance(key, str) for key in keys.values())):
        raise EngineError(_damaged(path))
    return keys


def _no_keyring(reason: str) -> str:
    return tr(NO_KEYRING, reason=reason, aside=tr(SERVER_ASIDE))


def _damaged(path: Path) -> str:
    return tr(DAMAGED, path=path, aside=tr(SERVER_ASIDE))
