"""Tables and fields in a panel: they grow, are edited, copied and saved, on a real X server."""

import io
import json
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.exports.table import read_table
from desktop.job import State
from desktop.panel.grid_model import GridModel
from desktop.panel.grid_table import GridTable
from desktop.panel.grid_view import GridView
from desktop.panel.panels import Panels
from tests.panel.opened import Open, clipboard
from tests.panel.pasted import pasted
from tests.xserver import XServer

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ROWS = [["Item", "Price"], ["Tea", "1.10"], ["=SUM(B2)", "-7"], ["a|b", "007"]]
TSV = "\n".join("\t".join(row) for row in ROWS)
HTML = "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea<br>green</td><td>1.10</td></tr></table>"


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that was asked for a table and has the keyboard."""
    return Open(panels, qtbot, "table").with_keyboard()


def view_of(opened: Open) -> GridView:
    assert isinstance(opened.panel.view, GridView)
    return opened.panel.view


def table_of(opened: Open) -> GridTable:
    return view_of(opened).table


def cells(opened: Open) -> list[list[str]]:
    """What the table shows."""
    model = table_of(opened).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def select(opened: Open, *places: tuple[int, int]) -> None:
    """Select these cells."""
    table = table_of(opened)
    table.clearSelection()
    for row, column in places:
        index = table.model().index(row, column)
        table.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def choose(opened: Open, place: tuple[int, int], words: str) -> None:
    """Click on a cell with the right button and pick from the menu."""
    table = table_of(opened)
    spot = table.visualRect(table.model().index(*place)).center()
    menus: list[QMenu] = []

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menus.append(menu)
        action = next(action for action in menu.actions() if action.text() == words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    select(opened, place)
    opened.qtbot.waitUntil(lambda: not QApplication.activePopupWidget())
    QTimer.singleShot(50, pick)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, table.viewport().mapToGlobal(spot))
    QApplication.sendEvent(table.viewport(), event)
    assert menus


def edit(opened: Open, place: tuple[int, int], text: str) -> None:
    """Double-click a cell, write and press Enter."""
    table = table_of(opened)
    spot = table.visualRect(table.model().index(*place)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    editor = table.findChild(QPlainTextEdit, "cell")
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, KEY.Key_Return)
    opened.qtbot.waitUntil(lambda: table.findChild(QPlainTextEdit, "cell") is None)


def test_it_grows_row_by_row(opened: Open) -> None:
    """Every prefix of the answer is a table; what stood is there still, also as columns come."""
    for end in range(len(TSV) + 1):
        opened.answer(State.RUNNING, TSV[:end], words=f"<table>{end}")
    opened.qtbot.waitUntil(lambda: cells(opened) == ROWS)
    assert view_of(opened).measures.text() == "4 × 2"


def test_markup_that_is_no_table_yet_is_not_shown(opened: Open) -> None:
    """A table that begins shows nothing of its own signs."""
    for words in ("<ta", "<table><tr>", "```html\n<table"):
        opened.answer(State.RUNNING, words, words=f"{words}<td>and more")
        opened.qtbot.wait(60)
        assert cells(opened) == []
        assert view_of(opened).said.toPlainText() == ""


def test_an_answer_without_a_table_is_read(opened: Open) -> None:
    """What the model says instead is shown, copied and saved as text."""
    sentence = "There is no table in this picture."
    opened.answer(State.DONE, sentence, words=sentence)
    assert view_of(opened).said.isVisible()
    assert view_of(opened).said.toPlainText() == sentence
    opened.panel.deeds.copy()
    assert clipboard() == sentence
    assert [one.suffix for one in view_of(opened).formats()] == [".txt"]


def test_lines_inside_cells_come_with_the_end(opened: Open) -> None:
    """The text of an Update has none; the model's own words have."""
    opened.answer(State.RUNNING, "Item\tPrice\nTea green\t1.10", words=HTML[:-8])
    opened.answer(State.DONE, "Item\tPrice\nTea green\t1.10", words=HTML)
    assert cells(opened) == [["Item", "Price"], ["Tea\ngreen", "1.10"]]


def test_place_and_selection_stay_while_it_grows(opened: Open) -> None:
    """Rows that come below move nothing of what the user sees or marked."""
    lines = [f"row {number}\t{number}" for number in range(400)]
    opened.answer(State.RUNNING, "\n".join(lines[:100]), words="<table>")
    opened.qtbot.waitUntil(lambda: len(cells(opened)) == 100)
    select(opened, (3, 0), (3, 1))
    bar = table_of(opened).verticalScrollBar()
    opened.qtbot.waitUntil(lambda: bar.maximum() > 2)
    bar.setValue(2)
    for end in range(110, 401, 10):
        opened.answer(State.RUNNING, "\n".join(lines[:end]), words="<table>")
    opened.answer(State.DONE, "\n".join(lines))
    assert len(cells(opened)) == 400
    assert bar.value() == 2
    assert table_of(opened).selected().rows == (("row 3", "3"),)


def test_cells_are_edited_once_it_is_complete(opened: Open) -> None:
    """Not before; then by a double click, with Enter, and undone and redone by the usual keys."""
    opened.answer(State.RUNNING, TSV, words="<table>")
    opened.qtbot.waitUntil(lambda: cells(opened) == ROWS)
    table = table_of(opened)
    QTest.mouseDClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(1, 0)).center()
    )
    assert table.findChild(QPlainTextEdit, "cell") is None
    assert not view_of(opened).header_row.isEnabled()
    opened.answer(State.DONE, TSV)
    edit(opened, (1, 0), "Coffee")
    assert cells(opened)[1] == ["Coffee", "1.10"]
    QTest.keyClick(table, KEY.Key_Z, CTRL)
    assert cells(opened) == ROWS
    QTest.keyClick(table, KEY.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert cells(opened)[1] == ["Coffee", "1.10"]


def test_keys_inside_a_cell(opened: Open) -> None:
    """Typing begins to edit, Alt+Enter breaks the line, Tab goes on to the next cell, Esc leaves it as it was."""
    opened.answer(State.DONE, TSV)
    table = table_of(opened)
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClicks(table, "x")
    editor = table.findChild(QPlainTextEdit, "cell")
    assert editor is not None
    QTest.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(editor, "y")
    QTest.keyClick(editor, KEY.Key_Tab)
    assert cells(opened)[1][0] == "x\ny"
    editor = next(box for box in table.findChildren(QPlainTextEdit, "cell") if box.toPlainText() == "1.10")
    QTest.keyClicks(editor, "no")
    QTest.keyClick(editor, KEY.Key_Escape)
    assert cells(opened)[1] == ["x\ny", "1.10"]
    assert opened.panel.isVisible()


def test_rows_and_columns_by_the_menu(opened: Open) -> None:
    """Each can be added and removed where the user points, and every step be undone."""
    opened.answer(State.DONE, "a\tb\nc\td")
    choose(opened, (0, 0), "Add row below")
    assert cells(opened) == [["a", "b"], ["", ""], ["c", "d"]]
    choose(opened, (2, 1), "Remove row")
    choose(opened, (0, 1), "Add column left")
    choose(opened, (0, 2), "Add column right")
    assert cells(opened) == [["a", "", "b", ""], ["", "", "", ""]]
    choose(opened, (0, 0), "Remove column")
    choose(opened, (0, 0), "Add row above")
    choose(opened, (1, 1), "Clear cells")
    assert cells(opened) == [["", "", ""], ["", "", ""], ["", "", ""]]
    for _step in range(7):
        QTest.keyClick(table_of(opened), KEY.Key_Z, CTRL)
    assert cells(opened) == [["a", "b"], ["c", "d"]]
    assert view_of(opened).measures.text() == "2 × 2"


def test_the_last_row_and_column_stay(opened: Open) -> None:
    """A table of nothing could not be clicked any more."""
    opened.answer(State.DONE, "a")
    select(opened, (0, 0))
    offered = {action.text(): action.isEnabled() for action in table_of(opened)._menu().actions()}
    assert not offered["Remove row"]
    assert not offered["Remove column"]


def test_a_header_row_or_none(opened: Open, tmp_path: Path) -> None:
    """The box says whether the first row names the columns; what is copied and saved follows it."""
    opened.answer(State.DONE, TSV)
    box = view_of(opened).header_row
    assert box.isChecked()
    opened.panel.deeds.copy()
    assert "<th" in QGuiApplication.clipboard().mimeData().html()
    box.click()
    opened.panel.deeds.copy()
    assert "<th" not in QGuiApplication.clipboard().mimeData().html()
    QTest.keyClick(table_of(opened), KEY.Key_Z, CTRL)
    assert box.isChecked()
    json_format = next(one for one in view_of(opened).formats() if one.suffix == ".json")
    opened.panel.deeds.save_to(tmp_path / "t.json", json_format)
    assert json.loads((tmp_path / "t.json").read_text("utf-8"))[0] == {"Item": "Tea", "Price": 1.1}


def test_copying_reaches_other_programs_in_every_form(opened: Open, xserver: XServer) -> None:
    """Ctrl+C without a selection takes all of it: tabs, HTML and Markdown at once."""
    opened.answer(State.DONE, TSV)
    QTest.keyClick(table_of(opened), KEY.Key_C, CTRL)
    targets = pasted(xserver, opened.qtbot, "TARGETS").decode().split()
    assert {"text/plain", "text/html", "text/markdown", "UTF8_STRING"} <= set(targets)
    assert pasted(xserver, opened.qtbot, "UTF8_STRING").decode() == TSV
    html = pasted(xserver, opened.qtbot, "text/html").decode()
    assert [list(row) for row in read_table(html)] == ROWS
    assert "mso-number-format:'\\@'\">=SUM(B2)</td>" in html
    markdown = pasted(xserver, opened.qtbot, "text/markdown").decode()
    assert markdown.splitlines()[-1] == r"| a\|b | 007 |"


def test_a_selection_copies_only_its_cells(opened: Open) -> None:
    """Cells that lie between and are not selected stay empty; a single cell is pasted bare."""
    opened.answer(State.DONE, TSV)
    select(opened, (1, 1), (2, 0))
    QTest.keyClick(table_of(opened), KEY.Key_C, CTRL)
    assert clipboard() == "\t1.10\n=SUM(B2)\t"
    select(opened, (1, 1))
    opened.panel.deeds.copy()
    assert clipboard() == "1.10"


def test_saving_what_was_edited(opened: Open, tmp_path: Path) -> None:
    """Every format holds the table as it stands."""
    opened.answer(State.DONE, TSV)
    edit(opened, (1, 0), "Coffee")
    saved = {}
    for one in view_of(opened).formats():
        opened.panel.deeds.save_to(tmp_path / f"table{one.suffix}", one)
        saved[one.suffix] = (tmp_path / f"table{one.suffix}").read_bytes()
    assert list(saved) == [".csv", ".xlsx", ".tsv", ".json", ".md", ".html"]
    assert all(b"Coffee" in saved[suffix] for suffix in saved if suffix != ".xlsx")
    assert load_workbook(io.BytesIO(saved[".xlsx"])).worksheets[0]["A2"].value == "Coffee"


def test_edits_stay_until_it_is_asked_anew(opened: Open) -> None:
    """Another task and back, and a question about it, leave them; the same task once more reads the picture again."""
    opened.answer(State.DONE, TSV)
    edit(opened, (1, 0), "Coffee")
    opened.pick(1)
    opened.answer(State.DONE, "text")
    opened.pick(6)
    assert cells(opened)[1][0] == "Coffee"
    opened.type("How many?")
    opened.answer(State.DONE, "Four.")
    assert cells(opened)[1][0] == "Coffee"
    opened.pick(6)
    assert opened.asked[-1].task.id == "table"
    assert cells(opened) == []
    opened.answer(State.DONE, TSV)
    assert cells(opened) == ROWS
    assert not table_of(opened).model().steps.canUndo()  # type: ignore[attr-defined]


def test_nothing_is_left_of_the_picture_before(opened: Open) -> None:
    """A panel that is used again holds no table, and no more of them than before."""
    panel, view = opened.panel, view_of(opened)
    for _picture in range(3):
        opened.answer(State.DONE, TSV)
        panel.clear()
        assert view.table.model().rowCount() == 0
        opened.panels.open_shot(opened.asked[0].shot, "table")
        assert opened.panels._open[-1] is panel
    opened.qtbot.waitUntil(lambda: len(view.findChildren(GridModel)) == 1)


def test_fields(panels: Panels, qtbot: QtBot, tmp_path: Path) -> None:
    """Names and values, a value of several lines too; as JSON they are one object."""
    opened = Open(panels, qtbot, "fields")
    text = "Invoice No.: 007-42\nSeller: One Ltd\nLong Street\nTotal: 1.10"
    for end in range(len(text)):
        opened.answer(State.RUNNING, text[:end], words=text[:end])
    opened.answer(State.DONE, text, words=text)
    rows = [["Invoice No.", "007-42"], ["Seller", "One Ltd\nLong Street"], ["Total", "1.10"]]
    assert cells(opened) == rows
    assert not view_of(opened).header_row.isVisible()
    opened.panel.deeds.copy()
    assert clipboard() == 'Invoice No.\t007-42\nSeller\t"One Ltd\nLong Street"\nTotal\t1.10'
    json_format = next(one for one in view_of(opened).formats() if one.suffix == ".json")
    opened.panel.deeds.save_to(tmp_path / "f.json", json_format)
    saved = json.loads((tmp_path / "f.json").read_text("utf-8"))
    assert saved == {"Invoice No.": "007-42", "Seller": "One Ltd\nLong Street", "Total": 1.1}


def test_columns_that_came_one_after_the_other_make_room(opened: Open) -> None:
    """Each was the last one for a while, as wide as the panel: no width that the user has set."""

    def shows(text: str) -> bool:
        return ["\t".join(row) for row in cells(opened)] == text.split("\n")

    for text in ("Item", "Item\tQty", "Item\tQty\tPrice", "Item\tQty\tPrice\nWatermelon\t3\t1"):
        opened.answer(State.RUNNING, text, words="<table>")
        opened.qtbot.waitUntil(partial(shows, text))
    table = table_of(opened)
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance("Watermelon") > table.columnWidth(1)


def test_columns_make_room_until_the_user_sets_them(opened: Open) -> None:
    """A wide cell widens its column up to a limit and then its row; a width set by hand stays."""
    opened.answer(State.RUNNING, "a\tb\tc", words="<table>")
    opened.qtbot.waitUntil(lambda: len(cells(opened)) == 1)
    table, long = table_of(opened), "word " * 40
    before = table.rowHeight(0)
    table.setColumnWidth(1, 70)
    opened.answer(State.DONE, f"a\tb\tc\n{long}\t{long}\tx")
    assert table.columnWidth(0) == 260
    assert table.columnWidth(1) == 70
    assert table.rowHeight(1) > 2 * before


def test_the_menu_of_a_column(opened: Open) -> None:
    """A click on its head selects it all, which Remove then takes away."""
    opened.answer(State.DONE, TSV)
    table = table_of(opened)
    head = table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(1) + 5, 5)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.selected().rows == (("Price",), ("1.10",), ("-7",), ("007",))
    table._remove_columns()
    assert cells(opened) == [["Item"], ["Tea"], ["=SUM(B2)"], ["a|b"]]
