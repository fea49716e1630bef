"""What newer portals offer is used; a stand-in for them, since none of these can be run here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.capture.choose import choose_capture
from desktop.desktop_entry import APP_ID
from desktop.hotkey.api import SystemShortcuts
from desktop.hotkey.wayland import WaylandHotkeys
from desktop.job import Shot
from desktop.permission import Permission
from desktop.portal.portal import Portal
from tests.command_line import make_picture
from tests.portal.desktop import ScriptedDesktop
from tests.xserver import wait_until


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedDesktop]:
    with ScriptedDesktop() as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield desktop


@pytest.fixture
def asking(newer: ScriptedDesktop) -> Iterator[Portal]:
    portal = Portal()
    yield portal
    portal.stop()


def test_the_desktops_own_picker_brings_a_shot(
    newer: ScriptedDesktop, asking: Portal, qtbot: QtBot, tmp_path: Path
) -> None:
    """The app registers first; the picked area is the Shot, without an overlay of ours; its file goes."""
    picture = make_picture(tmp_path / "area.png")
    newer.do(picture=str(picture))
    capture = choose_capture(asking)
    with qtbot.waitSignal(capture.taken) as taken:
        capture.begin("text")
    assert taken.args
    shot, task_id = taken.args
    assert isinstance(shot, Shot)
    assert (shot.width, shot.height, shot.region, task_id) == (64, 32, None, "text")
    assert not picture.exists()
    ((_parent, options),) = newer.asked("Screenshot")
    assert newer.said[0][:2] == ["Register", APP_ID]
    assert options["target"] == ["u", 4]
    capture.close()


def test_closing_that_picker_cancels(newer: ScriptedDesktop, asking: Portal, qtbot: QtBot) -> None:
    newer.do(picture="", code=1)
    capture = choose_capture(asking)
    with qtbot.waitSignal(capture.cancelled):
        capture.begin("text")
    assert not capture.busy
    capture.close()


def test_the_desktops_own_window_for_shortcuts_opens(newer: ScriptedDesktop, asking: Portal, qtbot: QtBot) -> None:
    hotkeys = WaylandHotkeys(asking, {"text": "Text"})
    with qtbot.waitSignal(hotkeys.settled) as settled:
        hotkeys.bind({"text": "Ctrl+Alt+G"})
    assert settled.args == [
        SystemShortcuts({}, {"text": "Super + T"}, configurable=True, permission=Permission(allowed=True))
    ]
    QTimer.singleShot(0, hotkeys.configure)
    qtbot.waitUntil(lambda: bool(newer.asked("ConfigureShortcuts")))
    hotkeys.stop()
    wait_until(lambda: newer.asked("Close"), "the session to be given back")
