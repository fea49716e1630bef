"""Reads HTML line by line into coloured pieces, each line going on where the one before it stopped. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, NamedTuple

from pygments.lexer import ExtendedRegexLexer, Lexer, LexerContext, bygroups, include, using
from pygments.lexers.css import CssLexer
from pygments.lexers.html import HtmlLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Name, Punctuation, String, Text, _TokenType

Stack = tuple[str, ...]
START: Stack = ("root",)

_CLOSING = r"(<)(\s*)(/)(\s*)({})(\s*)(>)"
_CLOSED = bygroups(Punctuation, Text, Punctuation, Text, Name.Tag, Text, Punctuation)  # type: ignore[no-untyped-call]


def _leave_style(lexer: Lexer, found: re.Match[str], context: LexerContext) -> Iterator[tuple[int, _TokenType, str]]:
    """End the style element, however deep in a rule that was left open."""
    yield from _CLOSED(lexer, found, context)
    del context.stack[context.stack.index("style-content") :]


_ANYWHERE_IN_CSS = [(_CLOSING.format("style"), _leave_style), (r"/\*", Comment.Multiline, "css-comment")]
_CSS = {name: [*_ANYWHERE_IN_CSS, *rules] for name, rules in CssLexer.tokens.items() if name != "root"}


class _LineLexer(HtmlLexer):
    """HTML and CSS whose comments and rules may end on any later line, or not at all yet."""

    tokens: ClassVar[Any] = {
        **HtmlLexer.tokens,
        **_CSS,
        "root": [(r"<!--", Comment.Multiline, "html-comment"), *HtmlLexer.tokens["root"]],
        "html-comment": [
            (r"-->", Comment.Multiline, "#pop"),
            (r"[^-]+|-", Comment.Multiline),
        ],
        "css-comment": [
            _ANYWHERE_IN_CSS[0],
            (r"\*/", Comment.Multiline, "#pop"),
            (r"[^*<]+|[*<]", Comment.Multiline),
        ],
        "attr": [(r'"', String, ("#pop", "double")), (r"'", String, ("#pop", "single")), (r"[^\s>]+", String, "#pop")],
        "double": [(r'"', String, "#pop"), (r'[^"]+', String)],
        "single": [(r"'", String, "#pop"), (r"[^']+", String)],
        "script-content": [
            (_CLOSING.format("script"), _CLOSED, "#pop"),
            (r".+?(?=<\s*/\s*script\s*>)|.+|\n", using(JavascriptLexer)),  # type: ignore[no-untyped-call]
        ],
        "style-content": [include("basics")],
    }


@cache
def _lexer() -> _LineLexer:
    """The lexer; its rules take some 50 ms to compile."""
    return _LineLexer()


class Piece(NamedTuple):
    """A part of a line, as columns `start` to `end`, and what it is."""

    start: int
    end: int
    kind: _TokenType


def read_line(line: str, stack: Stack) -> tuple[list[Piece], Stack]:
    """The pieces of a line without its end, and where the next line goes on."""
    context = LexerContext(f"{line}\n", 0, list(stack))
    pieces = [Piece(at, min(at + len(text), len(line)), kind) for at, kind, text in _tokens(context)]
    return [piece for piece in pieces if piece.start < piece.end], tuple(context.stack)


def _tokens(context: LexerContext) -> Iterator[tuple[int, _TokenType, str]]:
    # The lexer that keeps its stack outside can run the rules of any other.
    return ExtendedRegexLexer.get_tokens_unprocessed(_lexer(), context=context)  # type: ignore[arg-type]
