"""Nothing moves by itself where the user asks the desktop for rest, and a hidden window does nothing."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.batch_window import BatchWindow
from desktop.engine.tasks import read_tasks
from desktop.job import Task
from desktop.motion import Motion, still
from desktop.panel.manner import Manner
from desktop.panel.panel import Panel
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from tests.app_process import AppProcess
from tests.history.kept import picture
from tests.patient_bot import wait_exposed
from tests.portal.desktop import ScriptedDesktop
from tests.test_app_language import do
from tests.xserver import XServer, wait_until

EFFECTS = (Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu)
GNOME, NEWER = "org.gnome.desktop.interface enable-animations", "org.freedesktop.appearance reduced-motion"


class StillDesktop(ScriptedDesktop):
    """A desktop with those settings."""

    program = "tests.portal.still"


def test_the_app_follows_the_desktop(xserver: XServer) -> None:
    """From its start, and with every change, whichever of the two settings the desktop has."""
    with StillDesktop() as desktop, AppProcess(xserver, Settings(engine="fake")) as app:
        desktop.do(**{GNOME: False})
        app.environment |= {"DBUS_SESSION_BUS_ADDRESS": desktop.environment["DBUS_SESSION_BUS_ADDRESS"]}
        app.program = ["-m", "tests.speaking_app"]
        app.start()
        wait_until(partial(rests, app, True), "the rest")
        for change, still_now in (({GNOME: True}, False), ({NEWER: 1}, True), ({NEWER: 0}, False)):
            desktop.do(**change)
            wait_until(partial(rests, app, still_now), "the change")


def rests(app: AppProcess, rest: bool) -> bool:
    """Tell whether the app rests or moves as it should; the desktop's word comes to it in its own time."""
    return do(app, "look")["still"] is rest


def test_without_a_portal_things_move(xserver: XServer) -> None:
    """Nothing is started to ask."""
    with AppProcess(xserver, Settings(engine="fake")) as app:
        app.program = ["-m", "tests.speaking_app"]
        app.start()
        assert not do(app, "look")["still"]
        assert "DBus" not in app.log.read_text()


@pytest.fixture
def moving(qapp: QApplication) -> Iterator[QApplication]:
    """An application whose menus move."""
    for effect in EFFECTS:
        qapp.setEffectEnabled(effect)
    yield qapp
    for effect in EFFECTS:
        qapp.setEffectEnabled(effect, False)
    qapp.setProperty("still", None)


def test_effects_rest_and_come_back(moving: QApplication) -> None:
    motion = Motion(moving)
    for rest in (True, False):
        motion._be(still=rest)
        assert still() is rest
        assert [moving.isEffectEnabled(effect) for effect in EFFECTS] == [not rest] * 2


def at_work(window: QWidget) -> list[QObject]:
    """What would go on by itself, whether anybody looks or not."""
    timers = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    moving = [part for part in window.findChildren(QAbstractAnimation) if part.state() is part.State.Running]
    busy = [bar for bar in window.findChildren(QProgressBar) if bar.minimum() == bar.maximum()]
    return [*timers, *moving, *busy]


def make_panel(tasks: list[Task]) -> Panel:
    panel = Panel(Manner(tasks, has_model=True))
    panel.ask(picture(), "describe")
    return panel


@pytest.mark.parametrize(
    "make",
    [make_panel, lambda tasks: PreferencesWindow(Settings(), tasks), lambda _tasks: BatchWindow()],
    ids=["panel", "preferences", "batch"],
)
def test_a_hidden_window_rests(make: Callable[[list[Task]], QWidget], qtbot: QtBot) -> None:
    """No timer, no animation, no bar that goes round and round."""
    window = make(read_tasks([paths.resources() / "tasks"])[0])
    qtbot.addWidget(window)
    window.show()
    wait_exposed(window)
    window.hide()
    qtbot.waitUntil(lambda: not at_work(window))
