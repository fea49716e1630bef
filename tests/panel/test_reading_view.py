"""Text that was read, as a user joins, opens and turns it to its picture in a panel, by real events."""

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.job import Box, Line, Shot, State
from desktop.panel.panels import Panels
from tests.panel.opened import Open, clipboard, text_of
from tests.panel.reading import (
    CTRL,
    LEFT,
    LINES,
    SCREEN,
    TEXT,
    copied,
    drag,
    on_picture,
    place,
    view_of,
    words_of,
)


@pytest.fixture
def has_model() -> bool:
    """The embedded OCR answers."""
    return False


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that shows the words on their picture."""
    return on_picture(panels, qtbot, SCREEN, TEXT, LINES)


def test_the_habit_holds_for_the_next_picture(panels: Panels, qtbot: QtBot) -> None:
    """What is switched is told with a name, for the settings; an open panel stays as it is."""
    told: list[dict[str, bool]] = []
    panels.switched.connect(told.append)
    first = Open(panels, qtbot, shot=SCREEN)
    first.panel.header.pin.setChecked(True)
    first.answer(State.DONE, TEXT, LINES)
    second = Open(panels, qtbot, shot=SCREEN)
    second.answer(State.DONE, TEXT, LINES)
    qtbot.waitUntil(second.panel.isActiveWindow)
    QTest.keyClick(second.panel, Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: told == [{"on_picture": True}])
    QTest.keyClick(second.panel, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: told[1:] == [{"on_picture": True, "join_lines": True}])
    assert words_of(second).isVisible()
    assert text_of(first.panel).isVisible()
    third = Open(panels, qtbot, shot=SCREEN)
    third.answer(State.DONE, TEXT, LINES)
    assert words_of(third).isVisible()


def test_the_picture_is_offered_only_with_places(panels: Panels, qtbot: QtBot) -> None:
    """An answer that does not say what stands where is shown as text, whatever the habit."""
    opened = Open(panels, qtbot, shot=SCREEN)
    view_of(opened).on_picture.click()
    opened.answer(State.DONE, TEXT, [])
    assert text_of(opened.panel).isVisible()
    assert not view_of(opened).on_picture.isVisible()
    assert opened.panel.header.pin.isVisible()


def test_the_panel_grows_for_the_picture_and_back(opened: Open, qtbot: QtBot) -> None:
    """Whole on the screen, in both directions; a size that the user gave stays."""
    panel = opened.panel
    grown = panel.size()
    assert words_of(opened).width() >= SCREEN.width
    assert panel.screen().availableGeometry().contains(panel.frameGeometry())
    view_of(opened).on_picture.click()
    assert panel.width() < grown.width()
    view_of(opened).on_picture.click()
    assert panel.size() == grown
    panel.resize(700, 500)
    opened.answer(State.DONE, TEXT, LINES, note="Something else.")
    view_of(opened).on_picture.click()
    assert panel.size().toTuple() == (700, 500)


def test_join_lines(opened: Open, qtbot: QtBot) -> None:
    """What is shown, copied, copied by itself and saved is joined; words and Chinese as their language writes."""
    view = view_of(opened)
    view.on_picture.click()
    lines = ["an exam-", "ple of", "text", "中文的", "句子"]
    opened.answer(State.DONE, "\n".join(lines))
    view.join_lines.click()
    joined = "an example of text中文的句子"
    assert text_of(opened.panel).toPlainText() == joined
    opened.panel.buttons.copy.click()
    assert clipboard() == joined
    assert opened.panel.view.formats()[0].content() == f"{joined}\n".encode()
    QGuiApplication.clipboard().setText("before")
    opened.answer(State.DONE, "\n".join(lines))
    assert clipboard() == joined
    view.join_lines.click()
    assert text_of(opened.panel).toPlainText() == "\n".join(lines)


def test_joined_selection_of_the_picture(opened: Open) -> None:
    """Lines that are shown joined are copied joined from the picture, too."""
    view_of(opened).join_lines.click()
    words = words_of(opened)
    drag(words, place(words, "fox"), place(words, "over"))
    assert copied(opened) == "fox jumps over"


def test_joined_text_streams_without_losing_a_selection(panels: Panels, qtbot: QtBot) -> None:
    """A hyphen that turns out to part a word changes the end only."""
    opened = Open(panels, qtbot, shot=SCREEN)
    view_of(opened).join_lines.click()
    text = text_of(opened.panel)
    opened.answer(State.RUNNING, "This is an exam-")
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    opened.answer(State.RUNNING, "This is an exam-\nple 😀 of-")
    opened.answer(State.DONE, "This is an exam-\nple 😀 of-\nten")
    assert text.toPlainText() == "This is an example 😀 often"
    assert text.selected_text() == "This"


class Browser(QObject):
    """What the desktop would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        for scheme in ("http", "https", "mailto"):
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type] # the stub asks for bytes

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())

    def stop(self) -> None:
        for scheme in ("http", "https", "mailto"):
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.stop()


def chips_of(opened: Open) -> list[QToolButton]:
    chips = view_of(opened).chips
    shown = [button for button in chips.findChildren(QToolButton) if button.isVisible()]
    return sorted(shown, key=lambda button: button.x())


def holders(*things: object) -> list[int]:
    """How often each is referred to."""
    return [sys.getrefcount(thing) for thing in things]


def test_chips_open_and_copy(opened: Open, browser: Browser, qtbot: QtBot) -> None:
    """A click opens pages and letters and copies the rest; the menu of each one copies."""
    code = Line("WIFI:S:net;;", Box(0, 0, 9, 9), code="QRCode")
    assert not view_of(opened).chips.isVisible()
    opened.answer(State.DONE, f"{code.text}\n\nhttps://a.example ann@b.example", [code])
    wifi, page, letter = chips_of(opened)
    QTest.mouseClick(page, LEFT)
    QTest.mouseClick(letter, LEFT)
    assert browser.opened == ["https://a.example", "mailto:ann@b.example"]
    QTest.mouseClick(wifi, LEFT)
    assert clipboard() == "WIFI:S:net;;"
    assert wifi.text() == "QRCode: WIFI:S:net;;"
    page.customContextMenuRequested.emit(QPoint(2, 2))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Open", "Copy"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert clipboard() == "https://a.example"
    assert len(browser.opened) == 2
    opened.answer(State.DONE, "Nothing of the kind.")
    assert not view_of(opened).chips.isVisible()


def test_chips_without_room_stand_behind_the_last(opened: Open, browser: Browser) -> None:
    """One row, whatever there is; the menu leads to the rest, and a wider panel shows more."""
    text = " ".join(f"https://number{n}.example/with/a/long/path" for n in range(9))
    opened.answer(State.DONE, text)
    QApplication.processEvents()
    *shown, more = chips_of(opened)
    assert more.text() == f"+{9 - len(shown)}"
    assert 0 < len(shown) < 9
    row = view_of(opened).chips
    assert all(row.rect().contains(chip.geometry()) for chip in (*shown, more))
    assert len({chip.y() for chip in (*shown, more)}) == 1
    more.menu().aboutToShow.emit()
    inner = more.menu().actions()[-1].menu()
    assert isinstance(inner, QMenu)
    inner.actions()[0].trigger()
    assert browser.opened == ["https://number8.example/with/a/long/path"]
    opened.panel.resize(1500, 500)
    opened.qtbot.waitUntil(lambda: len(chips_of(opened)) > len(shown) + 1)


def test_an_address_that_still_grows_is_no_chip_yet(panels: Panels, qtbot: QtBot) -> None:
    """The last line waits for its end."""
    opened = Open(panels, qtbot, shot=SCREEN)
    opened.answer(State.RUNNING, "https://a.example/pa")
    assert chips_of(opened) == []
    opened.answer(State.RUNNING, "https://a.example/path\nmore")
    assert [chip.text() for chip in chips_of(opened)] == ["a.example/path"]


def test_a_question_stands_below_the_picture(panels: Panels, qtbot: QtBot) -> None:
    """Follow-ups about what was read leave the picture where it is."""
    panels.set_has_model(True)
    opened = on_picture(panels, qtbot, SCREEN, TEXT, LINES)
    opened.type("Which animal?")
    opened.answer(State.DONE, "A fox.", [])
    assert words_of(opened).isVisible()
    assert opened.panel.views._page._more.toPlainText() == "› Which animal?\nA fox."
    view_of(opened).on_picture.click()
    assert text_of(opened.panel).toPlainText() == f"{TEXT}\n\n› Which animal?\nA fox."


def test_nothing_is_kept_of_a_picture(panels: Panels, qtbot: QtBot) -> None:
    """Once there is nothing to be shown: neither the Shot's bytes nor what was read."""
    shot = Shot(3840, 2160, bytes(3840 * 2160 * 3))
    lines = [replace(line) for line in LINES]
    before = holders(shot.rgb, lines[0])
    opened = on_picture(panels, qtbot, shot, TEXT, lines)
    QTest.keyClick(words_of(opened), Qt.Key.Key_A, CTRL)
    opened.panel.grab()
    for _ in range(2):
        view_of(opened).on_picture.click()
    shown = holders(shot.rgb, lines[0])
    assert shown[0] > before[0]
    assert shown[1] > before[1]
    view = view_of(opened)
    opened.panel.clear()
    opened.asked.clear()
    gc.collect()
    after = holders(shot.rgb, lines[0])  # inside an assert pytest would hold them, too
    assert after == before
    assert view.words.page.spots == ()
    assert view.text.toPlainText() == ""
