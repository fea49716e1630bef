"""A translation beside the text that it is of, on a real X server."""

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel.panels import Panels
from desktop.panel.text_view import TextView
from tests.panel.opened import Open, clipboard

LINES = [f"Zeile {number}" for number in range(60)]
TRANSLATED = [f"Line {number}, which is so long in its language that it goes on below it" for number in range(60)]


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel in which the text was read and then its translation was asked for."""
    opened = Open(panels, qtbot, "text").with_keyboard()
    opened.answer(State.DONE, "\n".join(LINES))
    opened.pick(8)
    assert opened.asked[-1].task.id == "translate"
    return opened


def view_of(opened: Open) -> TextView:
    assert isinstance(opened.panel.view, TextView)
    return opened.panel.view


def test_the_text_stands_beside_its_translation(opened: Open) -> None:
    """Also while that still comes; the text alone has nothing beside it."""
    view = view_of(opened)
    opened.answer(State.RUNNING, "Line 0")
    assert view.original.isVisible()
    assert view.original.toPlainText() == "\n".join(LINES)
    assert view.text.toPlainText() == "Line 0"
    opened.answer(State.DONE, "\n".join(TRANSLATED))
    opened.pick(1)
    assert not view.original.isVisible()
    opened.pick(8)
    assert view.original.isVisible()


def test_without_the_text_there_is_the_translation_alone(panels: Panels, qtbot: QtBot) -> None:
    opened = Open(panels, qtbot, "translate")
    opened.answer(State.DONE, "Line 0")
    assert not view_of(opened).original.isVisible()
    assert opened.asked[-1].chosen == {"language": "English"}


def test_both_scroll_line_by_line(opened: Open) -> None:
    """The same line stands at the top of both, although one is longer; where the lines differ each goes its own way."""
    view = view_of(opened)
    opened.answer(State.DONE, "\n".join(TRANSLATED))
    opened.qtbot.waitUntil(lambda: view.text.verticalScrollBar().maximum() > 60)
    view.original.verticalScrollBar().setValue(20)
    assert view.text.firstVisibleBlock().blockNumber() == 20
    view.text.verticalScrollBar().setValue(0)
    assert view.original.firstVisibleBlock().blockNumber() == 0
    opened.type("Sure?")
    opened.answer(State.DONE, "Yes.")
    view.original.verticalScrollBar().setValue(9)
    assert view.text.firstVisibleBlock().blockNumber() != 9


def test_the_line_in_one_is_marked_in_both(opened: Open) -> None:
    view = view_of(opened)
    opened.answer(State.DONE, "\n".join(TRANSLATED))
    view.text.setFocus()
    cursor = view.text.textCursor()
    cursor.setPosition(view.text.document().findBlockByNumber(3).position())
    view.text.setTextCursor(cursor)
    marked = [
        [selection.cursor.blockNumber() for selection in text.extraSelections()] for text in (view.original, view.text)
    ]
    assert marked == [[3], [3]]


def test_either_side_can_be_copied(opened: Open) -> None:
    """What is selected, on the left too; without a selection the translation."""
    view = view_of(opened)
    opened.answer(State.DONE, "\n".join(TRANSLATED))
    opened.panel.deeds.copy()
    assert clipboard() == "\n".join(TRANSLATED)
    cursor = view.original.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    view.original.setTextCursor(cursor)
    opened.panel.deeds.copy()
    assert clipboard() == "Zeile"
