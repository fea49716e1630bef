"""The language is changed in the preferences of the running app, and everything that stands there speaks it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.settings import Settings, SettingsFile
from tests.app_process import AppProcess
from tests.xserver import XServer, wait_until

ONE_OF_EACH = {"windows": 1, "menus": 1, "trays": 1, "icons": 1, "panels": 0}


@pytest.fixture
def app(xserver: XServer) -> Iterator[AppProcess]:
    """An app that tells what it shows."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        app.program = ["-m", "tests.speaking_app"]
        app.start()
        yield app


def do(app: AppProcess, deed: str) -> dict[str, Any]:
    """Do something in the app; what it shows then."""
    app.say(deed)
    assert app.process is not None
    assert app.process.stdout is not None
    told: dict[str, Any] = json.loads(app.process.stdout.readline())
    return told


def test_a_language_is_chosen_and_left(app: AppProcess) -> None:
    """Tray and preferences are made anew, on the same page and as they were; nothing of the old ones stays."""
    english = do(app, "page 4")
    assert (english["page"], english["preferences"]) == ("Models", "Shotglass preferences")
    assert do(app, "pause")["paused"]
    do(app, "history")
    for _round in range(3):
        chinese = do(app, "language zh_CN")
        assert SettingsFile(app.settings).load()[0].language == "zh_CN"
        assert (chinese["page"], chinese["preferences"]) == ("模型", "Shotglass 设置")
        assert {"退出", "截图：文本", "隐私模式：不保留历史记录"} <= set(chinese["tray"])
        assert "就绪" in chinese["tip"]
        assert (chinese["title"], chinese["history"]) == ("文本", "Shotglass history")
        assert (chinese["shown"], chinese["docked"], chinese["paused"]) == (True, True, True)
        assert chinese["alive"] == ONE_OF_EACH
        assert do(app, "history")["history"] == "Shotglass 历史记录"
        again = do(app, "language en")
        assert {**again, "history": ""} == {**english, "paused": True, "history": ""}
        assert do(app, "history")["history"] == "Shotglass history"
    app.press("ctrl+alt+g")
    assert not app.overlays()  # paused before, and still


def test_an_open_window_keeps_its_words_until_it_is_closed(app: AppProcess) -> None:
    do(app, "open")
    assert do(app, "language zh_CN")["history"] == "Shotglass history"
    assert do(app, "open")["history"] == "Shotglass history"
    do(app, "history")
    assert do(app, "open")["history"] == "Shotglass 历史记录"


def test_panels_of_the_other_language_are_not_used_again(app: AppProcess) -> None:
    """The last one still opens with its answer; the next picture has a new one, and the old one is gone."""

    def capture() -> int:
        app.begin_by_hotkey()
        app.drag_over_page()
        wait_until(lambda: app.panel_up() and not app.overlays(), "the panel in the place of the overlay")
        return int(do(app, "panel")["panel"])

    first = capture()
    assert capture() == first
    app.close_panel()
    do(app, "language zh_CN")
    app.command()  # a second start opens the last panel
    assert do(app, "panel")["panel"] == first
    assert capture() != first
    assert do(app, "panel")["alive"]["panels"] == 1
