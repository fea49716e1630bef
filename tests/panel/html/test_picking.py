"""Parts of a page that are picked, to be changed alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel.html.view import HtmlView, Way
from desktop.panel.panels import Panels
from tests.panel.html.pages import PLAIN
from tests.panel.html.test_html_view import CTRL, clickable, html_view, wait_for
from tests.panel.opened import Open
from tests.webpage.test_edits import block
from tests.xserver import XServer


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel with the Code task."""
    return Open(panels, qtbot, "code").with_keyboard()


def pick_header(opened: Open) -> HtmlView:
    """Click on the first element of a page, which then waits for how it is to be changed."""
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20377")
    QTest.mouseClick(clickable(opened), Qt.MouseButton.LeftButton, CTRL, QPoint(6, 6))
    opened.qtbot.waitUntil(shown.change.words.hasFocus)
    return shown


def test_an_element_is_picked_and_changed(opened: Open) -> None:
    shown = pick_header(opened)
    assert shown.change.name.text() == "header.top"
    QTest.keyClicks(shown.change.words, "make it green")
    QTest.keyClick(shown.change.words, Qt.Key.Key_Return)
    job = opened.asked[-1]
    assert job.question.startswith("make it green\n")
    assert '<header class="top">Orders of this week</header>' in job.question
    assert "data-picked" not in job.question
    assert shown.change.isHidden()
    assert shown.bar.focusProxy() is QApplication.focusWidget()  # not the choice of a stack, which would ask anew


def test_what_was_picked_before_leaves_nothing_in_the_page(opened: Open) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20377")
    assert shown.preview is not None
    for _time in range(3):  # the header, the main part, the first card in it
        with opened.qtbot.waitSignal(shown.preview.picked, timeout=5000):
            shown.pick(1)
    with opened.qtbot.waitSignal(shown.preview.picked, timeout=5000):
        shown.pick(-1)
    assert shown.change._element in PLAIN


def test_an_element_is_let_go_when_the_page_changes(opened: Open) -> None:
    shown = pick_header(opened)
    opened.type("make it about the month")
    opened.answer(State.RUNNING, "<<<<")
    QTest.keyClicks(shown.change.words, "green")
    QTest.keyClick(shown.change.words, Qt.Key.Key_Return)
    assert len(opened.asked) == 2  # it waits for the answer
    assert shown.change.words.text() == "green"
    opened.answer(State.DONE, block("Orders of this week", "Orders of this month"))
    assert shown.change.isHidden()


def test_elements_are_picked_by_keyboard(opened: Open, xserver: XServer) -> None:
    """One after the other and back, around the end; the page is shown where its source was."""
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20377")
    shown.turn_to(Way.SOURCE)
    assert shown.preview is not None
    names = []
    for key in ("period", "period", "comma", "comma"):
        with opened.qtbot.waitSignal(shown.preview.picked, timeout=5000):
            xserver.run("xdotool", "key", f"ctrl+{key}")
        names.append(shown.change.name.text())
    assert names == ["header.top", "main", "header.top", "a"]
    assert shown.preview.isVisible()
    assert shown.change.words.hasFocus()
    assert "data-picked" not in shown.change._element


def test_a_picked_element_is_let_go_by_esc(opened: Open) -> None:
    shown = pick_header(opened)
    QTest.keyClick(shown.change.words, Qt.Key.Key_Escape)
    assert shown.change.isHidden()
    assert opened.panel.isVisible()
