"""The source of a page as it grows, changes, is looked through."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.panel.html.colouring import LONGEST
from desktop.panel.html.find_bar import FindBar
from desktop.panel.html.source import Source
from tests.panel.html.pages import PLAIN
from tests.patient_bot import wait_exposed


@pytest.fixture
def source(qtbot: QtBot) -> Source:
    source = Source()
    qtbot.addWidget(source)
    source.resize(400, 200)
    source.show()
    wait_exposed(source)
    return source


def colours(block: QTextBlock) -> list[str]:
    return [one.format.foreground().color().name() for one in block.layout().formats()]


def test_growing_source_colours_new_lines_alone(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    source.show_source(PLAIN)
    lines: list[str] = []
    colour = source._colouring.highlightBlock

    def note(text: str) -> None:
        lines.append(text)
        colour(text)

    monkeypatch.setattr(source._colouring, "highlightBlock", note)
    source.show_source(f"{PLAIN}\n<!-- one -->")
    source.show_source(f"{PLAIN}\n<!-- one -->\n<p>")
    assert len(lines) <= 5
    assert "</html>" in lines or "<!-- one -->" in lines


def test_streamed_source_is_coloured_like_one_that_came_at_once(source: Source, qtbot: QtBot) -> None:
    for end in range(0, len(PLAIN) + 7, 7):
        source.show_source(PLAIN[:end])
    whole = Source()
    qtbot.addWidget(whole)
    whole.show_source(PLAIN)
    blocks = [(source.document().findBlockByNumber(n), whole.document().findBlockByNumber(n)) for n in range(28)]
    assert source.toPlainText() == whole.toPlainText() == PLAIN
    assert [colours(one) for one, _other in blocks] == [colours(other) for _one, other in blocks]
    assert sum(len(colours(one)) for one, _other in blocks) > 90


def test_a_line_without_end_stays_plain_and_colours_go_on_behind_it(source: Source) -> None:
    source.show_source(f"<style>\n/* {'x' * LONGEST} */\np {{ color: red }}\n</style>")
    first, long, then = (source.document().findBlockByNumber(number) for number in range(3))
    assert colours(first)
    assert colours(long) == []
    assert colours(then)


def test_selection_and_place_stay_while_it_grows(source: Source) -> None:
    source.show_source(PLAIN)
    source.verticalScrollBar().setValue(3)
    source.find("header")
    source.show_source(f"{PLAIN}\n<p>more</p>")
    assert source.selected_text() == "header"
    assert source.verticalScrollBar().value() == 3


def test_the_end_is_followed_where_it_was_in_sight(source: Source) -> None:
    for end in range(0, len(PLAIN), 50):
        source.show_source(PLAIN[:end])
    assert source.verticalScrollBar().value() == source.verticalScrollBar().maximum() > 0


@given(old=st.text(st.sampled_from("ab\n🦊é")), new=st.text(st.sampled_from("ab\n🦊é")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_source_follows_any_other(source: Source, old: str, new: str) -> None:
    source.show_source(old)
    source.show_source(new)
    assert source.toPlainText() == new


def test_windows_line_ends(source: Source) -> None:
    source.show_source("a\r\nb\r\nc")
    source.show_source("a\r\nb\r\ncd\r\ne")
    assert source.toPlainText() == "a\nb\ncd\ne"


def test_lines_wrap_where_that_is_wanted(source: Source) -> None:
    source.show_source("<p>" + "word " * 200)
    assert source.horizontalScrollBar().maximum() > 0
    source.wrap(True)
    assert source.horizontalScrollBar().maximum() == 0
    assert source.blockCount() == 1


def test_numbers_make_room_for_themselves(source: Source) -> None:
    narrow = source.numbers_width()
    source.show_source("\n" * 1000)
    assert source.numbers_width() > narrow
    assert source.viewportMargins().left() == source.numbers_width()


def test_find_goes_round(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    source = Source()
    layout = QVBoxLayout(window)
    bar = FindBar(source)
    layout.addWidget(source)
    layout.addWidget(bar)
    window.show()
    wait_exposed(window)
    source.show_source("one two\nTwo three\ntwo")
    bar.ask()
    QTest.keyClicks(bar.words, "two")
    assert (source.textCursor().blockNumber(), bar.found.text()) == (0, "3 found")
    lines = []
    for key in (Qt.KeyboardModifier.NoModifier,) * 3 + (Qt.KeyboardModifier.ShiftModifier,) * 2:
        QTest.keyClick(bar.words, Qt.Key.Key_Return, key)
        lines.append(source.textCursor().blockNumber())
    assert lines == [1, 2, 0, 2, 1]
    QTest.keyClicks(bar.words, "x")
    assert bar.found.text() == "0 found"
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert bar.isHidden()
