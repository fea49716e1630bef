"""The session bus as the portals need it: calls with a time limit, and signals from a queue."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, Message, message_bus, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection
from jeepney.io.common import RouterClosed
from jeepney.wrappers import unwrap_msg

from desktop.language import tr, tr_later
from desktop.portal.errors import PortalAbsentError, PortalError, PortalSilentError

CALL_TIMEOUT_S = 10.0

NO_BUS = tr_later("This desktop has no session bus, so its portals cannot be asked: log in to the desktop again.")
NO_SERVICE = tr_later("The portals of this desktop do not run: install xdg-desktop-portal and log in again.")
SILENT = tr_later("The desktop's portal did not answer in time: try again, or log in to the desktop again.")
FAILED = tr_later("The desktop's portal failed ({error}): try again, or log in to the desktop again.")

_ABSENT = {
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.UnknownInterface",
    "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.DBus.Error.UnknownObject",
    "org.freedesktop.DBus.Error.InvalidArgs",
    "org.freedesktop.DBus.Error.Spawn.ChildExited",
}
# jeepney forgets a call whose connection broke before it can say so, which is the KeyError.
_BROKEN = (RouterClosed, OSError, EOFError, KeyError)


class Bus:
    """A connection to the session bus; every method raises PortalError where it cannot do its work."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._router = DBusRouter(connection)
        self.broken = False

    @classmethod
    async def open(cls) -> "Bus":
        """Connect to the session bus of the environment."""
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
        try:
            async with asyncio.timeout(CALL_TIMEOUT_S):
                return cls(await open_dbus_connection(address))
        except (OSError, EOFError, RuntimeError, AuthenticationError, TimeoutError) as error:
            raise PortalAbsentError(tr(NO_BUS)) from error

    @property
    def name(self) -> str:
        """The unique name of this connection."""
        return str(self._router.unique_name)

    async def close(self) -> None:
        """Leave the bus."""
        with suppress(*_BROKEN):
            await self._router.__aexit__(None, None, None)
        with suppress(*_BROKEN):
            await self._connection.close()

    async def call(self, address: DBusAddress, method: str, signature: str = "", *body: object) -> tuple[Any, ...]:
        """Call a method and wait for what it returns."""
        return await self.send(new_method_call(address, method, signature or None, body))

    async def owner(self, name: str) -> str:
        """The unique name of who has a well-known name, or ''."""
        try:
            return str((await self.send(message_bus.GetNameOwner(name)))[0])
        except PortalAbsentError:
            return ""

    @asynccontextmanager
    async def heard(self, *rules: MatchRule) -> "AsyncIterator[asyncio.Queue[Message]]":
        """A queue of the signals that match any of the rules."""
        queue: asyncio.Queue[Message] = asyncio.Queue()
        async with AsyncExitStack() as stack:
            for rule in rules:
                stack.enter_context(self._router.filter(rule, queue=queue))
                await self.send(message_bus.AddMatch(rule))
                stack.push_async_callback(self._forget, rule)
            yield queue

    async def _forget(self, rule: MatchRule) -> None:
        with suppress(PortalError):
            await self.send(message_bus.RemoveMatch(rule))

    async def send(self, message: Message) -> tuple[Any, ...]:
        """Send a method call and wait for what it returns."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT_S):
                return tuple(unwrap_msg(await self._router.send_and_get_reply(message)))
        except DBusErrorResponse as error:
            if error.name in _ABSENT:
                raise PortalAbsentError(tr(NO_SERVICE)) from error
            raise PortalError(tr(FAILED, error=error.name.rpartition(".")[2])) from error
        except TimeoutError as error:
            raise PortalSilentError(tr(SILENT)) from error
        except _BROKEN as error:
            self.broken = True
            raise PortalAbsentError(tr(NO_BUS)) from error
