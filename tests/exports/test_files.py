"""Every file and every pasted form of a table, read back by somebody else's reader."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from desktop.exports.delimited import to_csv, to_pasted_text, to_tsv
from desktop.exports.field_lines import split_fields
from desktop.exports.grid import Grid
from desktop.exports.html_table import to_html, to_page
from desktop.exports.json_table import fields_to_json, to_json
from desktop.exports.markdown_table import to_markdown
from desktop.exports.number import read_number
from desktop.exports.table import Rows, read_table
from desktop.exports.workbook import to_xlsx

ROWS: Rows = (
    ("Name", "Price, each", "数量"),
    ("Tea | green", "1.10", "1,234"),
    ('5" "pipe"', "-7", "=SUM(A1:A2)"),
    ("two\nlines", "+49 30", "@home"),
    ("a\tb", "007", "- none"),
    ("*bold* _it_ `x` <b> &amp; \\| [l](u) ~~s~~", "", "C:\\dir\\"),
)
SIGNS = st.sampled_from("ab1 .,|<>&\\-=+@*_`~[]()!#\"';:") | st.characters(categories=["L", "N", "P", "S"])
LINE = st.text(SIGNS).map(lambda text: " ".join(text.split()))
CELL = st.lists(LINE, min_size=1, max_size=2).map("\n".join).map(str.strip)
GRIDS = st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[CELL] * width), min_size=1, max_size=4).map(tuple))


class Cells(HTMLParser):
    """The cells of a table as a browser understands them: their attributes and their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.attributes: list[dict[str, str | None]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.attributes.append(dict(attrs))
            self._inside = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False


def as_markdown(text: str) -> Rows:
    """The cells that a Markdown editor makes of a pipe table."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    rows: list[list[str]] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            children = tokens[place + 1].children or []
            assert {child.type for child in children} <= {"text", "html_inline"}, tokens[place + 1].content
            rows[-1].append("".join("\n" if child.type == "html_inline" else child.content for child in children))
    return tuple(map(tuple, rows))


def check_every_form(rows: Rows) -> None:
    """CSV and TSV by Python's csv, HTML as the browser and as we read it, Markdown by markdown-it."""
    grid = Grid(rows)
    lines = csv.reader(io.StringIO(to_csv(grid).decode("utf-8-sig"), newline=""))
    assert tuple(map(tuple, lines)) == rows
    tabbed = csv.reader(io.StringIO(to_tsv(grid).decode(), newline=""), csv.excel_tab)
    assert tuple(map(tuple, tabbed)) == rows
    html = to_html(grid)
    assert tuple(map(tuple, Cells(html).rows)) == rows
    assert as_markdown(to_markdown(grid)) == rows
    assert read_table(to_markdown(grid)) == rows
    if len(rows[0]) > 1:
        pasted = csv.reader(io.StringIO(to_pasted_text(rows), newline=""), csv.excel_tab)
        assert tuple(map(tuple, pasted)) == rows


@given(GRIDS)
def test_every_text_form_is_read_back(rows: Rows) -> None:
    check_every_form(rows)


def test_a_hard_table() -> None:
    """The signs that mean something somewhere, in every form."""
    check_every_form(ROWS)
    assert read_table(to_page(Grid(ROWS)).decode()) == tuple(
        tuple("\n".join(" ".join(line.split()) for line in cell.split("\n")) for cell in row) for row in ROWS
    )


def test_csv_is_for_excel() -> None:
    assert to_csv(Grid((("ä", "b,c"),))) == b'\xef\xbb\xbf\xc3\xa4,"b,c"\r\n'


def test_a_single_cell_is_pasted_bare() -> None:
    assert to_pasted_text((("two\nlines",),)) == "two\nlines"
    assert to_pasted_text((("two\nlines", 'x "y"'),)) == '"two\nlines"\tx "y"'


def test_spreadsheets_are_told_what_is_a_number() -> None:
    """What begins like a formula is text for Excel and LibreOffice, and so is what only looks like a number."""
    cells = Cells(to_html(Grid((("1,234.50", "-7", "=1+1", "+1", "@a", "- x", "007", "2026-03-01", "tea"),), False)))
    worth = [attributes.get("x:num") for attributes in cells.attributes]
    assert worth == ["1234.5", "-7", None, None, None, None, None, None, None]
    assert [attributes.get("sdval") for attributes in cells.attributes] == worth
    texts = ["mso-number-format:'\\@'" in (attributes.get("style") or "") for attributes in cells.attributes]
    assert texts == [False, False, True, True, True, True, True, True, False]


@pytest.mark.parametrize("headed", [True, False])
def test_a_head_is_told_apart(headed: bool) -> None:
    """A head is <th>, bold and frozen, or the names in JSON; without one every row is a row."""
    rows: Rows = (("a", "b"), ("1", "x"))
    html = to_html(Grid(rows, headed))
    assert ("<th" in html, html.count("<td")) == (headed, 2 if headed else 4)
    assert to_markdown(Grid(rows, headed)).splitlines()[0] == ("| a | b |" if headed else "|  |  |")
    assert json.loads(to_json(Grid(rows, headed))) == ([{"a": 1, "b": "x"}] if headed else [["a", "b"], [1, "x"]])
    sheet = load_workbook(io.BytesIO(to_xlsx(Grid(rows, headed)))).worksheets[0]
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == ((True, "A2") if headed else (False, None))


def test_a_workbook_keeps_text_and_numbers() -> None:
    """Formulas are not calculated, account numbers keep their zeros, numbers are shown as they were written."""
    rows: Rows = (("1.10", "1,234", "-7", "007", "=1+1", "two\nlines", "bell\x07"),)
    sheet = load_workbook(io.BytesIO(to_xlsx(Grid(rows, headed=False)))).worksheets[0]
    cells = list(sheet[1])
    assert [cell.value for cell in cells] == [1.1, 1234, -7, "007", "=1+1", "two\nlines", "bell"]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "s", "s", "s", "s"]
    assert [cell.number_format for cell in cells[:3]] == ["0.00", "#,##0", "0"]


@given(GRIDS)
def test_a_workbook_is_read_back(rows: Rows) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(Grid(rows)))).worksheets[0]
    for place, text in (
        (cell, text)
        for cells, row in zip(sheet.rows, rows, strict=False)
        for cell, text in zip(cells, row, strict=True)
    ):
        number = read_number(text)
        assert place.value == (number.value if number else text or None)


def test_json_names_are_unlike() -> None:
    rows: Rows = (("a", "a", ""), ("1", "2", "3"))
    assert json.loads(to_json(Grid(rows))) == [{"a": 1, "a (2)": 2, "column 3": 3}]
    assert json.loads(fields_to_json((("Total", "1.10"), ("Total", "x"), ("", "y")))) == {
        "Total": 1.1, "Total (2)": "x", "column 3": "y",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", 0), ("12", 12), ("-7", -7), ("−7", -7), ("1.10", 1.1), ("1,234,567.5", 1234567.5), (" 5 ", 5),
        ("007", None), ("+5", None), ("1,23", None), ("0,123", None), ("1.", None), (".5", None), ("1e5", None),
        ("3-4", None), ("12 %", None), ("1234567890123456", None), ("", None), ("٣", None), ("-", None),
    ],
)  # fmt: skip
def test_what_is_a_number(cell: str, value: float | None) -> None:
    number = read_number(cell)
    assert (number.value if number else None) == value


def test_nothing_is_given_away_as_nothing() -> None:
    assert to_markdown(Grid(())) == to_pasted_text(()) == ""
    assert json.loads(to_json(Grid(()))) == []
    assert load_workbook(io.BytesIO(to_xlsx(Grid(())))).worksheets[0].max_row == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Invoice No.: 007-42\nTotal: 1.10", (("Invoice No.", "007-42"), ("Total", "1.10"))),
        ("Time: 10:30\nSee http://a.b: c\n12:30", (("Time", "10:30"), ("See http://a.b", "c\n12:30"))),
        ("Address: A Street\nTown\nEmpty:\nLast: x", (("Address", "A Street\nTown"), ("Empty", ""), ("Last", "x"))),
        ("There are no fields.", (("", "There are no fields."),)),
        ("", ()),
    ],
)  # fmt: skip
def test_fields_out_of_their_text(text: str, rows: Rows) -> None:
    assert split_fields(text) == rows
