"""A panel that is opened with conversations that were kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.job import Job, Shot, State, Task, Update
from desktop.panel.conversation import Conversation
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from tests.panel.opened import clipboard, text_of
from tests.patient_bot import wait_exposed

TASKS = {task.id: task for task in read_tasks([paths.resources() / "tasks"])[0]}
SHOT = Shot(40, 20, bytes(40 * 20 * 3))


def kept(task: Task, text: str, question: str = "") -> Conversation:
    """A conversation that ended some time ago."""
    job = Job(SHOT, task, question=question, chosen={"language": "Dutch"} if task.id == "translate" else {})
    return Conversation(job, Update(job.id, State.DONE, text, engine="Old engine", seconds=1.0))


@pytest.fixture
def panels(qtbot: QtBot) -> Panels:
    """Panels with a model and a person who likes texts on the clipboard."""
    return Panels(Manner(list(TASKS.values()), has_model=True), lambda _image: SHOT)


def asked_of(panels: Panels) -> list[Job]:
    asked: list[Job] = []
    panels.asked.connect(asked.append)
    return asked


def answered_of(panels: Panels) -> list[Conversation]:
    answered: list[Conversation] = []
    panels.answered.connect(answered.append)
    return answered


def test_it_shows_what_was_said_beside_the_pointer(panels: Panels, qtbot: QtBot) -> None:
    """Without asking the engine anything, and without touching the clipboard."""
    asked = asked_of(panels)
    before = clipboard()
    QCursor.setPos(500, 300)
    panels.reopen([kept(TASKS["text"], "The quick brown fox")])
    (panel,) = panels._open
    wait_exposed(panel)
    assert text_of(panel).toPlainText() == "The quick brown fox"
    assert panel.header.title.text() == "Text"
    assert "Old engine" in panel.header.status.text()
    assert 500 < panel.x() < 540
    assert (asked, clipboard()) == ([], before)
    panels.close_all()


def test_it_goes_on_where_it_ended(panels: Panels, qtbot: QtBot) -> None:
    """A question follows the kept turns and keeps their key; another task runs on the same picture."""
    asked, answered = asked_of(panels), answered_of(panels)
    talk = kept(TASKS["text"], "The quick brown fox")
    panels.reopen([talk])
    panel = panels._open[0]
    wait_exposed(panel)
    QTest.keyClicks(panel.question, "Which colour?")
    QTest.keyClick(panel.question, Qt.Key.Key_Return)
    assert asked[-1].earlier == talk.job.turns("The quick brown fox")
    assert asked[-1].shot is SHOT
    panels.show_update(Update(asked[-1].id, State.DONE, "Brown."))
    assert [(talk.key, talk.newest_answer) for talk in answered] == [(talk.key, "Brown.")]
    panel.tasks.picked.emit("describe")
    assert (asked[-1].task.id, asked[-1].earlier) == ("describe", ())
    panels.show_update(Update(asked[-1].id, State.DONE, "A fox."))
    assert answered[-1].key != talk.key
    panels.close_all()


def test_other_tasks_have_what_they_said(panels: Panels, qtbot: QtBot) -> None:
    """Their conversations are where their buttons lead, with their choices."""
    asked = asked_of(panels)
    panels.reopen([kept(TASKS["text"], "The fox"), kept(TASKS["translate"], "De vos")])
    panel = panels._open[0]
    panel.tasks.picked.emit("translate")
    assert text_of(panel).toPlainText() == "De vos"
    assert panel.talks is not None
    assert panel.talks.chosen == {"language": "Dutch"}
    assert asked == []
    panels.close_all()


def test_a_task_that_is_no_longer_there_still_shows(panels: Panels, qtbot: QtBot) -> None:
    old = replace(TASKS["text"], id="poem", title="Poem")
    panels.reopen([kept(old, "Roses are red")])
    panel = panels._open[0]
    assert panel.header.title.text() == "Poem"
    assert text_of(panel).toPlainText() == "Roses are red"
    panels.close_all()


def test_a_conversation_is_open_once(panels: Panels, qtbot: QtBot) -> None:
    """Two panels of the same one would overwrite each other; it comes up again where it is."""
    talk, other = kept(TASKS["text"], "The fox"), kept(TASKS["text"], "The dog")
    panels.keep_open = True
    for each in (talk, other, talk):
        panels.reopen([each])
    assert len(panels._open) == 2
    panels.close_all()


def test_answers_that_were_stopped_are_told_too(panels: Panels, qtbot: QtBot) -> None:
    """As far as they came; those that failed, or said nothing, are not."""
    asked, answered = asked_of(panels), answered_of(panels)
    for state, text in (
        (State.RUNNING, "The"),
        (State.CANCELLED, "The quick"),
        (State.CANCELLED, ""),
        (State.FAILED, ""),
        (State.DONE, ""),
    ):
        panels.open_shot(SHOT, "text")
        panels.show_update(Update(asked[-1].id, state, text, error="No."))
    assert [talk.newest_answer for talk in answered] == ["The quick"]
    panels.close_all()


def test_the_history_is_asked_for_by_key(panels: Panels, qtbot: QtBot) -> None:
    panels.open_shot(SHOT, "text")
    panel = panels._open[0]
    qtbot.waitUntil(panel.isActiveWindow)
    with qtbot.waitSignal(panels.history_asked):
        QTest.keyClick(panel.view, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    panels.close_all()
