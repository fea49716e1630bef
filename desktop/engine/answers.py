"""What a model answered, rid of the talk around it, by the kind of answer. Pure; half-finished answers are fine."""

import re
from collections.abc import Callable

from desktop.engine.chatter import strip_talk, unfence, unwrap_markdown
from desktop.engine.html_page import read_page
from desktop.job import AnswerKind

_MATH = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))
_JSON = (re.compile(r"\{|\[(?=\s*(?:[\[{\]]|\Z))"), re.compile(r"[\]}]"))
_TABLE = (re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE))


def clean(text: str, kind: AnswerKind) -> str:
    """The answer without fences, lead-in and sign-off where its kind makes plain what they are; text stays verbatim."""
    return _CLEANERS[kind](text)


def stop_place(text: str, stop: tuple[str, ...]) -> int | None:
    """Where the first of the words stands that end an answer; None where none does."""
    return min((place for word in stop if (place := text.find(word)) >= 0), default=None)


def _verbatim(text: str) -> str:
    return text


def _fields(text: str) -> str:
    return strip_talk(unfence(strip_talk(text))).strip("\n")


def _boxes(text: str) -> str:
    return _between(unfence(text), *_JSON)


def _table(text: str) -> str:
    return _between(_fields(text), *_TABLE)


def _html(text: str) -> str:
    """The page with plain line breaks, so that a change to it is found where it stands."""
    text = text.replace("\r\n", "\n")
    return read_page(text) or unfence(text)


def _formula(text: str) -> str:
    """LaTeX without the signs that set it into a text."""
    plain = _fields(text).strip()
    for opener, closer in _MATH:
        inside = plain.removeprefix(opener).removesuffix(closer)
        if plain.startswith(opener) and len(plain) > len(opener) and closer not in inside:
            return inside.strip()
    return plain


def _between(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    """From the first start to the last end behind it, or to the end of the text; all of it where there is no start."""
    first = start.search(text)
    if first is None:
        return text
    ends = [match.end() for match in end.finditer(text, first.end())]
    return text[first.start() : ends[-1] if ends else None]


_CLEANERS: dict[AnswerKind, Callable[[str], str]] = {
    AnswerKind.TEXT: _verbatim,
    AnswerKind.MARKDOWN: unwrap_markdown,
    AnswerKind.FIELDS: _fields,
    AnswerKind.TABLE: _table,
    AnswerKind.BOXES: _boxes,
    AnswerKind.HTML: _html,
    AnswerKind.FORMULA: _formula,
}
