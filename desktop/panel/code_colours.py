"""What the parts of code mean and in which colours they are shown, light and dark; no Qt."""

from collections.abc import Mapping
from typing import Any

from desktop.panel.run import Run

COLOURS: Mapping[bool, Mapping[str, str]] = {
    False: {
        "comment": "#5f6773",
        "keyword": "#7c49da",
        "string": "#116329",
        "number": "#0550ae",
        "name": "#953800",
        "builtin": "#0550ae",
    },
    True: {
        "comment": "#9aa2ae",
        "keyword": "#d2a8ff",
        "string": "#7ee787",
        "number": "#79c0ff",
        "name": "#ffa657",
        "builtin": "#79c0ff",
    },
}
"""Dark or not -> role -> colour."""


def colour(code: str, language: str) -> list[list[Run]]:
    """The lines of some code, each as runs with their roles; without roles where the language is not known."""
    lines: list[list[Run]] = [[]]
    for text, role in _parts(code, language):
        first, *more = text.split("\n")
        lines[-1] += [Run(first, role=role)] if first else []
        lines += [[Run(line, role=role)] if line else [] for line in more]
    return lines


def _parts(code: str, language: str) -> list[tuple[str, str]]:
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, ensurenl=False, stripnl=False)
    except ClassNotFound:
        return [(code, "")]
    return [(text, _role(token)) for token, text in lex(code, lexer)]


def _role(token: Any) -> str:
    from pygments.token import Token

    roles = (
        (Token.Comment, "comment"),
        (Token.Keyword, "keyword"),
        (Token.Name.Tag, "keyword"),
        (Token.Operator.Word, "keyword"),
        (Token.Literal.String, "string"),
        (Token.Literal.Number, "number"),
        (Token.Name.Function, "name"),
        (Token.Name.Class, "name"),
        (Token.Name.Attribute, "name"),
        (Token.Name.Builtin, "builtin"),
    )
    return next((role for kind, role in roles if token in kind), "")
