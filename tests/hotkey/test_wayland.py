"""Shortcuts through the real portal, pressed by a scripted desktop behind it."""

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.hotkey.api import SystemShortcuts
from desktop.hotkey.triggers import trigger_of
from desktop.hotkey.wayland import FAILED, NO_PORTAL, NONE_GIVEN, NOT_ALLOWED, WaylandHotkeys
from desktop.permission import Permission
from desktop.portal.portal import Portal
from tests.portal.desktop import PortalDesktop
from tests.untranslated import CLOSE, OPEN

TITLES = {"text": "Text", "code": "Code"}
KEYS = {"text": "Ctrl+Alt+G", "code": ""}


@pytest.fixture
def hotkeys(portal: Portal, qtbot: QtBot) -> Iterator[WaylandHotkeys]:
    """Hotkeys that give their shortcuts back after the test."""
    hotkeys = WaylandHotkeys(portal, TITLES)
    yield hotkeys
    hotkeys.stop()


def settle(hotkeys: WaylandHotkeys, qtbot: QtBot, keys: dict[str, str] = KEYS) -> SystemShortcuts:
    """Ask for shortcuts and wait for what the desktop says."""
    with qtbot.waitSignal(hotkeys.settled) as settled:
        assert hotkeys.bind(keys) == {}
    assert settled.args
    (held,) = settled.args
    assert isinstance(held, SystemShortcuts)
    return held


def press(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop, task_id: str) -> None:
    with qtbot.waitSignal(hotkeys.pressed) as pressed:
        portals.do(press=task_id)
    assert pressed.args == [task_id]


def test_bound_once_and_pressed(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    """Every task is offered with its title, those with keys with a wish; the desktop's words come back."""
    assert settle(hotkeys, qtbot) == SystemShortcuts(
        {}, {"text": "CTRL+ALT+g", "code": ""}, permission=Permission(allowed=True)
    )
    press(hotkeys, qtbot, portals, "code")
    assert hotkeys.bind(KEYS) == {}
    press(hotkeys, qtbot, portals, "text")
    ((_handle, _session, shortcuts, _parent, _options),) = portals.asked("BindShortcuts")
    assert [(name, values["description"][1], "preferred_trigger" in values) for name, values in shortcuts] == [
        ("text", "Text", True),
        ("code", "Code", False),
    ]


def test_what_the_desktop_kept_is_not_asked_for_again(
    hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop
) -> None:
    settle(hotkeys, qtbot)
    hotkeys.stop()
    assert settle(hotkeys, qtbot).triggers == {"text": "CTRL+ALT+g", "code": ""}
    assert (len(portals.asked("CreateSession")), len(portals.asked("BindShortcuts"))) == (2, 1)
    press(hotkeys, qtbot, portals, "text")


def test_paused_shortcuts_stay_bound_and_silent(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    settle(hotkeys, qtbot)
    hotkeys.bind({})
    with qtbot.assertNotEmitted(hotkeys.pressed, wait=300):
        portals.do(press="text")
    hotkeys.bind(KEYS)
    press(hotkeys, qtbot, portals, "text")
    assert len(portals.asked("CreateSession")) == 1


def test_nobody_is_asked_before_it_may_be(portal: Portal, qtbot: QtBot, portals: PortalDesktop) -> None:
    """What takes no question is had at once; the rest waits for `bind` at a time when it may."""
    may_ask = [False]
    hotkeys = WaylandHotkeys(portal, TITLES, lambda: may_ask[0])
    assert settle(hotkeys, qtbot) == SystemShortcuts({}, {}, permission=Permission())
    assert portals.asked("BindShortcuts") == []
    may_ask[0] = True
    assert settle(hotkeys, qtbot).permission == Permission(allowed=True)
    assert len(portals.asked("BindShortcuts")) == 1
    hotkeys.stop()
    may_ask[0] = False
    assert settle(hotkeys, qtbot).permission == Permission(allowed=True)
    press(hotkeys, qtbot, portals, "text")
    may_ask[0] = True
    hotkeys.bind(KEYS)
    assert len(portals.asked("BindShortcuts")) == 1
    hotkeys.stop()


def test_a_subset_names_what_is_missing(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    portals.do(drop=["text"])
    held = settle(hotkeys, qtbot, KEYS | {"code": "Ctrl+Alt+H"})
    assert held.triggers == {"code": "CTRL+ALT+h"}
    assert list(held.refused) == ["text"]
    assert "Ctrl+Alt+G" in held.refused["text"]
    assert "“Text”" in held.refused["text"]
    press(hotkeys, qtbot, portals, "code")


@pytest.mark.parametrize("answer", [{"empty": True}, {"code": 2}], ids=["nothing", "no"])
def test_what_was_bound_all_the_same_is_looked_up(
    hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop, answer: dict[str, int]
) -> None:
    """KDE has bound everything and answered with nothing, GNOME with a no."""
    portals.do(**answer)
    assert settle(hotkeys, qtbot).triggers == {"text": "CTRL+ALT+g", "code": ""}
    press(hotkeys, qtbot, portals, "text")


def test_nothing_bound_is_one_sentence(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    portals.do(drop=["text", "code"])
    assert settle(hotkeys, qtbot, KEYS | {"code": "Ctrl+Alt+H"}).refused == {"text": NONE_GIVEN, "code": NONE_GIVEN}


@pytest.mark.parametrize(("code", "sentence"), [(1, NOT_ALLOWED), (2, FAILED)])
def test_a_no_is_one_sentence(
    hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop, code: int, sentence: str
) -> None:
    portals.do(deny=code)
    assert settle(hotkeys, qtbot) == SystemShortcuts({"text": sentence}, {}, permission=Permission(trouble=sentence))


def test_a_lost_session_is_made_again(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    settle(hotkeys, qtbot)
    with qtbot.waitSignal(hotkeys.settled):
        portals.do(close=True)
    press(hotkeys, qtbot, portals, "text")
    assert len(portals.asked("CreateSession")) == 2


def test_a_restarted_service_is_asked_again(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    settle(hotkeys, qtbot)
    with qtbot.waitSignal(hotkeys.settled):
        portals.stop_frontend()
        portals.start_frontend()
    press(hotkeys, qtbot, portals, "text")


def test_keys_changed_in_the_desktop_are_shown(hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop) -> None:
    settle(hotkeys, qtbot)
    with qtbot.waitSignal(hotkeys.settled) as settled:
        portals.do(change="Super + T")
    triggers = {"text": "Super + T", "code": "Super + T"}
    assert settled.args == [SystemShortcuts({}, triggers, permission=Permission(allowed=True))]


def test_the_leave_to_come_to_the_front_is_kept_for_qt(
    hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    settle(hotkeys, qtbot)
    portals.do(token="leave")
    press(hotkeys, qtbot, portals, "text")
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "leave"


def test_a_desktop_without_portals_says_the_way_round(
    hotkeys: WaylandHotkeys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert settle(hotkeys, qtbot) == SystemShortcuts({"text": NO_PORTAL}, {})


def test_what_is_no_shortcut_is_refused_at_once(hotkeys: WaylandHotkeys, qtbot: QtBot) -> None:
    assert list(hotkeys.bind({"text": "G", "code": "Ctrl+Alt+H"})) == ["text"]


@pytest.mark.parametrize(
    ("text", "trigger"), [("Ctrl+Alt+G", "CTRL+ALT+g"), ("Meta+Print", "LOGO+Print"), ("Ctrl++", "CTRL+plus"), ("", "")]
)
def test_shortcuts_are_written_as_the_portal_does(text: str, trigger: str) -> None:
    assert trigger_of(text) == trigger


@pytest.mark.usefixtures("foreign")
def test_the_desktop_is_told_titles_in_the_language_that_is_spoken(
    hotkeys: WaylandHotkeys, qtbot: QtBot, portals: PortalDesktop
) -> None:
    """Its own window of shortcuts lists them; what it did not take is said in that language, too."""
    portals.do(drop=["code"])
    refused = settle(hotkeys, qtbot, KEYS | {"code": "Ctrl+Alt+H"}).refused
    assert (refused["code"][0], refused["code"][-1]) == (OPEN, CLOSE)
    ((_handle, _session, shortcuts, _parent, _options),) = portals.asked("BindShortcuts")
    assert [values["description"][1] for _name, values in shortcuts] == [f"{OPEN}Text{CLOSE}", f"{OPEN}Code{CLOSE}"]
