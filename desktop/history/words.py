"""What is searched: texts and questions folded alike, so that case, accents and line breaks do not matter. Pure."""

import re
import unicodedata
from itertools import pairwise

_MARKS = re.compile("[\u0300-\u036f]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BREAKS = re.compile(f"(?<=[{_CJK}、。，]) (?=[{_CJK}])")
_TERM = re.compile(r'"([^"]+)"|(\S+)')
GRAM = 3
"""The fewest characters that the table `grams` finds."""


def fold(text: str) -> str:
    """The text in small letters without accents, full-width signs as usual ones, on one line.

    Chinese and Japanese words that a line break parts are whole again.
    """
    plain = unicodedata.normalize("NFKD", text.replace("\0", " ")).casefold()
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain))
    return _BREAKS.sub("", " ".join(plain.split()))


def pairs(folded: str) -> str:
    """Every two neighbouring characters that are in a folded text, and the last ones of its words, once each."""
    found: set[str] = set()
    for word in folded.split():
        found.update(map("".join, pairwise(word)))
        found.add(word[-1])
    return " ".join(sorted(found))


def terms(words: str) -> list[str]:
    """The folded terms that must all be found; what stands in quotes is one term with its spaces."""
    folded = (fold(phrase or word) for phrase, word in _TERM.findall(words))
    return [term for term in folded if term]


def matches(found: list[str]) -> tuple[str, str]:
    """The questions for the tables `grams` and `pairs`, '' where there is none."""
    long = [_quoted(term) for term in found if len(term) >= GRAM]
    short = [_quoted(term) + "*" * (len(term) == 1) for term in found if len(term) < GRAM]
    return " AND ".join(long), " AND ".join(short)


def _quoted(term: str) -> str:
    return '"{}"'.format(term.replace('"', '""'))
