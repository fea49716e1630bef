"""Tables out of answers, finished or not, and the text that an Update carries of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exports.table import Rows, from_tsv, read_table, to_tsv

ROWS: Rows = (("Name", "Price"), ("Tea", "1.10"), ("Coffee & cake", "7.00"))
HTML = """<table border="1">
  <thead><tr><th>Name</th><th>Price</th></tr></thead>
  <tbody>
    <tr><td>Tea</td><td>1.10</td></tr>
    <tr><td>Coffee &amp; <b>cake</b></td><td class="num">7.00</td></tr>
  </tbody>
</table>"""
PIPES = "| Name | Price |\n|:-----|------:|\n| Tea | 1.10 |\n| Coffee & cake | 7.00 |"
FORMS = {
    "html": HTML,
    "fenced": f"```html\n{HTML}\n```",
    "chatty": f"Here is the table:\n\n```html\n{HTML}\n```\n\nLet me know if you need more.",
    "page": f"<!DOCTYPE html><html><body><h1>Prices</h1>{HTML}</body></html>",
    "no end tags": HTML.replace("</td>", "").replace("</th>", "").replace("</tr>", ""),
    "upper case": HTML.upper().replace("NAME", "Name").replace("PRICE", "Price").replace("TEA", "Tea")
    .replace("COFFEE &AMP; <B>CAKE", "Coffee &amp; <B>cake"),
    "rows alone": HTML.partition("<tbody>")[0].partition("<thead>")[2] + HTML.partition("<tbody>")[2],
    "pipes": PIPES,
    "pipes fenced": f"Here is the table:\n\n```markdown\n{PIPES}\n```",
    "open pipes": "Name | Price\n--- | ---\nTea | 1.10\nCoffee & cake | 7.00\n",
    "no rule": PIPES.replace("|:-----|------:|\n", ""),
    "tabs": "Name\tPrice\nTea\t1.10\nCoffee & cake\t7.00",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_understood(form: str) -> None:
    assert read_table(FORMS[form]) == ROWS


@pytest.mark.parametrize("form", FORMS)
def test_rows_only_grow_while_it_is_written(form: str) -> None:
    text, before = FORMS[form], 0
    for end in range(len(text) + 1):
        rows = read_table(text[:end])
        assert before <= len(rows) <= len(ROWS)
        assert [row[: len(full)] for row, full in zip(rows[:-1], ROWS, strict=False)] == list(ROWS[: len(rows) - 1])[
            : max(len(rows) - 1, 0)
        ]
        before = len(rows)


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<tr><td colspan=2>a</td><td>b</td></tr><tr><td>1<td>2<td>3", (("a", "a", "b"), ("1", "2", "3"))),
        ('<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>', (("a", "b"), ("a", "c"))),
        (
            "<tr><td>a<td rowspan=3>b</tr><tr><td>c</tr><tr><td>d<td>e",
            (("a", "b", ""), ("c", "b", ""), ("d", "b", "e")),
        ),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", (("a", "a", "b"), ("a", "a", "c"))),
        ("<tr><td rowspan=9>a", (("a",),)),
        ("<tr><td>a<tr><td>b<td>c", (("a", ""), ("b", "c"))),
        ("<tr><td colspan=0>a<td colspan=x>b<td rowspan=-1>c<td rowspan>d", (("a", "b", "c", "d"),)),
        ("<tr><td>two<br>lines<br/>here</td></tr>", (("two\nlines\nhere",),)),
        ("<tr><td>a\n   b&nbsp;c</td><td>&lt;td&gt; 5 < 6</td></tr>", (("a b c", "<td> 5 < 6"),)),
        ("<tr><td>a<table><tr><td>in</td></tr></table></td><td>b</td></tr>", (("ain", "b"),)),
        ("<tr><td>a</td> stray <td>b</td></tr> stray", (("a", "b"),)),
        ("<tr><td><![CDATA[x]]></td></tr>", (("<![CDATA[x]]>",),)),
        ("<tr></tr><tr><td>a</td></tr>", (("",), ("a",))),
        ("</table><table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", (("a",), ("b",))),
    ],
)
def test_html_as_it_comes(html: str, rows: Rows) -> None:
    assert read_table(f"<table>{html}</table>") == rows
    assert read_table(f"<table>{html}") == rows


@pytest.mark.parametrize(
    ("pipes", "rows"),
    [
        (r"| a \| b | c |", (("a | b", "c"),)),
        (r"| C:\dir | 5\$ \*\\\| |", ((r"C:\dir", "5$ *\\|"),)),
        ("| a | |\n|---|---|\n| | b |", (("a", ""), ("", "b"))),
        ("| a | b |\n|---|---|\n| - | -- |", (("a", "b"), ("-", "--"))),
        ("| a |\n|---|\n| b | c |", (("a", ""), ("b", "c"))),
        ("Prose.\n\n| a | b |\n|---|---|\n| c<br>d | e |\n\nMore prose.", (("a", "b"), ("c\nd", "e"))),
    ],
)
def test_pipes_as_they_come(pipes: str, rows: Rows) -> None:
    assert read_table(pipes) == rows


@pytest.mark.parametrize("text", ["", "There is no table.", "<tab", "<table", "<table>", "```html\n"])
def test_no_table(text: str) -> None:
    assert read_table(text) == ()


def test_a_span_cannot_fill_the_memory() -> None:
    (row,) = read_table("<table><tr><td colspan=99999999>a")
    assert row == ("a",) * 100


def test_the_text_of_an_update() -> None:
    assert to_tsv((("a|b", "c\td"), ("1\n2", "<x> & y"))) == "a|b\tc d\n1 2\t<x> & y"


CELLS = st.text(st.sampled_from("ab \n\t\u2028") | st.characters(categories=["L", "N"]))


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=4)))
def test_rows_come_back_out_of_that_text(rows: list[tuple[str, ...]]) -> None:
    assert from_tsv(to_tsv(tuple(rows))) == tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows)


@given(
    st.lists(
        st.sampled_from(
            ["<table", ">", "<tr>", "<td ", "</td", "<![", "<!", "-->", "<?", "rowspan=3", "x", "&", "|", "\n"]
        )
    )
)
def test_no_markup_fails(parts: list[str]) -> None:
    read_table("".join(parts))
    rows = read_table("<table>" + "".join(parts))
    assert len({len(row) for row in rows}) <= 1
