"""Markdown as pieces, while it grows and after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.panel.conversation import Exchange
from desktop.panel.pieces import BULLET, Growing, Kind, Piece

TEXT = """# Title

A **bold** and *slanted* ~~word~~, `code`, a [link](https://example.org) and
a second line.

- one
- two

  more of two
  1. inner
  2. inner too

> said

| Name | Price |
| :--- | ---: |
| Tea | 1.10 |

```python
def total():
    return "x"  # why
```

---

5. five
6. six

The end, see [there].

[there]: https://example.net
"""


def plain(piece: Piece) -> str:
    """What can be read in a piece."""
    cells = (cell.runs for row in piece.rows for cell in row)
    return "".join(run.text for runs in (piece.runs, *cells) for run in runs)


def whole(text: str) -> tuple[Piece, ...]:
    return Growing().feed(Exchange("", text), done=True)


def test_every_kind() -> None:
    """Kind, depth, marker and text of each piece."""
    assert [(piece.kind, piece.depth, piece.marker, plain(piece)) for piece in whole(TEXT)] == [
        (Kind.HEADING, 0, "", "Title"),
        (Kind.TEXT, 0, "", "A bold and slanted word, code, a link and\u2028a second line."),
        (Kind.TEXT, 1, BULLET, "one"),
        (Kind.TEXT, 1, BULLET, "two"),
        (Kind.TEXT, 1, "", "more of two"),
        (Kind.TEXT, 2, "1.", "inner"),
        (Kind.TEXT, 2, "2.", "inner too"),
        (Kind.TEXT, 1, "", "said"),
        (Kind.TABLE, 0, "", "NamePriceTea1.10"),
        (Kind.BAR, 0, "", "python"),
        (Kind.CODE, 0, "", "def total():"),
        (Kind.CODE, 0, "", '    return "x"  # why'),
        (Kind.RULE, 0, "", ""),
        (Kind.TEXT, 1, "5.", "five"),
        (Kind.TEXT, 1, "6.", "six"),
        (Kind.TEXT, 0, "", "The end, see there."),
    ]


def test_looks() -> None:
    """Runs carry what they look like, cells how they are aligned, code what its parts mean."""
    pieces = whole(TEXT)
    runs = {run.text: run for run in pieces[1].runs}
    assert (runs["bold"].bold, runs["slanted"].italic, runs["word"].struck, runs["code"].code) == (True,) * 4
    assert runs["link"].link == "https://example.org"
    assert not runs["A "].bold
    table = next(piece for piece in pieces if piece.kind is Kind.TABLE)
    assert [cell.align for cell in table.rows[1]] == ["left", "right"]
    assert [cell.runs[0].bold for row in table.rows for cell in row] == [True, True, False, False]
    roles = {run.text: run.role for piece in pieces if piece.kind is Kind.CODE for run in piece.runs}
    assert (roles["def"], roles["total"], roles["# why"]) == ("keyword", "name", "comment")
    assert pieces[-1].runs[1].link == "https://example.net"


def test_nothing_dangerous_becomes_a_link() -> None:
    """Scripts, files and our own addresses stay text, HTML too; pictures are links and nothing else."""
    (piece,) = whole("[a](javascript:x) [b](file:///etc/passwd) [c](copy:0) <b>d</b> ![e](http://f.g/h.png)")
    assert [run.link for run in piece.runs if run.link] == ["http://f.g/h.png"]
    assert plain(piece) == "[a](javascript:x) [b](file:///etc/passwd) [c](copy:0) <b>d</b> e"


def test_code_is_coloured_once_it_is_complete() -> None:
    growing = Growing()
    text = "```python\nreturn 1"
    assert [run.role for run in growing.feed(Exchange("", text), done=False)[1].runs] == [""]
    assert growing.feed(Exchange("", f"{text}\n```\n\nnext"), done=False)[1].runs[0].role == "keyword"
    assert growing.feed(Exchange("", text), done=True)[1].runs[0].role == "keyword"


def test_what_is_settled_is_not_made_again() -> None:
    """The same pieces come again while the answer grows, not equal ones."""
    growing, text = Growing(), "one\n\n- two\n\nthree\n\nfour\n\n"
    first = growing.feed(Exchange("q", text), done=False)
    second = growing.feed(Exchange("q", f"{text}five"), done=False)
    assert [piece is other for piece, other in zip(first[1:], second[1:], strict=False)] == [True, True, False, False]


PARTS = [
    "word", " ", "\n", "\n\n", "- ", "* ", "1. ", "2", ".", ") ", "  ", "    ", "> ", "# ", "`", "```", "```py\n",
    "~~~", "**", "*", "_", "~~", "|", "| a | b |\n", "|---|---|\n", "---", "===", "[a]", "(https://b.c)", "[a]: https://d.e\n",
    "<b>", "&amp;", "\\", "\r\n", "\r", "\t", "![x](y)", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_an_answer_that_grew_is_the_answer_that_came_at_once(parts: list[str]) -> None:
    """Whatever the pieces in which it comes, it ends as if it had come whole."""
    growing, text = Growing(), ""
    for part in parts:
        text += part
        growing.feed(Exchange("", text), done=False)
    assert growing.feed(Exchange("", text), done=True) == whole(text)


def test_other_answers_are_taken_too() -> None:
    """One that does not go on from the one before, and one after an answer that was done."""
    growing = Growing()
    for text, done in (("one\n\ntwo\n\nthree", False), ("other", False), ("other", True), ("oth", False), ("", True)):
        assert growing.feed(Exchange("", text), done) == Growing().feed(Exchange("", text), done)


@pytest.mark.parametrize("text", ["", "\n\n", "[a]: https://b.c"])
def test_nothing_is_no_piece(text: str) -> None:
    assert whole(text) == ()
