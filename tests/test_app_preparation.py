"""The running app starts on a picture before it is asked about it."""

from collections.abc import Iterator

import pytest

from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.xserver import XServer, wait_until

PAGE = "420 x 130"


@pytest.fixture
def app(xserver: XServer, request: pytest.FixtureRequest) -> Iterator[AppProcess]:
    """A running app whose engine tells the log what it does."""
    with AppProcess(xserver, getattr(request, "param", Settings(engine="fake"))) as app:
        app.program = ["-m", "tests.preparing_app"]
        app.start()
        app.program = ["-m", "desktop"]
        yield app


def story(app: AppProcess) -> list[str]:
    """What the engine has told."""
    lines = app.log.read_text().splitlines()
    return [line.partition(" __main__: ")[2] for line in lines if " __main__: " in line]


def test_a_question_finds_its_picture_begun(app: AppProcess) -> None:
    """The picture is computed while the user still types, and the question then is answered beside it."""
    assert app.command("capture", "--task", "ask").returncode == 0
    app.wait_for_overlay()
    app.drag_over_page()
    wait_until(lambda: story(app) == [f"begin {PAGE}"], "the picture to be begun")
    app.wait_for_panel()
    app.type("how many?")
    app.press("Return")
    wait_until(lambda: story(app) == [f"begin {PAGE}", "answer ask"], "the answer")


def test_a_drag_that_is_asked_about_at_once_is_begun_too(app: AppProcess) -> None:
    """The next picture takes its place."""
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: len(story(app)) == 2, "the answer")
    assert set(story(app)) == {f"begin {PAGE}", "answer text"}
    wait_until(lambda: "quick brown" in app.clipboard(), "the answer on the clipboard")
    app.begin_by_hotkey()
    app.drag((300, 300), (360, 340))
    wait_until(lambda: f"close {PAGE}" in story(app) and "begin 60 x 40" in story(app), "the next picture")


def test_a_panel_that_waits_for_a_question_has_its_picture_begun(app: AppProcess) -> None:
    """Also one whose place another one took meanwhile that was then given up."""
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: "quick brown" in app.clipboard(), "the answer on the clipboard")
    app.begin_by_hotkey()
    app.server.run("xdotool", "keydown", "Control_L")
    app.drag((300, 300), (360, 340))
    app.server.run("xdotool", "keyup", "Control_L")
    taken = [f"close {PAGE}", "begin 60 x 40"]
    wait_until(lambda: story(app)[2:] == taken, "the other picture")
    app.press("Escape")
    given_up = [*taken, "close 60 x 40"]
    wait_until(lambda: story(app)[2:] == given_up, "it to be closed")
    app.wait_for_panel()
    app.press("alt+9")
    wait_until(lambda: story(app)[2:] == [*given_up, f"begin {PAGE}"], "the picture to be begun again")


def test_a_capture_that_is_given_up_ends_nothing_but_its_own(app: AppProcess) -> None:
    """Esc before a region stands does not end the picture that a panel waits with."""
    app.command("capture", "--task", "ask")
    app.wait_for_overlay()
    app.drag_over_page()
    wait_until(lambda: story(app) == [f"begin {PAGE}"], "the picture to be begun")
    app.wait_for_panel()
    app.begin_by_hotkey()
    app.press("Escape")
    wait_until(lambda: not app.overlays(), "the overlay to go")
    app.wait_for_panel()
    app.type("how many?")
    app.press("Return")
    wait_until(lambda: "answer ask" in story(app), "the answer")
    assert story(app) == [f"begin {PAGE}", "answer ask"]


@pytest.mark.parametrize("app", [Settings(engine="fake", keep_selection=True)], indirect=True)
def test_a_kept_selection_is_begun_and_forgotten_with_escape(app: AppProcess) -> None:
    """No panel is needed for either; what is taken as it stands goes on."""
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: story(app) == [f"begin {PAGE}"], "the picture to be begun")
    app.press("Escape")
    wait_until(lambda: story(app) == [f"begin {PAGE}", f"close {PAGE}"], "the picture to be closed")
    assert not app.panel_up()
    app.begin_by_hotkey()
    app.drag((300, 300), (360, 340))
    wait_until(lambda: story(app)[2:] == ["begin 60 x 40"], "the next picture")
    app.press("Return")
    wait_until(app.panel_up, "the panel")
    wait_until(lambda: "quick brown" in app.clipboard(), "the answer on the clipboard")
    assert story(app)[2:] == ["begin 60 x 40", "answer text"]
