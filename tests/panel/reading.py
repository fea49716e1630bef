"""A panel that shows words on their picture, and what a user does there."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.job import Box, Line, Shot, State
from desktop.panel.panels import Panels
from desktop.panel.reading_view import ReadingView
from desktop.panel.words_view import WordsView
from tests.panel.opened import Open, clipboard
from tests.panel.words import page

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, LEFT, RIGHT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PARAGRAPHS = [["The quick brown fox", "jumps over the dog."], ["请在发货前核对地址。", "Check 地址 first"]]
TEXT, LINES = page(PARAGRAPHS)
SCREEN = Shot(500, 300, bytes([240]) * (500 * 300 * 3), region=Box(100, 100, 600, 400))


def on_picture(panels: Panels, qtbot: QtBot, shot: Shot, text: str, lines: list[Line]) -> Open:
    """A panel for a Shot whose answer is shown on it."""
    opened = Open(panels, qtbot, shot=shot).with_keyboard()
    opened.answer(State.DONE, text, lines)
    view_of(opened).on_picture.click()
    QApplication.processEvents()
    return opened


def view_of(opened: Open) -> ReadingView:
    view = opened.panel.view
    assert isinstance(view, ReadingView)
    return view


def words_of(opened: Open) -> WordsView:
    return view_of(opened).words


def place(words: WordsView, text: str, end: bool = False) -> QPoint:
    """The middle of the word that reads so, or its last pixel, in the view."""
    page = words.page
    spot = next(spot for spot in page.spots if page.text[spot.start : spot.end] == text)
    box = words.to_view(spot.box)
    return box.center().toPoint() if not end else QPoint(int(box.right()) - 1, int(box.center().y()))


def drag(words: WordsView, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press, move in steps and release."""
    port = words.viewport()
    QTest.mousePress(port, LEFT, keys, start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * step / 4)
    QTest.mouseRelease(port, LEFT, keys, end)


def copied(opened: Open) -> str:
    """What Ctrl+C puts on the clipboard."""
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(words_of(opened), Qt.Key.Key_C, CTRL)
    return clipboard()
