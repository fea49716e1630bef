"""Pictures through the real portal: given, denied, late, two at once."""

import re
import time
from concurrent.futures import Future
from pathlib import Path

import pytest
from PIL import Image

from desktop.portal.errors import PortalAbsentError, PortalError, PortalRefusedError, PortalSilentError
from desktop.portal.portal import Portal
from desktop.portal.screenshot import NOT_GIVEN, offers_area, take_screenshot
from tests.portal.desktop import PortalDesktop
from tests.xserver import wait_until


def take(portal: Portal, wait_s: float = 60) -> "Future[bytes]":
    async def work(portal: Portal) -> bytes:
        return await take_screenshot(await portal.desk(), wait_s=wait_s)

    return portal.submit(work)


def draw(portals: PortalDesktop, path: Path, colour: str) -> bytes:
    """Put a picture where the desktop will say that it is."""
    Image.new("RGB", (64, 48), colour).save(path)
    portals.do(picture=str(path))
    return path.read_bytes()


def test_the_picture_comes_and_its_file_goes(portals: PortalDesktop, portal: Portal, tmp_path: Path) -> None:
    """A name may come again, with blanks and signs in it; nothing is left on the disk."""
    path = tmp_path / "Screen shot 1 ü.png"
    for colour in ("red", "blue"):
        drawn = draw(portals, path, colour)
        assert take(portal).result(60) == drawn
        assert not path.exists()


def test_a_no_is_one_sentence(portals: PortalDesktop, portal: Portal, tmp_path: Path) -> None:
    """The portal asks once, keeps the answer, and says no by itself from then on."""
    draw(portals, tmp_path / "never.png", "red")
    portals.do(deny=1)
    for _round in range(2):
        with pytest.raises(PortalRefusedError, match="allow it in the system settings"):
            take(portal).result(60)
    assert len(portals.asked("AccessDialog")) == 1
    assert portals.asked("Screenshot") == []


def test_a_desktop_that_fails_is_told(portals: PortalDesktop, portal: Portal, tmp_path: Path) -> None:
    """A yes of the user, and then no picture."""
    draw(portals, tmp_path / "one.png", "red")
    take(portal).result(60)
    portals.do(deny=2)
    with pytest.raises(PortalRefusedError):
        take(portal).result(60)


def test_a_question_that_nobody_saw_is_told(portals: PortalDesktop, portal: Portal, tmp_path: Path) -> None:
    """KDE calls it closed where it cannot take pictures."""
    draw(portals, tmp_path / "one.png", "red")
    take(portal).result(60)
    portals.do(deny=1)
    with pytest.raises(PortalError, match=re.escape(NOT_GIVEN)) as told:
        take(portal).result(60)
    assert not isinstance(told.value, PortalRefusedError)  # so that other ways are tried


def test_no_answer_in_time_is_an_error_and_the_request_is_withdrawn(portals: PortalDesktop, portal: Portal) -> None:
    portals.do(silent=True)
    with pytest.raises(PortalSilentError):
        take(portal, wait_s=2).result(60)
    assert len(portals.asked("Screenshot")) == 1
    wait_until(lambda: portals.asked("Close"), "the request to be withdrawn")


def test_two_at_once_come_one_after_the_other(portals: PortalDesktop, portal: Portal, tmp_path: Path) -> None:
    """The second is asked for once the first is answered: no two dialogs, no file read twice."""
    drawn = draw(portals, tmp_path / "one.png", "red")
    portals.do(silent=True)
    first, second = take(portal), take(portal)
    wait_until(lambda: portals.asked("Screenshot"), "the first")
    time.sleep(0.3)
    assert len(portals.asked("Screenshot")) == 1
    portals.do(silent=False, answer=2)
    with pytest.raises(PortalRefusedError):
        first.result(60)
    assert second.result(60) == drawn


def test_a_service_that_dies_is_told_at_once_and_asked_again(
    portals: PortalDesktop, portal: Portal, tmp_path: Path
) -> None:
    portals.do(silent=True)
    waiting = take(portal)
    wait_until(lambda: portals.asked("Screenshot"), "the picture to be asked for")
    portals.stop_frontend()
    with pytest.raises(PortalAbsentError):
        waiting.result(60)
    portals.start_frontend()
    drawn = draw(portals, tmp_path / "again.png", "green")
    portals.do(silent=False)
    assert take(portal).result(60) == drawn


def test_an_older_portal_has_no_picker_of_its_own(portal: Portal) -> None:
    async def ask(portal: Portal) -> tuple[bool, int]:
        desk = await portal.desk()
        return await offers_area(desk), await desk.version("Camera of tomorrow".replace(" ", ""))

    assert portal.submit(ask).result(60) == (False, 0)


def test_without_a_session_bus_there_are_no_portals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no'}")
    portal = Portal()
    try:
        with pytest.raises(PortalAbsentError, match="session bus"):
            take(portal).result(60)
    finally:
        portal.stop()
