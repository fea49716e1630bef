"""Tables out of answers and into other forms, finished or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.table import Rows, read_table, to_html, to_markdown, to_tsv

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


def test_other_forms() -> None:
    rows: Rows = (("a|b", "c\td"), ("1\n2", "<x> & y"))
    assert to_tsv(rows) == "a|b\tc d\n1 2\t<x> & y"
    assert to_markdown(rows) == "| a\\|b | c\td |\n| --- | --- |\n| 1<br>2 | \\<x> & y |"
    assert to_html(rows) == (
        "<table>\n<tr><th>a|b</th><th>c\td</th></tr>\n<tr><td>1<br>2</td><td>&lt;x&gt; &amp; y</td></tr>\n</table>"
    )
    assert (to_tsv(()), to_markdown(()), to_html(())) == ("", "", "<table>\n</table>")


CELL = st.text(st.sampled_from("ab1|<>&\\-: ;`") | st.characters(categories=["L", "N"])).map(lambda text: text.strip())
LINES = st.lists(CELL.filter(bool).map(lambda text: " ".join(text.split())), min_size=1, max_size=2).map("\n".join)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[LINES] * width), min_size=1, max_size=4)))
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]]) -> None:
    """As HTML always; as Markdown where backslashes do not stand before what they would hide."""
    assert read_table(to_html(tuple(rows))) == tuple(rows)
    if not any(sign in cell for row in rows for cell in row for sign in ("\\", "<br")):
        assert read_table(to_markdown(tuple(rows))) == tuple(rows)


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
