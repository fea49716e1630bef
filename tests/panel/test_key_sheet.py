"""The sheet of keys: it lists what works, opens by key and by menu, and leaves typing alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel import keys
from desktop.panel.formula_view import FormulaView
from desktop.panel.grid_view import GridView
from desktop.panel.html.view import HtmlView
from desktop.panel.key_sheet import KeySheet
from desktop.panel.panels import Panels
from tests.panel.kinds import SAMPLES, open_kind
from tests.panel.opened import Open
from tests.xserver import XServer

BY_QT = {key for one in (keys.EDIT, keys.NEW_LINE) for key in one.keys}
BY_WIDGETS = {key for one in (*keys.PICTURE, keys.ALL_WORDS, keys.EXTEND) for key in one.keys}
"""Keys that are no shortcuts of the panel; the tests of their widgets press them."""


def sheet_of(opened: Open) -> KeySheet | None:
    return next((one for one in opened.panel.findChildren(KeySheet) if one.isVisible()), None)


def open_sheet(opened: Open) -> KeySheet:
    """The sheet, opened by the menu where it is not open yet."""
    if sheet_of(opened) is None:
        opened.panel.buttons.sheet.trigger()
    sheet = sheet_of(opened)
    assert sheet is not None
    return sheet


def shortcuts(panel: QWidget) -> Iterator[str]:
    """Every key that Qt knows of in the panel and in the view that is shown."""
    for shortcut in panel.findChildren(QShortcut):
        yield from (one.toString() for one in QShortcut.keys(shortcut))
    for action in panel.findChildren(QAction):
        yield from (one.toString() for one in action.shortcuts())
    for button in panel.findChildren(QAbstractButton):
        yield button.shortcut().toString()


@pytest.mark.parametrize("kind", SAMPLES)
def test_it_lists_every_key_and_none_that_does_nothing(panels: Panels, qtbot: QtBot, kind: str) -> None:
    opened = open_kind(panels, qtbot, kind)
    works = set(filter(None, shortcuts(opened.panel)))
    listed = [*keys.PANEL, *opened.panel.tasks.shortcuts, *opened.panel.view.shortcuts]
    named = {one for key in listed for one in key.keys}
    assert works - named == set()
    assert named - works - BY_QT - BY_WIDGETS == set()
    words = {label.text() for label in open_sheet(opened).findChildren(QLabel)}
    assert {key.words for key in listed} <= words
    assert {"Ctrl+C", "?  F1", "Alt+2"} <= words


@pytest.mark.parametrize(("name", "press"), [("?", "question"), ("F1", "F1")])
def test_it_opens_and_closes_by_key(panels: Panels, qtbot: QtBot, xserver: XServer, name: str, press: str) -> None:
    """Esc closes the sheet alone; the same key closes it, too."""
    opened = open_kind(panels, qtbot, "text")
    assert name in keys.SHEET.keys
    for closing in ("Escape", press):
        qtbot.waitUntil(opened.panel.isActiveWindow)
        opened.panel.views.setFocus()
        xserver.run("xdotool", "key", press)
        qtbot.waitUntil(lambda: sheet_of(opened) is not None)
        sheet = sheet_of(opened)
        assert sheet is not None
        qtbot.waitUntil(sheet.isActiveWindow)
        assert opened.panel.asking, "the next picture does not close the panel under it"
        xserver.run("xdotool", "key", closing)
        qtbot.waitUntil(lambda: sheet_of(opened) is None)
        assert opened.panel.isVisible()


def test_esc_stops_no_answer_while_it_is_open(panels: Panels, qtbot: QtBot) -> None:
    opened = Open(panels, qtbot)
    opened.answer(State.RUNNING, "one")
    QTest.keyClick(open_sheet(opened), Qt.Key.Key_Escape)
    assert opened.stopped == []
    assert sheet_of(opened) is None


def type_into(opened: Open, box: QWidget | None, xserver: XServer) -> None:
    """Type a question mark into a box, where it then stands; F1 opens the sheet from there."""
    assert isinstance(box, QLineEdit | QPlainTextEdit)
    opened.panel.activateWindow()
    opened.qtbot.waitUntil(opened.panel.isActiveWindow)
    box.setFocus()
    xserver.run("xdotool", "key", "question")
    opened.qtbot.waitUntil(lambda: "?" in (box.text() if isinstance(box, QLineEdit) else box.toPlainText()))
    assert sheet_of(opened) is None
    xserver.run("xdotool", "key", "F1")
    opened.qtbot.waitUntil(lambda: sheet_of(opened) is not None)
    open_sheet(opened).close()


def test_a_question_mark_can_be_typed_in_a_formula(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    opened = open_kind(panels, qtbot, "formula")
    assert isinstance(opened.panel.view, FormulaView)
    for box in (opened.panel.question, opened.panel.view.latex):
        type_into(opened, box, xserver)


def test_a_question_mark_can_be_typed_beside_a_page(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    opened = open_kind(panels, qtbot, "html")
    shown = opened.panel.view
    assert isinstance(shown, HtmlView)
    shown.change.ask("p", "<p>")
    shown.source.finder.ask()
    stack = opened.panel.header.options.findChild(QComboBox, "stack")
    assert stack is not None
    for box in (opened.panel.question, shown.change.words, shown.source.finder.words, stack.lineEdit()):
        type_into(opened, box, xserver)


def test_a_question_mark_can_be_typed_into_a_cell(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    """The first letter that is typed on a cell begins to edit it, this one, too."""
    opened = open_kind(panels, qtbot, "table")
    assert isinstance(opened.panel.view, GridView)
    table = opened.panel.view.table
    table.setCurrentIndex(table.model().index(1, 0))
    table.setFocus()
    xserver.run("xdotool", "key", "question", "question", "Return")
    qtbot.waitUntil(lambda: table.model().index(1, 0).data() == "??")
    assert sheet_of(opened) is None


def test_it_is_in_the_menu_also_before_the_first_picture(panels: Panels) -> None:
    panels.say("Take a picture.")
    panel = panels._open[0]
    assert panel.buttons.more.isEnabled()
    panel.buttons.sheet.trigger()
    assert any(one.isVisible() for one in panel.findChildren(KeySheet))
    for one in panel.findChildren(KeySheet):
        one.close()
    QApplication.processEvents()
