"""The leave to take pictures, through the real portal: looked at without a question, asked for at a word."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.capture.choose import choose_permission
from desktop.capture.portal_permission import PortalPermission
from desktop.permission import Permission
from desktop.portal.desk import DISMISSED, REFUSED
from desktop.portal.portal import Portal
from tests.command_line import make_picture
from tests.portal.desktop import PortalDesktop


@pytest.fixture
def permission(portal: Portal) -> PortalPermission:
    permission = choose_permission(portal)
    assert isinstance(permission, PortalPermission)
    return permission


def ask(permission: PortalPermission, qtbot: QtBot) -> Permission:
    """What the user says."""
    with qtbot.waitSignal(permission.told) as told:
        permission.ask()
    assert told.args
    (said,) = told.args
    assert isinstance(said, Permission)
    return said


def test_a_look_asks_nobody(permission: PortalPermission, portals: PortalDesktop, qtbot: QtBot) -> None:
    with qtbot.waitSignal(permission.told) as told:
        permission.look()
    assert told.args == [Permission()]
    assert portals.asked("AccessDialog") == portals.asked("Screenshot") == []


def test_a_yes_is_kept_by_the_desktop(
    permission: PortalPermission, portals: PortalDesktop, qtbot: QtBot, tmp_path: Path
) -> None:
    """The picture that it took to ask is gone; nobody is asked again."""
    for _round in range(2):
        picture = make_picture(tmp_path / "screen.png")
        portals.do(picture=str(picture))
        assert ask(permission, qtbot) == Permission(allowed=True)
        assert not picture.exists()
    assert len(portals.asked("AccessDialog")) == 1


def test_a_no_says_what_to_do(permission: PortalPermission, portals: PortalDesktop, qtbot: QtBot) -> None:
    portals.do(deny=1)
    assert ask(permission, qtbot).trouble in (REFUSED, DISMISSED)
    assert ask(permission, qtbot) == Permission(trouble=REFUSED)


def test_two_presses_are_one_question(permission: PortalPermission, portals: PortalDesktop, qtbot: QtBot) -> None:
    portals.do(silent=True)
    permission.ask()
    permission.ask()
    qtbot.waitUntil(lambda: bool(portals.asked("Screenshot")))
    with qtbot.waitSignal(permission.told):
        portals.do(silent=False, answer=1)
    assert len(portals.asked("Screenshot")) == 1


def test_a_desktop_without_that_portal_is_not_asked(
    permission: PortalPermission, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with qtbot.assertNotEmitted(permission.told, wait=500):
        permission.look()
