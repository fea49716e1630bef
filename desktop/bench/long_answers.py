"""Long answers of every kind, such as a model might give."""

from collections.abc import Callable, Mapping

from desktop.job import AnswerKind

_LETTERS = 4
"""How many characters a token has on average."""

_SENTENCE = "The window shows a list of open orders beside a chart of what was sold each month of the last year"
_WORDS = _SENTENCE.split()
_CODE = '''
def total(rows: list[Row]) -> float:
    """The sum of all prices."""
    return sum(row.price * row.count for row in rows if row.price)  # without tax
'''


def long_answer(kind: AnswerKind, tokens: int) -> str:
    """An answer of about that many tokens."""
    parts: list[str] = []
    length = 0
    while length < tokens * _LETTERS:
        parts.append(_PARTS[kind](len(parts)))
        length += len(parts[-1])
    inside = "".join(parts)
    return f"\\begin{{aligned}}\n{inside}\\end{{aligned}}" if kind is AnswerKind.FORMULA else inside


def _say(number: int, count: int = 12) -> str:
    return " ".join(_WORDS[(number + place) % len(_WORDS)] for place in range(count))


def _markdown(number: int) -> str:
    items = "".join(f"- **{_say(place, 2)}** is *{_say(place + 3, 9)}* with `code {place}`\n" for place in range(6))
    cells = "".join(f"| {_say(place, 2)} | {place}.50 | {_say(place + 5, 3)} |\n" for place in range(6))
    return (
        f"## {_say(number, 5)}\n\n{_say(number, 40)}. See [the page](https://example.org/{number}).\n\n{items}\n"
        f"| name | price | note |\n| --- | ---: | --- |\n{cells}\n```python{_CODE * 3}```\n\n> {_say(number, 15)}\n\n"
    )


def _table(number: int) -> str:
    return f"{_say(number, 2)}\t{number}\t{number * 7 % 100}.50\t{_say(number, 4)}\t2026-03-{number % 28 + 1:02}\n"


def _fields(number: int) -> str:
    return f"{_say(number, 2)} {number}: {_say(number, 5)}\n"


def _formula(number: int) -> str:
    return rf"x_{{{number}}} &= \frac{{-b \pm \sqrt{{b^2 - 4ac}}}}{{2a}} + \sum_{{i=0}}^{{n}} \alpha_i \\" + "\n"


_PARTS: Mapping[AnswerKind, Callable[[int], str]] = {
    AnswerKind.MARKDOWN: _markdown,
    AnswerKind.TABLE: _table,
    AnswerKind.FIELDS: _fields,
    AnswerKind.FORMULA: _formula,
}
KINDS = tuple(_PARTS)
"""The kinds that there are answers of."""
