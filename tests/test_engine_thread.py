"""The border to Qt: Updates arrive on the GUI thread and in order, and the thread ends in time."""

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.engine.api import Phase, Progress, Status
from desktop.engine.fake import SENTENCE, FakeEngine
from desktop.engine_thread import EngineThread
from desktop.job import State, Update
from tests.engine.sessions import PreparingEngine, StuckEngine, make_job
from tests.threads import python_threads


def test_updates_arrive_on_the_gui_thread(qtbot: QtBot) -> None:
    """Every Update and Status is delivered where windows may be touched."""
    thread = EngineThread(FakeEngine())
    said: list[tuple[Update, QThread]] = []
    reported: list[tuple[Status, QThread]] = []
    thread.updated.connect(lambda update: said.append((update, QThread.currentThread())))
    thread.reported.connect(lambda status: reported.append((status, QThread.currentThread())))
    thread.start()
    thread.submit(make_job())
    qtbot.waitUntil(lambda: bool(said) and said[-1][0].state is State.DONE)
    qtbot.waitUntil(lambda: reported[-1][0].phase is Phase.READY)
    assert thread.stop(60_000)
    assert {where for _, where in [*said, *reported]} == {QThread.currentThread()}
    assert said[-1][0].text == SENTENCE


def test_nothing_follows_a_cancel(qtbot: QtBot) -> None:
    """An Update that was on its way when the user cancelled does not arrive after CANCELLED."""
    engine = StuckEngine()
    thread = EngineThread(engine)
    states: list[State] = []
    thread.updated.connect(lambda update: states.append(update.state))
    thread.start()
    job = make_job()
    thread.submit(job)
    assert engine.stuck.wait(60)  # RUNNING has been said, and the GUI has not looked yet
    thread.cancel(job.id)
    qtbot.waitUntil(lambda: State.CANCELLED in states)
    thread.stop(60_000)
    qtbot.wait(50)
    assert states[0] is State.QUEUED
    assert states[-1] is State.CANCELLED
    assert states.count(State.CANCELLED) == 1


def test_submit_and_cancel_return_at_once(qtbot: QtBot) -> None:
    """The GUI never waits for the engine, which is still in its step when all is said."""
    engine = StuckEngine(heeds=False)
    thread = EngineThread(engine)
    thread.start()
    first = make_job()
    thread.submit(first)
    assert engine.stuck.wait(60)
    thread.submit(make_job())
    thread.prepare(first.shot)
    thread.cancel(first.id)
    assert engine.holding
    engine.release.set()
    assert thread.stop(60_000)


def test_a_picture_is_prepared_until_it_is_forgotten(qtbot: QtBot) -> None:
    """Both orders reach the engine on its own thread, and stopping closes what is open."""
    engine = PreparingEngine()
    thread = EngineThread(engine)
    thread.start()
    for _round in range(2):
        thread.prepare(make_job().shot)
        qtbot.waitUntil(lambda: engine.stepped["screen"] > 0)
        thread.forget(make_job().shot)
        qtbot.waitUntil(lambda: engine.story[-1] == "close screen")
        engine.stepped.clear()
    thread.prepare(make_job().shot)
    qtbot.waitUntil(lambda: engine.stepped["screen"] > 0)
    assert thread.stop(60_000)
    assert engine.story == ["begin screen", "close screen"] * 3


def test_stop_ends_a_stuck_engine_and_leaves_no_thread(qtbot: QtBot) -> None:
    """A running job is cancelled and the thread is gone."""
    before = python_threads()
    engine = StuckEngine()
    thread = EngineThread(engine)
    thread.start()
    thread.submit(make_job())
    assert engine.stuck.wait(60)
    assert thread.stop(60_000)
    assert thread.isFinished()
    assert engine.was_woken
    assert python_threads() <= before


def test_stop_says_when_the_engine_does_not_end(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """An engine that is deaf does not hold the GUI longer than the bound."""
    engine = StuckEngine(heeds=False)
    thread = EngineThread(engine)
    thread.start()
    thread.submit(make_job())
    assert engine.stuck.wait(60)
    assert not thread.stop(timeout_ms=100)
    assert engine.holding
    assert "did not stop within 100 ms" in caplog.text
    engine.release.set()
    assert thread.wait(60_000)


def test_stop_before_start_is_harmless(qtbot: QtBot) -> None:
    """A thread that never began ends at once, and one that begins after it loads nothing."""
    loaded: list[str] = []

    class Watched(FakeEngine):
        def load(self, _progress: Progress) -> None:
            loaded.append("loaded")

    thread = EngineThread(Watched())
    assert thread.stop(60_000)
    thread.start()
    assert thread.wait(60_000)
    assert loaded == []
