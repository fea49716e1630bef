"""The desktop's portals: who asks is registered first, and a request waits for its Response."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, Properties

from desktop.desktop_entry import APP_ID
from desktop.language import tr, tr_later
from desktop.portal.bus import NO_SERVICE, SILENT, Bus
from desktop.portal.errors import (
    PortalAbsentError,
    PortalDismissedError,
    PortalError,
    PortalRefusedError,
    PortalSilentError,
)

log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
REFUSED = tr_later(
    "The desktop said no: allow it in the system settings under the permissions of Shotglass, then try again."
)
DISMISSED = tr_later("The desktop's question was closed without a yes: try again, and allow it.")
OWNER = MatchRule(
    type="signal", sender="org.freedesktop.DBus", interface="org.freedesktop.DBus", member="NameOwnerChanged"
)
OWNER.add_arg_condition(0, SERVICE)

_REGISTRY = DBusAddress(PATH, SERVICE, "org.freedesktop.host.portal.Registry")
_DONE, _CANCELLED = 0, 1


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a portal: `signature` is that of the `args` before the options, which are (signature, value)."""

    interface: str
    method: str
    signature: str = ""
    args: tuple[object, ...] = ()
    options: Mapping[str, tuple[str, object]] = field(default_factory=dict)


class Desk:
    """All portals over one Bus. Methods raise PortalError.

    Requests to one portal come one after the other, so that its dialogs do not pile up.
    """

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._introduced_to = ""
        self._introducing = asyncio.Lock()

    async def version(self, interface: str) -> int:
        """The version of a portal; 0 where this desktop has none."""
        value = await self.value(interface, "version", 0)
        return int(value)

    async def value(self, interface: str, name: str, default: object) -> Any:
        """A property of a portal; the default where there is no such portal or property."""
        await self._introduce()
        try:
            message = Properties(portal(interface)).get(name)
            ((_signature, value),) = await self.bus.send(message)
        except PortalError as error:
            log.info("%s of %s: %s", name, interface, error.__cause__ or error)
            return default
        return value

    async def request(self, ask: Request, wait_s: float) -> dict[str, Any]:
        """Ask a portal, and wait for the results of the Response: name -> (signature, value)."""
        async with self._locks[ask.interface]:
            await self._introduce()
            token = f"shotglass{uuid4().hex}"
            path = f"{PATH}/request/{self.bus.name[1:].replace('.', '_')}/{token}"
            response = MatchRule(
                type="signal", interface="org.freedesktop.portal.Request", member="Response", path=path
            )
            async with self.bus.heard(response, OWNER) as answers:
                options = {**ask.options, "handle_token": ("s", token)}
                await self.bus.call(portal(ask.interface), ask.method, f"{ask.signature}a{{sv}}", *ask.args, options)
                try:
                    async with asyncio.timeout(wait_s):
                        while (answer := await answers.get()) and member(answer) != "Response":
                            if gone(answer):
                                raise PortalAbsentError(tr(NO_SERVICE))
                        return _results(answer)
                except TimeoutError as error:
                    await self.close(path, "Request")
                    raise PortalSilentError(tr(SILENT)) from error

    async def _introduce(self) -> None:
        """Say who asks, before anything else is asked of a service that has just started; older ones do not want it."""
        async with self._introducing:
            if self._introduced_to and self._introduced_to == await self.bus.owner(SERVICE):
                return
            try:
                await self.bus.call(_REGISTRY, "Register", "sa{sv}", APP_ID, {})
            except PortalError as error:
                log.info("not registered with the portals: %s", error.__cause__ or error)
            self._introduced_to = await self.bus.owner(SERVICE)

    async def close(self, path: str, kind: str) -> None:
        """End a "Request" or a "Session", unless the service that held it has gone."""
        if self._introduced_to != await self.bus.owner(SERVICE):
            return
        try:
            await self.bus.call(DBusAddress(path, SERVICE, f"org.freedesktop.portal.{kind}"), "Close")
        except PortalError as error:
            log.info("%s was not closed: %s", path, error.__cause__ or error)


def portal(interface: str) -> DBusAddress:
    """The address of a portal by the last part of its name."""
    return DBusAddress(PATH, SERVICE, f"org.freedesktop.portal.{interface}")


def member(message: Message) -> str:
    """The name of a signal."""
    return str(message.header.fields.get(HeaderFields.member))


def gone(message: Message) -> bool:
    """Whether a signal of the rule OWNER says that the service which was there has gone."""
    _name, old, _new = message.body
    return bool(old)


def _results(message: Message) -> dict[str, Any]:
    """The results of a Response; PortalRefusedError where it is a no."""
    code, results = message.body
    if code == _DONE:
        return dict(results)
    raise PortalDismissedError(tr(DISMISSED)) if code == _CANCELLED else PortalRefusedError(tr(REFUSED))
