"""The borders between parts of windows move by key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel import keys
from desktop.panel.key_sheet import KeySheet
from desktop.panel.panels import Panels
from desktop.panel.splitter import STEP, Border, Splitter
from desktop.panel.tab_order import stops
from tests.panel.kinds import open_kind
from tests.panel.opened import Open

KEY = Qt.Key


def borders(opened: Open) -> list[Border]:
    """Those to which Tab comes."""
    return [stop for stop in stops(opened.panel) if isinstance(stop, Border)]


def border_of(panels: Panels, qtbot: QtBot, kind: str) -> Border:
    """The only border of a panel with an answer of the kind."""
    opened = open_kind(panels, qtbot, kind)
    if kind == "text":
        opened.pick(8)
        opened.answer(State.DONE, "Le renard")
        qtbot.waitUntil(lambda: bool(borders(opened)))
    (border,) = borders(opened)
    border.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(border.hasFocus)
    return border


@pytest.mark.parametrize("kind", ["formula", "boxes", "text"])
def test_keys_move_it(panels: Panels, qtbot: QtBot, kind: str) -> None:
    """A step or as far as it goes, with the part before it becoming larger or smaller; nothing goes away."""
    border = border_of(panels, qtbot, kind)
    upright = border.orientation() is Qt.Orientation.Vertical
    back, forth = (KEY.Key_Up, KEY.Key_Down) if upright else (KEY.Key_Left, KEY.Key_Right)
    parts = border.splitter()
    QTest.keyClick(border, KEY.Key_Home)
    least = parts.sizes()
    QTest.keyClick(border, forth)
    assert parts.sizes() == [least[0] + STEP, least[1] - STEP]
    QTest.keyClick(border, back)
    QTest.keyClick(border, back)
    assert parts.sizes() == least
    QTest.keyClick(border, KEY.Key_End)
    most = parts.sizes()
    assert most[0] > least[0] + STEP
    assert min(*least, *most) > 0
    assert border.hasFocus()


def test_screen_readers_know_it(panels: Panels, qtbot: QtBot) -> None:
    """Its name, how it is moved, and that it is something to move."""
    spoken = QAccessible.queryAccessibleInterface(border_of(panels, qtbot, "formula"))
    assert spoken is not None
    assert spoken.role() is QAccessible.Role.Grip
    assert spoken.text(QAccessible.Text.Name) == "Border between two parts"
    assert "arrow keys" in spoken.text(QAccessible.Text.Description)


@pytest.mark.parametrize(("kind", "count"), [("formula", 1), ("markdown", 0)])
def test_the_sheet_names_its_keys_where_there_is_one(panels: Panels, qtbot: QtBot, kind: str, count: int) -> None:
    opened = open_kind(panels, qtbot, kind)
    assert len(borders(opened)) == count
    opened.panel.buttons.sheet.trigger()
    (sheet,) = opened.panel.findChildren(KeySheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert [words.count(key.words) for key in keys.BORDER] == [count, count]
    sheet.close()


def test_other_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    """Letters and held arrows move nothing."""
    splitter = Splitter(Qt.Orientation.Horizontal, QPlainTextEdit(), QPlainTextEdit())
    qtbot.addWidget(splitter)
    splitter.resize(600, 200)
    splitter.show()
    sizes = splitter.sizes()
    for key, held in ((KEY.Key_X, Qt.KeyboardModifier.NoModifier), (KEY.Key_Right, Qt.KeyboardModifier.AltModifier)):
        QTest.keyClick(splitter.handle(1), key, held)
    assert splitter.sizes() == sizes
