"""Markdown as HTML to paste."""

import pytest

from desktop.exports.markdown import may_open, to_html, to_page, to_words


def test_html() -> None:
    """Tables, struck words and breaks; HTML of the model is text, a picture a link."""
    html = to_html("a\nb ~~c~~ <script>x</script>\n\n| n |\n|---|\n| 1 |\n\n![p&q](https://e.org/p.png?a&b)")
    assert "<p>a<br />\nb <s>c</s> &lt;script&gt;x&lt;/script&gt;</p>" in html
    assert "<td>1</td>" in html
    assert '<a href="https://e.org/p.png?a&amp;b">p&amp;q</a>' in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Bill\n\nThe **quick** _brown_ ~~old~~ `fox`", "Bill\nThe quick brown old fox"),
        ("- [one](https://a.b)\n  1. two\n> three", "one\ntwo\nthree"),
        ("| a | b |\n|---|:-:|\n| 1 | **2** |", "a\nb\n1\n2"),
        ("first\nsecond\\\nthird", "first\nsecond\nthird"),
        ("```py\na = 2 ** 3\n```\n\n---\n\n![A fox](https://a.b/c.png)", "a = 2 ** 3\nA fox"),
        ("2 * 3 * 4 and <b>snake_case_name</b>", "2 * 3 * 4 and <b>snake_case_name</b>"),
        ("**half", "**half"),
        ("", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert to_words(text) == words


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://a.b", True), ("HTTP://a.b", True), ("mailto:a@b.c", True), ("javascript:alert(1)", False),
        ("file:///etc/passwd", False), ("shotglass:models", False), ("copy:0", False), ("a.html", False),
        ("data:text/html,x", False), ("//a.b", False), ("//x", False),
    ],
)  # fmt: skip
def test_what_may_be_opened(address: str, may: bool) -> None:
    assert may_open(address) is may
    assert ("<a " in to_html(f"[words]({address})")) is may


def test_no_address_is_none_to_open() -> None:
    assert not may_open("")
    assert not may_open("http://[")


def test_a_page_is_utf_8() -> None:
    assert "é".encode() in to_page("é")
    assert b'charset="utf-8"' in to_page("é")
