"""The whole flow on a real Wayland desktop: a bound key, the portal's picture, a mouse, the clipboard."""

import sys
from collections.abc import Iterator
from functools import partial

import pytest

from desktop.settings import Settings, SettingsFile
from tests.app_process import TEXT, WINDOW
from tests.command_line import make_picture
from tests.wayland.pointer import RIGHT
from tests.wayland.session import HOTKEY, WaylandSession
from tests.xserver import wait_until

OVERLAY = "Shotglass capture"


@pytest.fixture
def session() -> Iterator[WaylandSession]:
    with WaylandSession() as session:
        yield session


def start_app(session: WaylandSession, settings: Settings) -> None:
    SettingsFile(session.folder / "config" / "shotglass" / "settings.json").save(settings)
    log = session.folder / "state" / "shotglass" / "log" / "shotglass.log"
    session.start(sys.executable, "-m", "desktop")
    wait_until(lambda: log.exists() and " is ready" in log.read_text(), "the app to start")


def test_hotkey_drag_clipboard(session: WaylandSession) -> None:
    """The text that stood on the screen is pasted by another program, twice; the panel stays and closes by Esc."""
    session.start(sys.executable, "-c", WINDOW, TEXT, "0", "0", "400", "200")
    wait_until(lambda: "page" in session.titles(), "the page")
    start_app(session, Settings(engine="ocr"))
    with session.pointer() as pointer:
        for _round in range(2):
            session.copy("before")
            pointer.move(5, 700)
            session.press(*HOTKEY)
            wait_until(lambda: session.in_front(OVERLAY), "the overlay")
            pointer.drag((0, 0), (620, 690))
            wait_until(lambda: session.clipboard() == TEXT, "the text on the clipboard")
            assert OVERLAY not in session.titles()
            assert "Shotglass" in session.titles()
        session.press("-k", "Escape")
        wait_until(lambda: "Shotglass" not in session.titles(), "the panel to close")
        assert session.clipboard() == TEXT


def test_a_capture_given_up_leaves_nothing(session: WaylandSession) -> None:
    """Esc and the right button take the overlay away; the clipboard stays."""
    start_app(session, Settings(engine="fake"))
    session.copy("before")
    with session.pointer() as pointer:
        for x, give_up in ((300, partial(session.press, "-k", "Escape")), (310, partial(pointer.click, RIGHT))):
            session.press(*HOTKEY)
            wait_until(lambda: session.in_front(OVERLAY), "the overlay")
            pointer.move(x, 300)  # sway does not always tell a window that came under a mouse at rest of it
            give_up()
            wait_until(lambda: OVERLAY not in session.titles(), "the overlay to go")
    assert session.clipboard() == "before"


def test_a_copied_answer_outlives_its_command(session: WaylandSession) -> None:
    """`--copy` leaves the text on the clipboard, without a window and without the app."""
    picture = make_picture(session.folder / "one.png")
    said = session.run(sys.executable, "-m", "desktop", "text", "--engine", "fake", "--copy", str(picture))
    assert session.clipboard() == said.strip()
    session.copy("next")
    assert session.clipboard() == "next"


def test_doctor_names_the_ways(session: WaylandSession) -> None:
    """Portals with their versions, who holds the shortcuts, how pictures are taken."""
    SettingsFile(session.folder / "config" / "shotglass" / "settings.json").save(Settings(engine="fake"))
    said = session.run(sys.executable, "-m", "desktop", "doctor", "--json")
    for words in ("GlobalShortcuts missing, Screenshot 2", "1280 × 720 in", "by way of portal", "wl-copy"):
        assert words in said
