"""The source of pages, read line by line as it comes."""

from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Comment, Keyword, Name, String, _TokenType

from desktop.webpage.lexer import START, Stack, read_line
from tests.panel.html.pages import PLAIN


def kinds(source: str) -> dict[str, list[_TokenType]]:
    """What each piece of a source is, and what that is one of; where one occurs twice the last counts."""
    stack: Stack = START
    found: dict[str, list[_TokenType]] = {}
    for line in source.split("\n"):
        pieces, stack = read_line(line, stack)
        found |= {line[piece.start : piece.end].strip(): piece.kind.split() for piece in pieces}
    return found


def test_html_css_and_scripts_are_told_apart_across_lines() -> None:
    found = kinds(PLAIN)
    assert Name.Tag in found["header"]
    assert Name.Attribute in found["class"]
    assert Comment in found["the whole"]  # a comment that ends on the next line
    assert Comment in found["look"]
    assert Keyword in found["margin"]
    assert Name.Decorator in found["hover"]
    assert Comment in found["// they must not"]
    assert String in found["card"]  # again HTML, after the style element


def test_what_is_cut_off_goes_on_on_the_next_line() -> None:
    assert String in kinds('<p class="one\ntwo">text')["two"]
    assert Comment in kinds("<!-- one\ntwo -->")["two"]
    assert Name.Tag in kinds("<style>p { color: red\n</style>\n<main>")["main"]


@given(st.text(st.sampled_from("<>/!-='\"{}:;*&\n ") | st.sampled_from("abp") | st.characters()))
def test_every_character_is_in_one_piece_at_most(text: str) -> None:
    stack = START
    for line in f"<style>{text}".split("\n"):
        pieces, stack = read_line(line, stack)
        ends = [0, *(piece.end for piece in pieces)]
        assert all(piece.start >= end for piece, end in zip(pieces, ends, strict=False))
        assert ends[-1] <= len(line)
        assert stack[0] == "root"
