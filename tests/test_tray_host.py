"""The app's icon in trays that speak StatusNotifierItem, on an X server that has no other one."""

from collections.abc import Iterator

import pytest

from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.tray_host import TrayDesktop
from tests.xserver import XServer, wait_until


@pytest.fixture
def desktop() -> Iterator[TrayDesktop]:
    with TrayDesktop() as desktop:
        yield desktop


@pytest.fixture
def app(desktop: TrayDesktop) -> Iterator[AppProcess]:
    with XServer(bare=True) as server, AppProcess(server, Settings(engine="fake")) as app:
        app.environment["DBUS_SESSION_BUS_ADDRESS"] = desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
        yield app


def test_an_icon_by_status_notifier(app: AppProcess, desktop: TrayDesktop) -> None:
    """A click opens the panel; the menu is the desktop's own, and its entries work."""
    desktop.do(host=True)
    app.start()
    wait_until(desktop.icons, "the icon")
    assert desktop.title() == "Shotglass"
    assert not app.panel_up()
    desktop.click()
    wait_until(app.panel_up, "the panel")
    assert {"Capture: Text", "Preferences…", "Quit"} <= desktop.menu().keys()
    desktop.choose("Quit")
    assert app.wait() == 0


def test_a_tray_that_starts_after_the_app(app: AppProcess, desktop: TrayDesktop) -> None:
    """As at a login: the icon waits for it, and the panel that says there is none stays until it is closed."""
    app.start()
    wait_until(app.panel_up, "the panel")
    assert desktop.icons() == []
    desktop.do(host=True)
    wait_until(desktop.icons, "the icon")
    assert "Fake engine: ready" in desktop.menu()
    desktop.do(host=False)
    desktop.do(host=True)
    wait_until(lambda: len(desktop.icons()) == 2, "the icon in a tray that was started again")
    desktop.choose("Quit")
    assert app.wait() == 0
