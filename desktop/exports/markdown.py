"""Markdown as the model writes it: parsed, as HTML to paste, as plain words. Pure.

HTML inside it is text; links lead to the web or to mail alone; pictures are links, so that nothing is fetched.
"""

from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desktop.exports.html_table import PAGE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCHEMES = {"http", "https", "mailto"}


def may_open(address: str) -> bool:
    """Tell whether a link to that address may be followed."""
    try:
        return urlsplit(address).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def parse(text: str, definitions: MutableMapping[str, Any] | None = None) -> "list[Token]":
    """The tokens of a text; `definitions` holds what it defines of links, for the text that follows."""
    return _parser().parse(text, definitions)


def to_html(text: str) -> str:
    """The text as HTML."""
    return str(_parser().render(text)).strip()


def to_words(text: str) -> str:
    """What is read of the text, a block or a table's cell a line, without the signs that only set it."""
    return "\n".join(filter(None, map(_words_of, parse(text))))


def to_page(text: str) -> bytes:
    """A whole HTML file."""
    return PAGE.format(title="Answer", body=to_html(text)).encode()


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.validateLink = may_open  # type: ignore[method-assign, assignment]
    parser.add_render_rule("image", _link_to_picture)
    return parser


def _words_of(token: "Token") -> str:
    if token.type != "inline":
        return token.content.strip()
    return "".join(part.content or "\n" * part.type.endswith("break") for part in token.children or ())


def _link_to_picture(self: Any, tokens: "Sequence[Token]", place: int, options: Any, env: Any) -> str:
    from markdown_it.common.utils import escapeHtml

    token = tokens[place]
    words = self.renderInlineAsText(token.children, options, env) or "picture"
    return f'<a href="{escapeHtml(str(token.attrs["src"]))}">{escapeHtml(words)}</a>'
