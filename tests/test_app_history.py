"""The history in the running app: what was answered is there after a restart and after a kill, or nowhere."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.history.search import Query
from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.history.kept import reading
from tests.xserver import XServer, wait_until

ANSWER = "The quick brown fox jumps over the lazy dog."


@pytest.fixture
def app(xserver: XServer) -> Iterator[AppProcess]:
    """An app whose engine answers at once; not started yet."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        yield app


def file_of(app: AppProcess) -> Path:
    return app.home / "data" / "shotglass" / "history.sqlite"


def answers(app: AppProcess) -> list[str]:
    """What is kept, newest first."""
    with reading(file_of(app)) as reader:
        return [answer.text for answer in reader.newest(10)]


def capture(app: AppProcess) -> None:
    """Take a picture and wait for its answer."""
    app.fill_clipboard("before")
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: app.clipboard() == ANSWER, "the answer")


def window(app: AppProcess) -> list[str]:
    return app.windows("^Shotglass history$")


def settings_of(app: AppProcess) -> str:
    """The file of the settings."""
    return (app.home / "config" / "shotglass" / "settings.json").read_text()


def copies(app: AppProcess) -> bool:
    """Tell whether Ctrl+C takes the answer from what has the keyboard."""
    app.press("ctrl+c")
    return app.clipboard() == ANSWER


def test_from_one_start_to_the_next(app: AppProcess) -> None:
    """Ctrl+H in a panel shows what was kept, Enter brings it back beside the pointer, and it is asked on."""
    app.start()
    capture(app)
    assert app.quit() == 0
    app.log.unlink()
    app.start()
    assert app.command().returncode == 0
    app.wait_for_panel()
    app.press("ctrl+h")
    app.wait_for_panel("Shotglass history")
    app.look("history")
    app.fill_clipboard("before")
    app.server.run("xdotool", "mousemove", "300", "300")
    app.type("brown fox")
    app.press("Return")
    wait_until(lambda: copies(app), "the panel with its answer")
    app.press("Tab")
    app.type("why?")
    app.press("Return")
    wait_until(lambda: len(exchanges(app)) == 2, "the next answer in the same entry")
    assert exchanges(app) == [("", ANSWER), ("why?", ANSWER)]


def exchanges(app: AppProcess) -> list[tuple[str, str]]:
    """What was asked and said in the only entry."""
    with reading(file_of(app)) as reader:
        (entry,) = reader.page(Query())
        return [(said.question, said.answer) for said in reader.exchanges(entry)]


def test_a_kill_loses_nothing_that_was_answered(app: AppProcess) -> None:
    app.start()
    capture(app)
    wait_until(lambda: file_of(app).exists() and answers(app) == [ANSWER], "the answer to be kept")
    assert app.process is not None
    os.kill(app.process.pid, signal.SIGKILL)
    assert app.wait() == -signal.SIGKILL
    assert answers(app) == [ANSWER]
    app.log.unlink()
    app.start()
    assert answers(app) == [ANSWER]


def test_quitting_at_once_keeps_the_answer(app: AppProcess) -> None:
    app.start()
    capture(app)
    assert app.quit() == 0
    assert answers(app) == [ANSWER]


def test_private_keeps_nothing(app: AppProcess) -> None:
    """No file is made, and the panel answers as ever; what follows is kept again."""
    app.program = ["-m", "tests.driven_app"]
    app.start()
    app.change(Settings(engine="fake", private=True))
    wait_until(lambda: "private" in settings_of(app), "the setting")
    capture(app)
    app.close_panel()
    assert not file_of(app).exists()
    app.change(Settings(engine="fake"))
    wait_until(lambda: "private" not in settings_of(app), "the setting")
    capture(app)
    wait_until(lambda: file_of(app).exists() and answers(app) == [ANSWER], "the answer to be kept")


def test_a_damaged_history_is_told_in_a_panel(app: AppProcess) -> None:
    file_of(app).parent.mkdir(parents=True)
    file_of(app).write_bytes(b"no database at all" * 100)
    app.start()
    wait_until(app.panel_up, "the sentence")
    app.look("history_damaged")
    wait_until(lambda: list(file_of(app).parent.glob("history-damaged-*.sqlite")), "the file to be set aside")
    app.close_panel()
    capture(app)
    wait_until(lambda: file_of(app).exists() and answers(app) == [ANSWER], "the answer to be kept")


def test_a_home_that_cannot_be_written_costs_no_answer(app: AppProcess) -> None:
    """One sentence; the panel and the clipboard have the answer."""
    file_of(app).parent.parent.mkdir(parents=True)
    file_of(app).parent.write_bytes(b"a file in the way")
    app.start()
    capture(app)
    wait_until(lambda: app.logged("cannot be written"), "the sentence")
    assert app.quit() == 0
