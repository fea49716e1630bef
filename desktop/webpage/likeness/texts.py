"""How much of the text of one picture the other one has. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# An ideograph stands for itself; other letters and digits make words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def recall(wanted: Iterable[str], found: Iterable[str]) -> float:
    """The share of the wanted words that are found, from 0 to 1; 1 where none are wanted. Case does not count."""
    want, have = _words(wanted), _words(found)
    total = want.total()
    return (want & have).total() / total if total else 1.0


def first_missing(wanted: Sequence[str], found: Iterable[str]) -> str:
    """The wanted line that lacks most of its words, or '' where none lacks any."""
    have = _words(found)
    lacks = [(_words([line]) - have).total() for line in wanted]
    most = max(lacks, default=0)
    return wanted[lacks.index(most)].strip() if most else ""


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(line.casefold()))
