"""The tray icon in a real tray host, clicked by a real pointer."""

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.api import Phase, Status
from desktop.engine.tasks import read_tasks
from desktop.history.entry import Answer
from desktop.model_work import ModelWork, Stage
from desktop.tray import Tray
from tests.xserver import XServer


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    """An icon that stands in the tray."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    tray = Tray(tasks, has_model=False)
    assert Tray.available()
    tray.show()
    qtbot.waitUntil(lambda: tray.icon.geometry().x() > 1000)  # before it is docked it stands at 0, 0
    yield tray
    tray.hide()
    tray.menu.deleteLater()


def click(tray: Tray, xserver: XServer, button: str) -> None:
    """Click on the icon."""
    centre = tray.icon.geometry().center()
    xserver.run("xdotool", "mousemove", str(centre.x()), str(centre.y()), "click", button)


def labels(menu: QMenu) -> list[str]:
    """The words of a menu."""
    return [action.text() for action in menu.actions() if action.text()]


def test_left_click_asks_for_the_panel(tray: Tray, qtbot: QtBot, xserver: XServer) -> None:
    """A click opens the last panel."""
    with qtbot.waitSignal(tray.panel_asked):
        click(tray, xserver, "1")


def test_menu_by_mouse_and_keyboard(tray: Tray, qtbot: QtBot, xserver: XServer) -> None:
    """A right click opens the menu; its entries can be chosen with the keyboard."""
    click(tray, xserver, "3")
    qtbot.waitUntil(tray.menu.isVisible)
    with qtbot.waitSignal(tray.quit_asked):
        xserver.run("xdotool", "key", "Up", "Return")


def test_entries(tray: Tray, qtbot: QtBot) -> None:
    """One capture entry a task; those that need the model are greyed without one."""
    assert labels(tray.menu)[1:3] == ["Capture: Text", "Capture: Describe"]
    actions = {action.text(): action for action in tray.menu.actions()}
    assert actions["Capture: Text"].isEnabled()
    assert not actions["Capture: Describe"].isEnabled()
    with qtbot.waitSignal(tray.capture_asked) as asked:
        actions["Capture: Text"].trigger()
    assert asked.args == ["text"]
    with qtbot.waitSignal(tray.hotkeys_paused) as paused:
        actions["Pause hotkeys"].trigger()
    assert paused.args == [True]


def test_changed_tasks_are_offered(tray: Tray, qtbot: QtBot) -> None:
    """New ones stand where the old ones did, as the engine can do them; nothing of the old ones stays."""
    text, describe = (task for task, _action in tray._tasks[:2])
    before = labels(tray.menu)
    tray.set_tasks([replace(describe, id="own", title="Q & A"), text])
    assert labels(tray.menu)[1:3] == ["Capture: Q && A", "Capture: Text"]
    assert labels(tray.menu)[3:] == before[1 + before.index("Capture: Ask") :]
    actions = {action.text(): action for action in tray.menu.actions()}
    assert not actions["Capture: Q && A"].isEnabled()
    tray.show_status(Status(Phase.READY, "Model"))
    with qtbot.waitSignal(tray.capture_asked) as asked:
        actions["Capture: Q && A"].trigger()
    assert asked.args == ["own"]


@pytest.mark.parametrize(("entry", "signal"), [("Read files…", "files_asked"), ("Read a folder…", "folder_asked")])
def test_many_pictures_are_a_click_away(tray: Tray, qtbot: QtBot, entry: str, signal: str) -> None:
    actions = {action.text(): action for action in tray.menu.actions()}
    with qtbot.waitSignal(getattr(tray, signal)):
        actions[entry].trigger()


@pytest.mark.parametrize("phase", list(Phase))
def test_states_look_different(tray: Tray, phase: Phase) -> None:
    """The icon and the menu tell how the engine is."""
    tray.show_status(Status(phase, "Test engine", "the reason"))
    assert labels(tray.menu)[0].startswith("Test engine: ")
    assert ("the reason" in tray.icon.toolTip()) == (phase is not Phase.LOADING)
    mine = tray.icon.icon().pixmap(64, 64).toImage()
    others = [icon.pixmap(64, 64).toImage() for other, icon in tray._icons.items() if other is not phase]
    assert all(mine != other for other in others)


FREE, LOAD, DESCRIBE = "Free the GPU", "Load the model", "Capture: Describe"


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status(Phase.LOADING, "Model"), {DESCRIBE}),
        (Status(Phase.READY, "Model", attention="sdpa"), {DESCRIBE, FREE}),
        (Status(Phase.BUSY, "Model", attention="sdpa"), {DESCRIBE, FREE}),
        (Status(Phase.READY, "Model at a server"), {DESCRIBE}),
        (Status(Phase.UNLOADED, "Model"), {DESCRIBE, LOAD}),
        (Status(Phase.FAILED, "Model", "No room."), {DESCRIBE, LOAD}),
        (Status(Phase.READY, "Embedded OCR", model=False), set()),
        (Status(Phase.READY, "Embedded OCR", "The model has no room.", model=False), {LOAD}),
    ],
)
def test_the_menu_offers_what_the_engine_can_do(tray: Tray, qtbot: QtBot, status: Status, offered: set[str]) -> None:
    """Tasks follow the engine; it can be freed while it is loaded here, and loaded while it is not."""
    tray.show_status(status)
    actions = {action.text(): action for action in tray.menu.actions() if action.isVisible() and action.isEnabled()}
    assert {FREE, LOAD, DESCRIBE} & actions.keys() == offered
    assert "Capture: Text" in actions
    for name, asked in ((FREE, tray.free_asked), (LOAD, tray.load_asked)):
        if name in offered:
            with qtbot.waitSignal(asked):
                actions[name].trigger()


def test_last_answers(tray: Tray, qtbot: QtBot) -> None:
    """The last answers can be copied again."""
    assert not tray._answers.isEnabled()
    last, first = Answer("Text", "second & last", "second & last"), Answer("Describe", "**first**", "first answer")
    tray.show_answers([last, first])
    assert [action.text() for action in tray._answers.actions()] == ["second && last", "first answer"]
    with qtbot.waitSignal(tray.answer_picked) as picked:
        tray._answers.actions()[1].trigger()
    assert picked.args == ["**first**"]


def test_the_history_is_asked_for(tray: Tray, qtbot: QtBot) -> None:
    actions = {action.text(): action for action in tray.menu.actions()}
    with qtbot.waitSignal(tray.history_asked):
        actions["History…"].trigger()


def test_private_is_switched_and_said(tray: Tray, qtbot: QtBot) -> None:
    """In the menu and beside the icon, whatever the engine does meanwhile."""
    private = next(action for action in tray.menu.actions() if action.text() == "Private: keep no history")
    for wanted in (True, False):
        with qtbot.waitSignal(tray.private_set) as told:
            private.trigger()
        assert told.args == [wanted]
        tray.show_private(wanted)
        tray.show_status(Status(Phase.READY, "Test engine"))
        assert private.isChecked() is wanted
        assert ("Private: no answer is kept" in tray.icon.toolTip()) is wanted


def test_a_preview_is_one_short_line() -> None:
    """Line breaks become spaces and the end is cut with an ellipsis."""
    assert Answer("Text", "", "two\n  lines").preview() == "two lines"
    preview = Answer("Text", "", "word " * 50).preview(12)
    assert preview == "word word w…"
    assert len(preview) == 12
    assert Answer("Text", "", "exactly ten").preview(11) == "exactly ten"
    assert Answer("Text", "", "你好" * 30).preview(5) == "你好你好…"


def test_a_download_is_shown_while_it_runs(tray: Tray, qtbot: QtBot) -> None:
    """Its entry leads to the models."""
    running = ModelWork("download", "3b", "Qwen2.5-VL-3B-Instruct", Stage.RUNNING, share=0.42)
    tray.show_work(running)
    entry = next(action for action in tray.menu.actions() if action.text().startswith("Downloading"))
    assert entry.text() == "Downloading Qwen2.5-VL-3B-Instruct: 42%"
    assert entry.isVisible()
    with qtbot.waitSignal(tray.models_asked):
        entry.trigger()
    tray.show_work(replace(running, stage=Stage.DONE))
    assert not entry.isVisible()


def test_where_pictures_go_is_told(tray: Tray) -> None:
    """In the menu and on the icon, while a server answers."""
    tray.show_status(Status(Phase.READY, "qwen at gpu.lan", place="gpu.lan"))
    action = next(action for action in tray.menu.actions() if action.text() == "Pictures are sent to gpu.lan")
    assert (action.isVisible(), action.isEnabled()) == (True, False)
    assert tray.icon.toolTip() == "Shotglass\nqwen at gpu.lan: ready\nPictures are sent to gpu.lan"
    tray.show_status(Status(Phase.READY, "Embedded OCR", model=False))
    assert not action.isVisible()
    assert tray.icon.toolTip() == "Shotglass\nEmbedded OCR: ready"


def test_the_last_panel_is_in_the_menu(tray: Tray, qtbot: QtBot) -> None:
    """Some trays open the menu at any click."""
    action = next(action for action in tray.menu.actions() if action.text() == "Open last panel")
    with qtbot.waitSignal(tray.panel_asked):
        action.trigger()


def test_the_menu_bar_of_macos(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its icon takes the colour of the bar, and a click opens the menu alone."""
    monkeypatch.setattr(sys, "platform", "darwin")
    tray = Tray([], has_model=False)
    assert tray.icon.icon().isMask()
    with qtbot.assertNotEmitted(tray.panel_asked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.retire()
