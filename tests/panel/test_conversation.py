"""Talking with the model in a panel, by real keys on a real X server."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.job import Shot, State, Turn
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from tests.panel.opened import SHOT, Open, clipboard, text_of

TASKS = {task.id: task for task in read_tasks([paths.resources() / "tasks"])[0]}
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    """No panels yet, but a model that answers; all are closed after the test."""
    panels = Panels(Manner(list(TASKS.values()), has_model=True), pasted_shot)
    yield panels
    panels.close_all()


@pytest.fixture
def described(panels: Panels, qtbot: QtBot) -> Open:
    """A panel in which a description stands."""
    opened = Open(panels, qtbot, "describe").with_keyboard()
    opened.answer(State.DONE, "A table.", words="a table")
    return opened


def test_ask_waits_for_the_question(panels: Panels, qtbot: QtBot) -> None:
    """With Ask nothing is asked before Enter, and the keyboard is where the question goes."""
    opened = Open(panels, qtbot, "ask")
    qtbot.waitUntil(opened.panel.question.hasFocus)
    assert opened.asked == []
    assert not opened.panel.busy
    opened.type("  ")
    assert opened.asked == []
    opened.type("How many?")
    assert [(job.task.id, job.question, job.earlier) for job in opened.asked] == [("ask", "How many?", ())]
    opened.answer(State.DONE, "Three.")
    assert text_of(opened.panel).toPlainText() == "› How many?\nThree."
    assert opened.panel.question.hasFocus()


def test_a_picture_whose_question_is_waited_for_is_told(panels: Panels, qtbot: QtBot) -> None:
    """However it came into the panel; one that is asked about at once is not, nor one without a model."""
    awaited: list[Shot] = []
    panels.awaited.connect(awaited.append)
    opened = Open(panels, qtbot, "text").with_keyboard()
    assert awaited == []
    opened.pick(9)
    assert awaited == [SHOT]
    opened.type("How many?")
    assert awaited == [SHOT]
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    opened.panel.deeds.paste()
    assert [shot.source for shot in awaited] == ["screen"]
    panels.manner = replace(panels.manner, tasks=[TASKS["ask"]])
    opened.panel.deeds.paste()
    assert [shot.source for shot in awaited] == ["screen", "pasted picture"]
    panels.set_has_model(False)
    opened.panel.deeds.paste()
    assert len(awaited) == 2


def test_follow_up_questions(described: Open) -> None:
    """Each question goes with all turns before it, in the model's own words; everything stays readable."""
    described.type("What colour?")
    first = Turn(TASKS["describe"], "", {}, "a table")
    assert (described.asked[-1].task.id, described.asked[-1].earlier) == ("ask", (first,))
    described.answer(State.RUNNING, "Bro")
    described.answer(State.DONE, "Brown.", words="brown")
    described.type("And how large?")
    assert list(described.asked[-1].earlier) == [first, Turn(TASKS["ask"], "What colour?", {}, "brown")]
    assert described.asked[-1].shot is SHOT
    described.answer(State.DONE, "Two metres.")
    assert text_of(described.panel).toPlainText() == "A table.\n› What colour?\nBrown.\n› And how large?\nTwo metres."
    assert described.panel.header.title.text() == "Describe"


def test_newest_answer_is_copied_and_everything_saved(described: Open, tmp_path: Path) -> None:
    """Ctrl+C takes the newest answer, also from the question box where nothing is selected in it."""
    described.type("What colour?")
    described.answer(State.DONE, "Brown.")
    QTest.keyClick(described.panel.question, KEY.Key_C, CTRL)
    assert clipboard() == "Brown."
    described.panel.deeds.save_to(tmp_path / "talk.txt", described.panel.view.formats()[0])
    assert (tmp_path / "talk.txt").read_text("utf-8") == "A table.\n\n› What colour?\nBrown.\n"
    QTest.keyClicks(described.panel.question, "mine")
    QTest.keyClick(described.panel.question, KEY.Key_A, CTRL)
    QTest.keyClick(described.panel.question, KEY.Key_C, CTRL)
    assert clipboard() == "mine"


def test_question_waits_while_an_answer_comes(described: Open) -> None:
    """Enter sends nothing while the engine answers; the words stay in the box, and go when it is pressed again."""
    described.type("What colour?")
    described.type("How large?")
    assert len(described.asked) == 2
    assert described.panel.question.text() == "How large?"
    described.answer(State.CANCELLED, "Bro")
    QTest.keyClick(described.panel.question, KEY.Key_Return)
    assert [turn.answer for turn in described.asked[-1].earlier] == ["a table", "Bro"]


def test_question_without_an_answer_is_forgotten(described: Open) -> None:
    """What failed before its first word is no part of what is asked next, and what was said before can be copied."""
    described.type("What colour?")
    described.answer(State.FAILED, error="It failed.")
    QTest.keyClick(described.panel.question, KEY.Key_C, CTRL)
    assert clipboard() == "A table."
    described.type("How large?")
    assert [turn.answer for turn in described.asked[-1].earlier] == ["a table"]
    assert text_of(described.panel).toPlainText() == "A table.\n› How large?"


def test_every_task_keeps_its_conversation(described: Open) -> None:
    """Another task begins its own; the first one's is there again, unasked; picked once more it begins anew."""
    described.type("What colour?")
    described.answer(State.DONE, "Brown.")
    described.pick(1)
    assert text_of(described.panel).toPlainText() == ""
    described.answer(State.DONE, "TABLE")
    asked = len(described.asked)
    described.pick(2)
    assert text_of(described.panel).toPlainText() == "A table.\n› What colour?\nBrown."
    assert described.panel.header.status.text() == "Test engine · 1.50 s"
    assert len(described.asked) == asked
    described.pick(2)
    assert described.asked[asked].task.id == "describe"
    assert described.asked[asked].earlier == ()
    described.pick(9)
    assert described.panel.question.hasFocus()
    assert described.panel.header.title.text() == "Ask"


def test_stopped_answer_is_there_again(described: Open) -> None:
    """A task that was left while it answered shows what it had said; one that had said nothing is asked again."""
    described.pick(1)
    job = described.asked[-1]
    described.answer(State.RUNNING, "TAB")
    described.pick(2)
    assert described.stopped == [job.id]
    described.pick(1)
    assert text_of(described.panel).toPlainText() == "TAB"
    assert described.asked[-1] is job
    described.pick(8)
    described.pick(1)
    described.pick(8)
    assert [job.task.id for job in described.asked[-2:]] == ["translate", "translate"]


def test_failed_job_can_be_tried_again(described: Open) -> None:
    """The link, reached by Tab and followed by Enter, asks the same as another job."""
    described.type("What colour?")
    failed = described.asked[-1]
    described.answer(State.FAILED, "Bro", error="The GPU ran out of memory.")
    assert text_of(described.panel).toPlainText().endswith("Bro")
    described.panel.message.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(described.panel.message, KEY.Key_Tab)
    QTest.keyClick(described.panel.message, KEY.Key_Return)
    again = described.asked[-1]
    assert again.id != failed.id
    assert (again.task, again.question, again.earlier) == (failed.task, failed.question, failed.earlier)
    assert not described.panel.message.isVisible()


def test_reduced_picture_can_be_read_at_full_size(described: Open) -> None:
    """The note of a reduced picture leads to the same job at full size, and so do the questions that follow."""
    described.answer(State.DONE, "A table.", note="Read at 1,288 × 728 to fit the GPU's memory.", reduced=True)
    assert "Read at full size" in described.panel.message.text()
    described.panel.message.linkActivated.emit("shotglass:full-size")
    assert (described.asked[-1].task.id, described.asked[-1].full_size) == ("describe", True)
    described.answer(State.DONE, "A table.")
    described.type("What colour?")
    assert described.asked[-1].full_size


def test_details_open_and_close_by_key(described: Open, qtbot: QtBot) -> None:
    """The button is there where there are details; what is open stays open for the next answer."""
    header = described.panel.header
    assert not header.info.isVisible()
    described.answer(State.DONE, "A table.", details="Attention: Triton.")
    assert header.info.isVisible()
    assert header.info.accessibleName()
    assert not header.details.isVisible()
    QTest.keyClick(described.panel.view, KEY.Key_I, CTRL)
    qtbot.waitUntil(header.details.isVisible)
    assert header.details.text() == "Attention: Triton."
    described.type("What colour?")
    assert not header.details.isVisible()
    described.answer(State.RUNNING, "Bro", details="Attention: SDPA.")
    assert not header.details.isVisible(), "nothing moves while it is written"
    described.answer(State.CANCELLED, "Bro", details="Attention: SDPA.")
    assert header.details.isVisible()
    QTest.keyClick(described.panel.view, KEY.Key_I, CTRL)
    qtbot.waitUntil(header.details.isHidden)


def test_options_are_asked_and_remembered(described: Open) -> None:
    """What is offered can be picked, anything else typed; it is asked at once, and asked first next time."""
    told: list[dict[str, dict[str, str]]] = []
    described.panels.chosen.connect(told.append)
    assert not described.panel.header.options.isVisible()
    described.pick(8)
    assert described.asked[-1].chosen == {"language": "English"}
    box = described.panel.header.options.findChild(QComboBox, "language")
    assert box
    QTest.keyClick(box, KEY.Key_Down)
    assert described.asked[-1].chosen == {"language": "Simplified Chinese"}
    assert described.stopped == [described.asked[-2].id]
    edit = box.findChild(QLineEdit)
    assert edit
    edit.selectAll()
    QTest.keyClicks(edit, "Dutch")
    assert len(described.asked) == 3
    QTest.keyClick(edit, KEY.Key_Return)
    QTest.keyClick(edit, KEY.Key_Return)
    assert [job.chosen for job in described.asked[3:]] == [{"language": "Dutch"}]
    assert told[-1] == {"translate": {"language": "Dutch"}}
    described.answer(State.DONE, "Tafel")
    described.panels.open_shot(SHOT, "translate")
    assert described.asked[-1].chosen == {"language": "Dutch"}
    boxes = described.panels._open[-1].header.options.findChildren(QComboBox)
    assert [box.currentText() for box in boxes if box.isVisible()] == ["Dutch"]


def test_model_comes_and_goes(described: Open) -> None:
    """Tasks are dimmed and the question box goes at once where the model does, and the other way round."""
    button = described.panel.tasks._buttons["describe"]
    assert not button.property("dim")
    described.panel.question.setFocus()
    described.panels.set_has_model(False)
    assert button.property("dim")
    assert "needs the Qwen2.5-VL model" in button.toolTip()
    assert not described.panel.question.isVisible()
    assert described.panel.view.hasFocus()
    described.pick(9)
    assert described.asked[-1].task.id == "ask", "the engine says what it lacks"
    described.answer(State.FAILED, error="Ask needs the model; `shotglass models list` shows which one fits.")
    described.panels.set_has_model(True)
    assert not button.property("dim")
    assert button.toolTip() == "Describe (Alt+2)"
    described.type("What colour?")
    assert described.asked[-1].question == "What colour?"


def test_text_and_pictures_are_pasted_where_they_belong(described: Open) -> None:
    """Text goes into the question, a picture into a panel of its own."""
    QGuiApplication.clipboard().setText("What?")
    described.panel.question.setFocus()
    QTest.keyClick(described.panel.question, KEY.Key_V, CTRL)
    assert described.panel.question.text() == "What?"
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(described.panel.question, KEY.Key_V, CTRL)
    assert (described.asked[-1].shot.width, described.asked[-1].task.id) == (30, "text")


def test_newest_question_moves_to_the_top_and_stays(panels: Panels, qtbot: QtBot) -> None:
    """A long answer is read from its question on; where the user scrolls the view no longer moves by itself."""
    opened = Open(panels, qtbot, "text")
    bar = text_of(opened.panel).verticalScrollBar()
    opened.answer(State.DONE, "\n".join(["line"] * 50))
    assert bar.value() == 0
    opened.type("What colour?")
    opened.answer(State.RUNNING, "brown")
    assert bar.value() == bar.maximum()
    opened.answer(State.RUNNING, "\n".join(["brown"] * 60))
    assert bar.value() == 51
    opened.answer(State.RUNNING, "\n".join(["brown"] * 90))
    assert bar.value() == 51
    bar.setValue(7)
    opened.answer(State.DONE, "\n".join(["brown"] * 100))
    assert bar.value() == 7


def test_selection_survives_growth(panels: Panels, qtbot: QtBot) -> None:
    """What the user marked stays marked while the answer grows."""
    opened = Open(panels, qtbot, "text")
    opened.answer(State.DONE, "A table.")
    opened.type("What colour?")
    opened.answer(State.RUNNING, "Brown")
    cursor = text_of(opened.panel).textCursor()
    cursor.setPosition(11)
    cursor.setPosition(17, cursor.MoveMode.KeepAnchor)
    text_of(opened.panel).setTextCursor(cursor)
    opened.answer(State.RUNNING, "Brown and\u00a0red")
    opened.answer(State.RUNNING, "Brown and\u00a0red, mostly")
    assert text_of(opened.panel).selected_text() == " What "
