"""Getting a model from a panel: asked first, shown while it comes, stopped, gone on with; hubs on loopback."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.api import NEEDS_MODEL
from desktop.engine.tasks import read_tasks
from desktop.job import Job, Shot, State, Update
from desktop.model_offer import offer_best
from desktop.model_thread import ModelThread
from desktop.model_work import ModelWork, Stage
from desktop.panel.manner import Manner
from desktop.panel.message import GET_MODEL_LINK
from desktop.panel.panel import Panel
from desktop.panel.panels import Panels
from desktop.settings import Settings
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.patient_bot import wait_exposed

SHOT = Shot(40, 20, bytes(40 * 20 * 3))
SLOW = Fault(pause_s=0.05)


class Desk:
    """Panels joined with a thread for models as the app joins them."""

    def __init__(self, qtbot: QtBot, has_model: bool = False) -> None:
        tasks, _problems = read_tasks([paths.resources() / "tasks"])
        self.qtbot = qtbot
        self.thread = ModelThread()
        self.panels = Panels(Manner(tasks, has_model), pasted_shot)
        self.panels.keep_open = True
        self.thread.changed.connect(self.panels.show_work)
        self.panels.work_agreed.connect(partial(self.thread.begin, settings=Settings()))
        self.panels.work_halted.connect(self.thread.halt)
        self.panels.link_clicked.connect(self.links)
        self.panels.asked.connect(self.refuse)

    def links(self, link: str) -> None:
        if link == GET_MODEL_LINK:
            self.panels.show_work(offer_best(Settings()))

    def refuse(self, job: Job) -> None:
        sentence = NEEDS_MODEL.format(task=job.task.title)
        self.panels.show_update(Update(job.id, State.FAILED, error=sentence))

    def open(self) -> Panel:
        """A panel whose task needs the model."""
        self.panels.open_shot(SHOT, "describe")
        panel = self.panels._open[-1]
        wait_exposed(panel)
        return panel

    def offered(self) -> Panel:
        """A panel that offers the download, reached by the keyboard alone."""
        panel = self.open()
        self.qtbot.waitUntil(panel.view.hasFocus)
        while not (panel.message.hasFocus() and panel.message.hasSelectedText()):
            QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert panel.message.selectedText() == "Get the model…"
        QTest.keyClick(panel.message, Qt.Key.Key_Return)
        assert panel.strip.isVisible()
        return panel

    def wait_for(self, stage: Stage) -> None:
        self.qtbot.waitUntil(lambda: self.thread.work.stage is stage)


@pytest.fixture
def desk(qtbot: QtBot, server: HubServer) -> Iterator[Desk]:
    """No panel yet, and no model."""
    desk = Desk(qtbot)
    yield desk
    desk.panels.close_all()
    assert desk.thread.stop(60_000)


def test_nothing_comes_without_a_yes(desk: Desk, server: HubServer) -> None:
    """The offer is read and declined; no hub hears of it."""
    panel = desk.offered()
    assert panel.strip.title.text() == "Download Qwen2.5-VL-3B-Instruct?"
    assert "7.5 GB from Hugging Face" in panel.strip.words.text()
    QTest.mouseClick(panel.strip.leave, Qt.MouseButton.LeftButton)
    assert not panel.strip.isVisible()
    assert server.served == []
    assert desk.thread.work.stage is Stage.IDLE


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_yes_by_keyboard_brings_the_model(desk: Desk, server: HubServer, key: Qt.Key) -> None:
    """With a bar that moves while the hub holds the rest back; at the end the hook is called once."""
    done: list[ModelWork] = []
    desk.thread.changed.connect(lambda work: done.append(work) if work.stage is Stage.DONE else None)
    server.faults["*", FIRST] = [SLOW]
    server.faults["*", SECOND] = [Fault(action=server.stall, after=1)]
    panel = desk.offered()
    desk.qtbot.waitUntil(panel.strip.agree.hasFocus)
    QTest.keyClick(panel.strip.agree, key)
    desk.qtbot.waitUntil(lambda: panel.strip.bar.isVisible() and 0 < panel.strip.bar.value() < 1000)
    desk.qtbot.waitUntil(lambda: "/s, " in panel.strip.words.text())
    assert panel.strip.leave.text() == "Stop"
    server.open.set()
    desk.wait_for(Stage.DONE)
    assert [(work.verb, work.model) for work in done] == [("download", "3b")]
    assert not panel.strip.bar.isVisible()
    QTest.mouseClick(panel.strip.leave, Qt.MouseButton.LeftButton)
    assert not panel.strip.isVisible()


def test_stop_and_go_on(desk: Desk, server: HubServer) -> None:
    """The same strip stops it, says so, and goes on where it was."""
    server.faults["*", FIRST] = [Fault(pause_s=0.02, action=server.stall, after=5 << 19)]
    panel = desk.offered()
    panel.strip.agree.click()
    desk.qtbot.waitUntil(lambda: panel.strip.bar.value() > 300)
    QTest.mouseClick(panel.strip.leave, Qt.MouseButton.LeftButton)
    desk.wait_for(Stage.ENDED)
    assert "what came is kept" in panel.strip.words.text()
    assert panel.strip.agree.text() == "Go on"
    QTest.mouseClick(panel.strip.agree, Qt.MouseButton.LeftButton)
    desk.wait_for(Stage.DONE)
    assert server.served_of(FIRST)[-1].start > 0


def test_a_failure_is_said_in_full(desk: Desk, server: HubServer) -> None:
    """The panel grows until the sentence fits, and stays on the screen."""
    server.faults["*", "list"] = [Fault(status=404)] * 2
    panel = desk.offered()
    bottom = panel.screen().availableGeometry().bottom()
    panel.move(panel.x(), bottom - panel.height())
    panel.strip.agree.click()
    desk.wait_for(Stage.ENDED)
    assert "Hugging Face answers 404 and ModelScope answers 404" in panel.strip.words.text()
    desk.qtbot.waitUntil(lambda: panel.strip.words.height() >= panel.strip.words.heightForWidth(427))
    assert panel.geometry().bottom() <= bottom


def test_it_goes_on_without_its_panel(desk: Desk, server: HubServer) -> None:
    """Closing the panel stops nothing; a new panel shows the download at once, one with nothing to show does not."""
    server.faults["*", FIRST] = [Fault(action=server.stall, after=1 << 20)]
    panel = desk.offered()
    panel.strip.agree.click()
    panel.close()
    assert desk.thread.work.running
    later = desk.open()
    assert later.strip.isVisible()
    assert later.strip.title.text() == "Downloading Qwen2.5-VL-3B-Instruct"
    server.open.set()
    desk.wait_for(Stage.DONE)
    assert not desk.open().strip.isVisible()


def test_every_panel_shows_it_but_only_one_is_asked(desk: Desk, server: HubServer) -> None:
    other = desk.open()
    panel = desk.offered()
    assert not other.strip.isVisible()
    server.faults["*", FIRST] = [SLOW]
    panel.strip.agree.click()
    assert other.strip.isVisible()
    assert other.strip.title.text() == panel.strip.title.text()


def test_panels_with_a_model_show_nothing(qtbot: QtBot, server: HubServer) -> None:
    """Another model that comes is no business of theirs."""
    desk = Desk(qtbot, has_model=True)
    panel = desk.open()
    desk.panels.show_work(ModelWork("download", "3b", "A model", Stage.RUNNING, "1 GB of 2 GB", 0.5))
    assert not panel.strip.isVisible()
    desk.panels.close_all()


def test_what_the_model_was_got_for_is_asked_once_it_is_there(desk: Desk, server: HubServer) -> None:
    """Where it was seen to come and nowhere else: no other picture is asked about by itself."""
    other = desk.open()
    panel = desk.offered()
    panel.strip.agree.click()
    desk.wait_for(Stage.DONE)
    other.strip.dismiss()
    asked: list[Job] = []
    desk.panels.asked.disconnect(desk.refuse)
    desk.panels.asked.connect(asked.append)
    desk.panels.set_has_model(True)
    assert [(job.shot, job.task.id) for job in asked] == [(SHOT, "describe")]
    assert panel.busy
    assert not panel.strip.isVisible()
    assert not other.busy
    desk.panels.set_has_model(True)
    assert len(asked) == 1
