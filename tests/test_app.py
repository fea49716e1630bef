"""The whole flow as a user meets it: a real desktop, real keys, a real clipboard, other processes."""

import contextlib
import sys
from collections.abc import Iterator
from functools import partial

import psutil
import pytest
from PySide6.QtCore import QObject
from Xlib import XK, X
from Xlib.display import Display

from desktop.panel.message import GET_MODEL_LINK
from desktop.settings import Settings, SettingsFile
from tests.app_process import TEXT, AppProcess
from tests.engine.qwen.hub_server import FIRST, Fault, HubServer
from tests.xserver import XServer, wait_until


@pytest.fixture
def app(xserver: XServer) -> Iterator[AppProcess]:
    """An app that is not started yet."""
    with AppProcess(xserver) as app:
        yield app


@pytest.fixture
def fake_app(xserver: XServer) -> Iterator[AppProcess]:
    """An app whose engine answers at once, for what does not depend on the text."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        app.start()
        yield app


@contextlib.contextmanager
def page(app: AppProcess, text: str = TEXT) -> Iterator[None]:
    """A window with known text."""
    window = app.show_page(text)
    yield
    window.terminate()
    window.wait()


def test_hotkey_drag_clipboard(app: AppProcess) -> None:
    """Hotkey, drag, and the clipboard holds the text that the screen showed; it survives the panel."""
    app.start()
    with page(app):
        app.begin_by_hotkey()
        app.drag_over_page()
        wait_until(lambda: app.clipboard() == TEXT, "the text on the clipboard")
        assert app.panel_up()
        assert not app.overlays()
        app.look("panel")
        app.close_panel()
        assert app.clipboard() == TEXT


def test_words_are_selected_on_the_picture_and_that_is_remembered(app: AppProcess) -> None:
    """Ctrl+T shows the picture, a drag over it selects words; the next start shows the picture at once."""
    with page(app):
        for start in range(2):
            app.log.unlink(missing_ok=True)  # by which the start is known
            app.start()
            app.fill_clipboard("nothing yet")
            app.begin_by_hotkey()
            app.drag_over_page()
            wait_until(lambda: app.clipboard() == TEXT, "the text on the clipboard")
            app.wait_for_panel()
            if not start:
                app.press("ctrl+t")
                wait_until(lambda: SettingsFile(app.settings).load()[0].habits == {"on_picture": True}, "the setting")
            app.press("shift+Right", "shift+Right", "ctrl+c")
            wait_until(lambda: app.clipboard() == "The quick", "the words on the clipboard")
            app.look(f"picture{start}")
            assert app.quit() == 0


def test_capture_command_starts_the_app_and_captures(app: AppProcess) -> None:
    """`shotglass capture` works from any shell, whether the app runs or not."""
    with page(app):
        for _round in ("not running", "running"):
            app.fill_clipboard("before")
            done = app.command("capture")
            assert (done.returncode, done.stderr) == (0, "")
            app.wait_for_overlay()
            app.drag_over_page()
            wait_until(lambda: app.clipboard() == TEXT, "the text on the clipboard")
            app.close_panel()


def test_question_is_typed_and_answered(fake_app: AppProcess) -> None:
    """With the task Ask the keyboard is in the question box, and Enter asks; Ctrl+C then takes the answer."""
    assert fake_app.command("capture", "--task", "ask").returncode == 0
    fake_app.wait_for_overlay()
    fake_app.drag_over_page()
    fake_app.wait_for_panel()
    fake_app.type("how many?")
    fake_app.press("Return")
    fake_app.fill_clipboard("before")
    wait_until(partial(_copies_the_answer, fake_app), "the answer")
    fake_app.look("question")


def _copies_the_answer(app: AppProcess) -> bool:
    app.press("ctrl+c")
    return "quick brown" in app.clipboard()


def test_last_region_again(fake_app: AppProcess) -> None:
    """`capture --last` takes the same region without an overlay; before any capture it says what to do."""
    assert fake_app.command("capture", "--last").returncode == 0
    wait_until(fake_app.panel_up, "the sentence")
    fake_app.close_panel()
    fake_app.begin_by_hotkey()
    fake_app.drag_over_page()
    wait_until(lambda: "quick brown" in fake_app.clipboard(), "the first answer")
    fake_app.close_panel()
    fake_app.fill_clipboard("before")
    assert fake_app.command("capture", "--last").returncode == 0
    wait_until(lambda: "quick brown" in fake_app.clipboard(), "the answer")
    assert not fake_app.overlays()


def test_unknown_task_is_refused(fake_app: AppProcess) -> None:
    """A task that does not exist is named, with those that do."""
    done = fake_app.command("capture", "--task", "poem")
    assert done.returncode == 1
    assert done.stderr.startswith("There is no task called poem; choose one of text, ")


def test_escape_leaves_nothing_behind(fake_app: AppProcess) -> None:
    """A capture that is given up changes neither windows nor clipboard, and the next one works."""
    fake_app.fill_clipboard("before")
    for _round in range(3):
        fake_app.begin_by_hotkey()
        fake_app.press("Escape")
        wait_until(lambda: not fake_app.overlays(), "the overlay to go")
    assert not fake_app.panel_up()
    assert fake_app.clipboard() == "before"


def test_quit_while_busy(app: AppProcess) -> None:
    """The app ends in the middle of reading, and leaves no process behind."""
    app.start()
    with page(app, "\n".join([TEXT] * 2)):
        assert app.process is not None
        family = [psutil.Process(app.process.pid), *psutil.Process(app.process.pid).children(recursive=True)]
        app.begin_by_hotkey()
        app.press("space")
        wait_until(app.panel_up, "the panel")
        assert app.quit() == 0
        wait_until(lambda: not any(process.is_running() for process in family), "all its processes to end")
        assert "Traceback" not in app.log.read_text()


def test_second_start_opens_the_last_panel(fake_app: AppProcess) -> None:
    """A second start says that the app runs, and shows the last answer again."""
    fake_app.begin_by_hotkey()
    fake_app.drag_over_page()
    wait_until(lambda: "quick brown" in fake_app.clipboard(), "the answer")
    fake_app.close_panel()
    done = fake_app.command()
    assert done.returncode == 0
    assert done.stdout == "Shotglass is running already; its last panel is open now.\n"
    wait_until(fake_app.panel_up, "the last panel")


def test_taken_hotkey_is_said_and_another_can_be_chosen(xserver: XServer) -> None:
    """A hotkey that another program holds is said in a panel; the shortcut of the settings works."""
    other = Display(xserver.display)
    keycode = other.keysym_to_keycode(XK.XK_g)
    other.screen().root.grab_key(keycode, X.ControlMask | X.Mod1Mask, False, X.GrabModeAsync, X.GrabModeAsync)
    other.sync()
    with AppProcess(xserver, Settings(engine="fake")) as app:
        app.start()
        wait_until(app.panel_up, "the sentence")
        assert "Ctrl+Alt+G is already taken by another program" in app.log.read_text()
        app.look("taken")
    with AppProcess(xserver, Settings(engine="fake", hotkeys={"text": "Ctrl+Alt+Y"})) as app:
        app.start()
        app.press("ctrl+alt+y")
        app.wait_for_overlay()
        app.press("Escape")
    other.close()


def test_several_panels_stay_when_set_so(xserver: XServer) -> None:
    """Panels stay beside each other where the user wants that."""
    with AppProcess(xserver, Settings(engine="fake", pin_panels=True)) as app:
        app.start()
        for count in (1, 2, 3):
            app.begin_by_hotkey()
            app.drag((100 * count, 100), (100 * count + 80, 160))
            wait_until(partial(_panels_are, app, count), f"{count} panels")


def _panels_are(app: AppProcess, count: int) -> bool:
    return len(app.windows()) == count


def test_broken_settings_are_said_and_kept(xserver: XServer) -> None:
    """Broken settings do not stop the app: it says so, keeps the file, and runs."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        file = app.home / "config" / "shotglass" / "settings.json"
        file.write_text('{"engine": "fake", "auto_copy": "perhaps"}')
        app.start()
        wait_until(app.panel_up, "the sentence")
        assert file.with_suffix(".json.bak").read_text() == '{"engine": "fake", "auto_copy": "perhaps"}'
        app.begin_by_hotkey()
        app.press("Escape")


def test_killed_x_server() -> None:
    """When the X server dies the app says so in one sentence and ends with 1."""
    with XServer(bare=True) as server, AppProcess(server, Settings(engine="fake")) as app:
        app.start()
        server.kill()
        assert app.wait() == 1
        assert app.stderr.count("\n") == 1
        assert "The display server has gone" in app.stderr


def test_without_a_tray_a_panel_says_how_to_go_on() -> None:
    """Where no tray exists the app opens a panel at its start, and a second start leaves it open."""
    with XServer(bare=True) as server, AppProcess(server, Settings(engine="fake")) as app:
        app.start()
        wait_until(app.panel_up, "the panel")
        app.look("no_tray")
        assert app.command().returncode == 0
        assert app.panel_up()


def test_no_display() -> None:
    """Without a desktop the app says what works there."""
    with AppProcess(XServer(bare=True)) as app:
        app.environment = {k: v for k, v in app.environment.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        done = app.command()
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "shotglass text FILE" in done.stderr


def test_qt_calls_leave_none_alone() -> None:
    """Calls into Qt leave the reference count of None alone (PySide6 6.12 broke this on Python 3.11)."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _round in range(1000):
        thing.setObjectName("name")
    assert sys.getrefcount(None) >= before - 10


def test_a_model_comes_from_the_panel(xserver: XServer, server: HubServer) -> None:
    """Asked for by keyboard; quitting in the middle keeps what came, the next start goes on there and uses it."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=1 << 20)]
    with AppProcess(xserver, Settings(engine="ocr")) as app, page(app):
        app.program = ["-m", "tests.driven_app"]
        folder = app.home / "data" / "shotglass" / "models" / "Qwen2.5-VL-3B-Instruct"
        part = folder / f"{FIRST}.part"
        app.start()
        _agree_to_a_download(app)
        wait_until(lambda: part.exists() and part.stat().st_size > 1 << 19, "the first bytes")
        app.look("download")
        assert app.quit() == 0
        assert not server.open.is_set()
        assert app.stderr == ""
        kept = part.stat().st_size
        assert kept > 1 << 19
        server.served.clear()
        app.process = app.spawn()
        wait_until(lambda: app.log.read_text().count("desktop.app: started") == 2, "the second start")
        _agree_to_a_download(app)
        settings = SettingsFile(app.home / "config" / "shotglass" / "settings.json")
        wait_until(lambda: settings.load()[0] == Settings(model="3b"), "the model to be used")
        assert [served.start for served in server.served_of(FIRST)] == [kept]
        assert (folder / FIRST).read_bytes() == server.files[FIRST]


def _agree_to_a_download(app: AppProcess) -> None:
    """Ask for a description, follow the link of the refusal, and say yes where the keyboard stands then."""
    before = len(app.log.read_text())
    app.begin_by_hotkey()
    app.drag_over_page()
    app.wait_for_panel()
    app.press("alt+2")
    wait_until(lambda: "asked describe" in app.log.read_text()[before:], "the question")
    app.follow(GET_MODEL_LINK)
    wait_until(lambda: "keyboard in Download" in app.log.read_text()[before:], "the offer")
    app.press("space")
