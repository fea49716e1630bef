"""The window of the first start: shown once, in nobody's way, with the shortcut and the model."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop import gpu
from desktop.gpu import Gpu
from desktop.hotkey.wayland import NOT_ALLOWED
from desktop.model_offer import offer_best
from desktop.model_work import ModelWork, Stage
from desktop.permission import Permission
from desktop.portal.desk import REFUSED
from desktop.settings import Settings, SettingsFile
from desktop.tray import NO_TRAY
from desktop.welcome import READY, Welcome
from tests.app_process import TEXT, AppProcess
from tests.command_line import make_picture
from tests.patient_bot import wait_exposed
from tests.portal.desktop import PortalDesktop
from tests.xserver import XServer, wait_until

TITLE = "^Welcome to Shotglass$"


@pytest.fixture
def app(xserver: XServer) -> Iterator[AppProcess]:
    """An app that is started for the first time."""
    with AppProcess(xserver) as app:
        yield app


def show(qtbot: QtBot, has_model: bool = False) -> Welcome:
    """The window on the screen."""
    window = Welcome("Ctrl+Alt+G", Settings(), has_model)
    qtbot.addWidget(window)
    window.show()
    wait_exposed(window)
    return window


def words(window: Welcome) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_without_a_gpu_it_says_what_works(qtbot: QtBot) -> None:
    """Nothing is offered that this computer cannot use; every sentence has its room."""
    window = show(qtbot)
    assert "an NVIDIA GPU of the RTX 30 series or newer with 6 GB or more of free memory" in words(window)
    assert not window.strip.isVisible()
    for label in window.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_mac_is_told_what_a_mac_can_have(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing unpacks weights of few bits, the smallest model needs more."""
    monkeypatch.setitem(gpu._KINDS, sys.platform, gpu._KINDS["darwin"])
    said = words(show(qtbot))
    assert "the GPU of Apple silicon under macOS 14 or newer with 10 GB or more of free memory" in said
    assert "NVIDIA" not in said
    assert "NVIDIA" not in offer_best(Settings()).words


def test_with_a_gpu_it_offers_the_model_that_fits(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its size; nothing comes before a yes, and people may go on without."""
    monkeypatch.setattr(gpu, "find_gpus", lambda: [Gpu("a card", 12.0, 11.0)])
    window = show(qtbot)
    agreed: list[ModelWork] = []
    window.agreed.connect(agreed.append)
    assert window.strip.title.text() == "Download Qwen2.5-VL-7B-Instruct-AWQ?"
    assert "6.9 GB from" in window.strip.words.text()
    assert window.strip.words.height() >= window.strip.words.heightForWidth(window.strip.words.width())
    QTest.mouseClick(window.strip.agree, Qt.MouseButton.LeftButton)
    assert [(work.model, work.stage) for work in agreed] == [("7b-awq", Stage.OFFERED)]
    QTest.mouseClick(window.strip.leave, Qt.MouseButton.LeftButton)
    assert not window.strip.isVisible()


def test_with_a_model_everything_works(qtbot: QtBot) -> None:
    assert READY in words(show(qtbot, has_model=True))


def test_the_shortcut_is_typed(qtbot: QtBot) -> None:
    """The hotkeys rest meanwhile; a refusal is said below."""
    window = show(qtbot)
    recording: list[bool] = []
    window.recording.connect(recording.append)
    window.keys.setFocus()
    qtbot.waitUntil(lambda: recording == [True])
    with qtbot.waitSignal(window.typed) as typed:
        QTest.keyClick(window.keys, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert typed.args == ["Ctrl+Alt+Y"]
    assert recording[-1] is False
    window.show_refusals({"text": "Ctrl+Alt+Y is already taken by another program."})
    assert "already taken" in words(window)
    window.show_refusals({})
    assert "already taken" not in words(window)


def test_nothing_is_said_of_permissions_where_nobody_is_asked(qtbot: QtBot) -> None:
    window = show(qtbot)
    assert not window.pictures.isVisible()
    assert not window.shortcuts.isVisible()


def test_a_permission_is_asked_for_by_its_button(qtbot: QtBot) -> None:
    """Its line says how it stands; what to do after a no has its room, and the button stays until the yes."""
    window = show(qtbot)
    line = window.pictures
    window.show_permission(line, Permission())
    assert "Pictures of the screen: not allowed yet" in words(window)
    with qtbot.waitSignal(line.asked):
        QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
    window.show_permission(line, Permission(trouble=REFUSED))
    assert f"Pictures of the screen: {REFUSED}" in words(window)
    qtbot.waitUntil(lambda: line.words.height() >= line.words.heightForWidth(line.words.width()))
    assert line.button.isVisible()
    window.show_permission(line, Permission(allowed=True))
    assert "Pictures of the screen: allowed" in words(window)
    assert not line.button.isVisible()


def test_the_desktop_asks_at_the_buttons_and_not_before(
    app: AppProcess, portals: PortalDesktop, tmp_path: Path
) -> None:
    """On a desktop with portals; a no can be asked again, and the shortcut works once it is allowed."""
    app.program = ["-m", "tests.driven_app"]
    address = portals.environment["DBUS_SESSION_BUS_ADDRESS"]
    app.environment |= {"WAYLAND_DISPLAY": "x", "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": address}
    app.start()
    app.say("greet")
    wait_until(lambda: app.shows("Shortcuts: not allowed yet"), "the line of the shortcuts")
    wait_until(lambda: app.shows("Pictures of the screen: not allowed yet"), "the line of the pictures")
    assert app.shows(NO_TRAY)
    app.look("welcome_asks")
    assert [portals.asked(name) for name in ("BindShortcuts", "AccessDialog", "Screenshot")] == [[], [], []]

    portals.do(deny=1)
    app.click("Allow shortcuts…")
    wait_until(lambda: app.shows(f"Shortcuts: {NOT_ALLOWED}"), "the no")
    assert not app.panel_up()
    portals.do(deny=0, picture=str(make_picture(tmp_path / "screen.png")))
    app.click("Allow shortcuts…")
    app.click("Allow pictures of the screen…")
    for line in ("Shortcuts: allowed", "Pictures of the screen: allowed"):
        wait_until(partial(app.shows, line), line)
    app.look("welcome_allowed")
    assert [len(portals.asked(name)) for name in ("BindShortcuts", "AccessDialog", "Screenshot")] == [2, 1, 1]
    assert not (tmp_path / "screen.png").exists()


def test_it_comes_once_and_blocks_no_capture(app: AppProcess) -> None:
    """The hotkey works while it is open; the second start says nothing."""
    app.start()
    wait_until(lambda: app.windows(TITLE), "the welcome")
    app.look("welcome")
    page = app.show_page()
    app.begin_by_hotkey()
    app.drag_over_page()
    wait_until(lambda: app.clipboard() == TEXT, "the text on the clipboard")
    page.terminate()
    page.wait()
    assert app.quit() == 0
    settings = app.home / "config" / "shotglass" / "settings.json"
    assert SettingsFile(settings).load() == (Settings(), [])
    app.log.unlink()
    app.start()
    with pytest.raises(AssertionError, match="in vain"):
        wait_until(lambda: app.windows(TITLE), "the welcome", 2)


def test_it_waits_for_a_capture_to_end(app: AppProcess) -> None:
    """An app that is started by `shotglass capture` does not put a window into the picture."""
    assert app.command("capture").returncode == 0
    app.wait_for_overlay()
    with pytest.raises(AssertionError, match="in vain"):
        wait_until(lambda: app.windows(TITLE), "the welcome", 2)
    app.press("Escape")
    wait_until(lambda: app.windows(TITLE), "the welcome")


@pytest.fixture
def welcomed(app: AppProcess) -> AppProcess:
    """The same with the keyboard in its welcome."""
    app.start()
    wait_until(lambda: app.windows(TITLE), "the welcome")
    app.server.run("xdotool", "search", "--onlyvisible", "--name", TITLE, "windowactivate", "--sync")
    return app


def test_another_shortcut_holds_at_once(welcomed: AppProcess) -> None:
    """Typed into the window, it is kept and begins a capture."""
    welcomed.press("Tab", "ctrl+alt+y")
    settings = SettingsFile(welcomed.home / "config" / "shotglass" / "settings.json")
    wait_until(lambda: settings.load()[0].hotkeys == {"text": "Ctrl+Alt+Y"}, "the shortcut to be kept")
    welcomed.press("ctrl+alt+y")
    welcomed.wait_for_overlay()
    welcomed.press("Escape")


def test_it_can_be_tried_by_a_button(welcomed: AppProcess) -> None:
    """It has the keyboard; the window makes room for the capture."""
    welcomed.press("space")
    welcomed.wait_for_overlay()
    assert not welcomed.windows(TITLE)
    welcomed.press("Escape")
