"""Global shortcuts of the desktop: a session that is bound once, and made again where it is lost."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from jeepney import HeaderFields, MatchRule, Message

from desktop.language import tr
from desktop.portal.desk import OWNER, Desk, Request, gone, member, portal
from desktop.portal.errors import PortalAbsentError, PortalError, PortalRefusedError, PortalUnaskedError

log = logging.getLogger(__name__)

INTERFACE = "GlobalShortcuts"
ANSWER_S = 20.0
DIALOG_S = 600.0
"""BindShortcuts may show a dialog, and the user may read it first."""
PAUSES_S = (0.5, 1, 2, 4, 8, 16)
"""Between the tries to get a lost session back."""
CONFIGURE_VERSION = 2

_SIGNALS = MatchRule(type="signal", interface=f"org.freedesktop.portal.{INTERFACE}")
_CLOSED = MatchRule(type="signal", interface="org.freedesktop.portal.Session", member="Closed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shortcut to ask for; the trigger ("CTRL+ALT+g") is a wish that the user may change, '' is none."""

    id: str
    description: str
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The shortcuts the desktop gave: id -> trigger in the desktop's words.

    `session` is what `configure` takes, '' on desktops without a window for it.
    """

    triggers: dict[str, str]
    session: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A shortcut was pressed; the token lets a window come to the front, '' where the desktop gives none."""

    id: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """How the desktop may ask its user: over the window of that name ('' for none); not at all unless `allowed`."""

    parent_window: str = ""
    allowed: bool = True


async def hold_shortcuts(
    desk: Desk,
    wanted: Sequence[Wanted],
    tell: Callable[[Bound | Pressed], None],
    question: Question = Question(),
) -> None:
    """Keep shortcuts until cancelled, telling what happens; PortalError where they cannot be had, or not again."""
    if not await desk.version(INTERFACE):
        raise PortalAbsentError(tr("This desktop has no portal for shortcuts."))
    pauses = iter(PAUSES_S)
    bound_once = False
    while True:
        try:
            async with desk.bus.heard(_SIGNALS, _CLOSED, OWNER) as signals:
                session = await _begin(desk)
                try:
                    bound = Bound(await _bind(desk, session, wanted, question), await _configurable(desk, session))
                    tell(bound)
                    bound_once, pauses = True, iter(PAUSES_S)
                    await _follow(signals, session, bound, tell)
                except BaseException:
                    await desk.close(session, "Session")
                    raise
        except PortalRefusedError:
            raise
        except PortalError as error:
            pause = next(pauses, None)
            if not bound_once or pause is None or desk.bus.broken:
                raise
            log.info("the shortcuts are asked for again: %s", error)
            await asyncio.sleep(pause)
        else:
            await asyncio.sleep(PAUSES_S[0])


async def configure(desk: Desk, session: str, parent_window: str = "") -> None:
    """Open the desktop's own window for the shortcuts of a session."""
    await desk.bus.call(portal(INTERFACE), "ConfigureShortcuts", "osa{sv}", session, parent_window, {})


async def _configurable(desk: Desk, session: str) -> str:
    return session if await desk.version(INTERFACE) >= CONFIGURE_VERSION else ""


async def _begin(desk: Desk) -> str:
    token = ("s", f"shotglass{uuid4().hex}")
    results = await desk.request(Request(INTERFACE, "CreateSession", options={"session_handle_token": token}), ANSWER_S)
    return str(results["session_handle"][1])


async def _bind(desk: Desk, session: str, wanted: Sequence[Wanted], question: Question) -> dict[str, str]:
    """The triggers by id: those the desktop kept from an earlier time where that is all, else those it gives now."""
    kept = await _list(desk, session)
    if all(shortcut.id in kept for shortcut in wanted):
        return kept
    if not question.allowed:
        raise PortalUnaskedError
    asked = [(shortcut.id, _asked(shortcut)) for shortcut in wanted]
    ask = Request(INTERFACE, "BindShortcuts", "oa(sa{sv})s", (session, asked, question.parent_window))
    try:
        answer = _triggers(await desk.request(ask, DIALOG_S))
    except PortalRefusedError:
        if bound := await _list(desk, session):  # GNOME 48 says no and has bound them all the same
            return bound
        raise
    return answer or await _list(desk, session)  # so has KDE, which answered with nothing


async def _list(desk: Desk, session: str) -> dict[str, str]:
    return _triggers(await desk.request(Request(INTERFACE, "ListShortcuts", "o", (session,)), ANSWER_S))


def _asked(shortcut: Wanted) -> dict[str, tuple[str, str]]:
    values = {"description": ("s", shortcut.description)}
    return values | ({"preferred_trigger": ("s", shortcut.trigger)} if shortcut.trigger else {})


def _triggers(results: dict[str, Any]) -> dict[str, str]:
    return _described(results.get("shortcuts", ("", []))[1])


def _described(shortcuts: Sequence[tuple[str, dict[str, tuple[str, Any]]]]) -> dict[str, str]:
    return {name: str(values.get("trigger_description", ("s", ""))[1]) for name, values in shortcuts}


async def _follow(
    signals: "asyncio.Queue[Message]", session: str, bound: Bound, tell: Callable[[Bound | Pressed], None]
) -> None:
    """Tell of what is pressed and changed until the session or the service is lost."""
    while True:
        signal = await signals.get()
        match member(signal):
            case "Activated" if signal.body[0] == session:
                tell(Pressed(signal.body[1], str(signal.body[3].get("activation_token", ("s", ""))[1])))
            case "ShortcutsChanged" if signal.body[0] == session:
                tell(replace(bound, triggers=_described(signal.body[1])))
            case "Closed" if _path(signal) == session:
                return
            case "NameOwnerChanged" if gone(signal):
                return


def _path(signal: Message) -> str:
    return str(signal.header.fields.get(HeaderFields.path))
