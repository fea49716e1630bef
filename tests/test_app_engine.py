"""The engine's life in the running app: exchanged by the preferences, freed by the tray, absent at the start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app import ENGINE_LINK
from desktop.engine.fake import SENTENCE
from desktop.panel.message import HERE_LINK
from desktop.preferences.window import NO_ATTENTION
from desktop.settings import Settings
from tests.app_process import TEXT, AppProcess
from tests.engine.remote.openai_server import WORDS, OpenAIServer
from tests.xserver import XServer, wait_until

FAKE = Settings(engine="fake")


@pytest.fixture
def app(xserver: XServer) -> Iterator[AppProcess]:
    """A running app that takes new preferences."""
    with AppProcess(xserver, FAKE) as app:
        app.program = ["-m", "tests.driven_app"]
        app.start()
        yield app


@pytest.fixture
def page(app: AppProcess) -> Iterator[None]:
    """A window with known text."""
    window = app.show_page()
    yield
    window.terminate()
    window.wait()


def expect(app: AppProcess, answer: str) -> None:
    """Capture the page, wait for the answer on the clipboard, and close the panel."""
    app.fill_clipboard("before")
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: app.clipboard() == answer, "the answer on the clipboard")
    app.close_panel()


def own_windows(app: AppProcess) -> list[str]:
    """The tray icon, and the menu where it is open."""
    return app.server.run("xdotool", "search", "--onlyvisible", "--class", "^driven_app.py$").split()


def open_tray_menu(app: AppProcess) -> None:
    """Click on the icon with the right button."""
    wait_until(lambda: len(own_windows(app)) == 1, "the icon to stand alone")
    app.server.run("xdotool", "mousemove", "--window", own_windows(app)[0], "11", "15", "click", "3")
    wait_until(lambda: len(own_windows(app)) == 2, "the menu")


@pytest.mark.usefixtures("page")
def test_another_engine_answers_without_a_restart(app: AppProcess) -> None:
    """Changes in a row load one engine, once; what an engine is not made of loads none."""
    expect(app, SENTENCE)
    app.change(
        Settings(engine="fake", memory_cap_gib=2), Settings(engine="fake", memory_cap_gib=24), Settings(engine="ocr")
    )
    wait_until(lambda: app.logged("Embedded OCR is ready"), "the new engine")
    assert app.log.read_text().count("Fake engine is loading \n") == 1
    expect(app, TEXT)
    app.change(Settings(engine="ocr", theme="dark"))
    app.change(FAKE)
    wait_until(lambda: app.log.read_text().count("Fake engine is loading \n") == 2, "the first engine again")
    expect(app, SENTENCE)
    assert app.log.read_text().count("Embedded OCR is loading \n") == 1


@pytest.mark.usefixtures("page")
def test_a_freed_engine_comes_back_with_the_next_picture(app: AppProcess) -> None:
    """The tray's entry frees it; a capture loads it again by itself."""
    expect(app, SENTENCE)
    open_tray_menu(app)
    app.look("tray_menu")
    app.press("Up", "Up", "Up", "Up", "Return")  # past Quit, Open log and Preferences
    wait_until(lambda: app.logged("Fake engine is unloaded"), "the engine to go")
    expect(app, SENTENCE)
    assert app.log.read_text().count("Fake engine is loading \n") == 2


@pytest.mark.usefixtures("page")
def test_an_engine_that_cannot_be_had_leaves_the_present_one(app: AppProcess) -> None:
    """The reason is said in a panel, and captures are answered as before."""
    app.change(Settings(engine="qwen", model="nowhere"))
    wait_until(app.panel_up, "the sentence")
    app.look("no_engine")
    app.close_panel()
    expect(app, SENTENCE)


def test_the_preferences_show_the_attention_in_use(xserver: XServer, tmp_path: Path) -> None:
    """Only while the model is loaded: it is freed by the tray and loaded again by it."""
    from tests.engine.qwen.checkpoints import make_checkpoint

    with AppProcess(xserver, Settings(engine="qwen", model=str(make_checkpoint(tmp_path)))) as app:
        app.program = ["-m", "tests.driven_app"]
        app.start()
        app.command()
        wait_until(app.panel_up, "the panel")
        app.follow(ENGINE_LINK)
        wait_until(lambda: app.shows("sdpa"), "the attention in use")
        app.look("attention_in_use")
        app.say("tray free_asked")
        wait_until(lambda: app.shows(NO_ATTENTION), "nothing in use")
        app.look("no_attention_in_use")
        app.say("tray load_asked")
        wait_until(lambda: app.shows("sdpa"), "the attention of the model that is loaded again")


def test_an_engine_that_is_gone_at_the_start_is_replaced(xserver: XServer, tmp_path: Path) -> None:
    """The app starts with the embedded OCR and says why."""
    with AppProcess(xserver, Settings(engine="qwen", model=str(tmp_path / "gone"))) as app:
        app.start()
        wait_until(app.panel_up, "the sentence")
        assert app.logged("Embedded OCR is ready")


@pytest.mark.usefixtures("page")
def test_a_server_answers_and_this_computer_stands_in_for_it(app: AppProcess) -> None:
    """Asked once it is chosen; where it goes away the link in the panel lets the embedded OCR read the picture."""
    with OpenAIServer() as server:
        app.change(Settings(engine="remote", servers=(server.address,)))
        wait_until(lambda: app.logged(f"Qwen2.5-VL-7B-Instruct at 127.0.0.1:{server.port} is ready"), "the server")
        expect(app, WORDS)
        assert len(server.asked) == 1
        server.go_away()
        app.begin_by_hotkey()
        app.drag_over_page()
        wait_until(lambda: app.logged("desktop.errors: 127.0.0.1"), "the failure")
        wait_until(app.panel_up, "the panel")
        app.look("server_away")
        app.follow(HERE_LINK)
        wait_until(lambda: app.logged("Embedded OCR is ready"), "the engine of this computer")
        app.close_panel()
        expect(app, TEXT)
