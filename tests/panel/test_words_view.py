"""Words that are selected on their picture in a panel, by real mouse and key events."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.ocr import OcrEngine
from desktop.job import Box, Line, Shot, State
from desktop.panel.panels import Panels
from desktop.picture import read_picture
from tests.panel.opened import Open
from tests.panel.reading import (
    CTRL,
    LEFT,
    LINES,
    NONE,
    PARAGRAPHS,
    SCREEN,
    SHIFT,
    TEXT,
    copied,
    drag,
    on_picture,
    place,
    view_of,
    words_of,
)
from tests.panel.words import page


@pytest.fixture
def has_model() -> bool:
    """The embedded OCR answers."""
    return False


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that shows the words on their picture."""
    return on_picture(panels, qtbot, SCREEN, TEXT, LINES)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("quick", "quick", "quick"),
        ("quick", "brown", "quick brown"),
        ("brown", "quick", "quick brown"),
        ("fox", "over", "fox\njumps over"),
        ("dog.", "在", "dog.\n\n请在"),
        ("发", "址。", "发货前核对地址。"),
        ("货", "Check", "货前核对地址。\nCheck"),
        ("first", "dog.", TEXT[TEXT.index("dog.") :]),
    ],
)
def test_drag_selects_in_reading_order(opened: Open, start: str, end: str, text: str) -> None:
    """Forwards and backwards, across lines and paragraphs, Chinese without spaces; Ctrl+C copies exactly that."""
    words = words_of(opened)
    first, last = place(words, start), place(words, end)
    drag(words, first, last + QPoint(12, 0) if start == end else last)
    assert copied(opened) == text
    assert words.selected_text == text


@pytest.fixture
def slow_hand() -> Iterator[int]:
    """Clicks of a busy computer are double, too; the usual time between them, in milliseconds."""
    usual_ms = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(60_000)
    yield usual_ms
    QApplication.setDoubleClickInterval(usual_ms)


def test_clicks(opened: Open, slow_hand: int) -> None:
    """One click selects nothing and takes the last selection away; two select the word, three the line."""
    words, port = words_of(opened), words_of(opened).viewport()
    at = place(words, "over")
    QTest.mouseDClick(port, LEFT, NONE, at)
    assert copied(opened) == "over"
    QTest.mouseClick(port, LEFT, NONE, at)
    assert copied(opened) == "jumps over the dog.", "the third click came at once"
    QApplication.setDoubleClickInterval(slow_hand)
    QTest.qWait(slow_hand + 50)
    QTest.mouseClick(port, LEFT, NONE, at)
    assert words.selected_text == ""
    assert copied(opened) == TEXT, "as without a selection"


def test_dragging_on_selects_by_word_and_by_line(opened: Open) -> None:
    """After two clicks words, after three lines."""
    words, port = words_of(opened), words_of(opened).viewport()
    QTest.mouseDClick(port, LEFT, NONE, place(words, "over"))
    drag(words, place(words, "over"), place(words, "核"))
    assert words.selected_text == "jumps over the dog.\n\n请在发货前核对地址。"


def test_shift_extends(opened: Open) -> None:
    """By click and by arrows, from where the selection began."""
    words, port = words_of(opened), words_of(opened).viewport()
    QTest.mouseClick(port, LEFT, NONE, place(words, "fox"))
    QTest.mouseClick(port, LEFT, SHIFT, place(words, "the"))
    assert words.selected_text == "fox\njumps over the"
    QTest.mouseClick(port, LEFT, SHIFT, place(words, "quick"))
    assert words.selected_text == "quick brown fox"
    QTest.mouseClick(port, LEFT, SHIFT, place(words, "jumps"))
    QTest.keyClick(words, Qt.Key.Key_Right, SHIFT)
    assert words.selected_text == "fox\njumps over"
    QTest.keyClick(words, Qt.Key.Key_Down, SHIFT)
    assert words.selected_text.startswith("fox\njumps over the dog.\n\n请")
    QTest.keyClick(words, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(words, Qt.Key.Key_Left, SHIFT)
    assert words.selected_text == "fox\njumps"


def test_select_all_and_blank_places(opened: Open) -> None:
    """Ctrl+A selects the whole text; a drag over nothing selects nothing."""
    words = words_of(opened)
    QTest.keyClick(words, Qt.Key.Key_A, CTRL)
    assert copied(opened) == TEXT
    drag(words, QPoint(400, 5), QPoint(420, 12))
    assert words.selected_text == ""


def test_the_selection_is_painted_over_the_words(opened: Open) -> None:
    """Where they stand, one band a line, and nowhere else; the picture shows through."""
    words = words_of(opened)
    plain = words.viewport().grab().toImage()
    drag(words, place(words, "fox"), place(words, "over"))
    marked = words.viewport().grab().toImage()
    changed = {
        (x, y) for x in range(marked.width()) for y in range(marked.height()) if marked.pixel(x, y) != plain.pixel(x, y)
    }
    bands = [words.to_view(box).toAlignedRect() for box in words.page.bands(words.selection)]
    assert changed == {
        (x, y) for b in bands for x in range(b.left(), b.right() + 1) for y in range(b.top(), b.bottom() + 1)
    }
    assert len(bands) == 2
    blue = marked.pixelColor(bands[0].center())
    assert blue.blue() > blue.red() > 60


def test_a_selection_outlives_what_streams_in(panels: Panels, qtbot: QtBot) -> None:
    """Lines that come while the mouse drags, before and behind, keep the anchor on its word."""
    opened = Open(panels, qtbot, shot=SCREEN).with_keyboard()
    opened.answer(State.RUNNING, *page(PARAGRAPHS[:1]))
    view_of(opened).on_picture.click()
    words = words_of(opened)
    port = words.viewport()
    QTest.mousePress(port, LEFT, NONE, place(words, "quick"))
    QTest.mouseMove(port, place(words, "fox"))
    assert words.selected_text == "quick brown fox"
    code = Line("https://example.com", Box(400, 20, 440, 60), code="QRCode")
    later = [replace(line, paragraph=line.paragraph + 1) for line in LINES]
    for count in range(2, len(LINES) + 1):
        text = "\n".join([code.text, *(line.text for line in later[:count])])
        opened.answer(State.RUNNING, text, [code, *later[:count]])
        assert words.selected_text == "quick brown fox"
    QTest.mouseMove(port, place(words, "over"))
    QTest.mouseRelease(port, LEFT, NONE, place(words, "over"))
    assert words.selected_text == "quick brown fox\njumps over"
    opened.answer(State.DONE, text, [code, *later])
    assert words.selected_text == "quick brown fox\njumps over"


def test_a_large_picture_is_selected_where_it_is_zoomed_and_moved(panels: Panels, qtbot: QtBot) -> None:
    """3840 x 2160: fitted, at every pixel in its far corner, and by a drag that leaves the view and scrolls it."""
    text, lines = page([[f"line {n} of the far corner" for n in range(40)]], left=3000, top=1000)
    shot = Shot(3840, 2160, bytes(3840 * 2160 * 3))
    opened = on_picture(panels, qtbot, shot, text, lines)
    words = words_of(opened)
    assert words.zoom < 0.2
    drag(words, place(words, "0"), place(words, "30"))
    assert words.selected_text.splitlines()[1:-1] == [f"line {n} of the far corner" for n in range(1, 30)]
    words.zoom_to(1.0)
    words.reveal(words.page.rows[8].box)
    QApplication.processEvents()
    top = words.to_picture(QPointF()).y()
    drag(words, place(words, "3"), QPoint(words.width() // 2, words.viewport().height() + 300))
    assert words.to_picture(QPointF()).y() > top + 200, "it has scrolled"
    assert words.selected_text.startswith("3 of the far corner\nline 4 of")


def test_what_the_ocr_reads_can_be_selected_word_by_word(panels: Panels, qtbot: QtBot) -> None:
    """A real page in English and Chinese: everything copied is the answer, and every word has a place of its own."""
    engine = OcrEngine()
    engine.load(lambda _share, _words: None)
    opened = Open(panels, qtbot, shot=read_picture(paths.resources() / "samples" / "orders.png")).with_keyboard()
    view_of(opened).on_picture.click()
    for update in engine.submit(opened.asked[-1]):
        panels.show_update(update)
    words = words_of(opened)
    assert words.isVisible(), "the habit of a panel holds for the answer that comes"
    assert len(words.page.spots) == sum(len(line.words) for line in update.lines)
    QTest.keyClick(words, Qt.Key.Key_A, CTRL)
    assert copied(opened) == update.text
    drag(words, place(words, "Guide"), place(words, "Tomás"))
    assert copied(opened) == "Guide to Lichens   Tomás"
    drag(words, place(words, "红"), place(words, "下"))
    assert copied(opened) == "红楼梦（上下"
