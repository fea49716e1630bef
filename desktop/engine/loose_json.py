"""JSON as a model writes it: prose around it, single quotes, trailing commas, the end missing. Pure."""

import re
from typing import Union

Json = Union[str, list["Json"], "JsonObject"]
"""Scalars are the characters as they were written, so that `1.10` and `007` stay what the picture shows."""

_DEPTH = 32
_SIGNS = "[]{}:,"
_START = re.compile(r"[\[{]")
_TOKEN = re.compile(r"""[\[\]{}:,"']|[^\s\[\]{}:,"'][^\s\[\]{}:,]*""")
# A quote ends its string only where JSON goes on behind it, so that quotes inside a label do no harm.
_ENDS = r"""(?=\s*(?:[,:}\]]|\Z|["'][\w ]+["']\s*:))"""
_STRINGS = {
    quote: re.compile(rf"(?P<body>(?:[^\\{quote}]+|\\.|{quote}(?!{_ENDS}))*)(?P<end>{quote})?", re.DOTALL)
    for quote in "\"'"
}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class JsonObject(dict[str, Json]):
    """An object; `closed` is False where its end did not come."""

    closed: bool = False


def read_values(text: str) -> list[Json]:
    """Every outermost array and object of a text, as far as it goes."""
    return _build(text).values


def read_objects(text: str) -> list[JsonObject]:
    """Every object at any depth in the order of their ends, then the unfinished ones from the inside out."""
    return _build(text).objects


def _build(text: str) -> "_Builder":
    builder = _Builder()
    bare, end = False, 0
    while token := (_TOKEN if builder.path else _START).search(text, end):
        sign, end = token[0], token.end()
        if sign not in _STRINGS:
            bare = sign not in _SIGNS
            if bare and end == len(text):
                break
            builder.take(sign)
        elif not bare:
            string = _STRINGS[sign].match(text, end)
            if string is None or string["end"] is None:
                break
            builder.put(_unescape(string["body"]))
            end = string.end()
    builder.finish()
    return builder


def _unescape(body: str) -> str:
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _ESCAPED.get(m[2], m[2]), body)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Builder:
    """Puts tokens together; `path` holds the containers that are open, `keys` what each waits to name."""

    def __init__(self) -> None:
        self.values: list[Json] = []
        self.objects: list[JsonObject] = []
        self.path: list[list[Json] | JsonObject] = []
        self.keys: list[str | None] = []

    def take(self, sign: str) -> None:
        """Act on a bracket, a comma, a colon or a bare scalar."""
        if sign in "[{":
            self.open(sign)
        elif sign in "]}":
            self.close(list if sign == "]" else JsonObject)
        elif sign == ",":
            self.keys[-1] = None
        elif sign != ":":
            self.put(sign)

    def open(self, bracket: str) -> None:
        """Begin an array or an object; beyond a sane depth the bracket is noise."""
        if len(self.path) >= _DEPTH:
            return
        value: list[Json] | JsonObject = [] if bracket == "[" else JsonObject()
        if self.path:
            self.put(value)
        else:
            self.values.append(value)
        self.path.append(value)
        self.keys.append(None)

    def close(self, kind: type) -> None:
        """End the innermost container of that kind and what was left open inside it."""
        if not any(isinstance(value, kind) for value in self.path):
            return
        ended = False
        while not ended:
            value = self._pop()
            ended = isinstance(value, kind)
            if isinstance(value, JsonObject):
                value.closed = True

    def put(self, value: Json) -> None:
        """Add to the innermost container; in an object a string is a key first."""
        target = self.path[-1]
        if isinstance(target, list):
            target.append(value)
        elif (key := self.keys[-1]) is not None:
            target[key] = value
            self.keys[-1] = None
        elif isinstance(value, str):
            self.keys[-1] = value

    def finish(self) -> None:
        """Take in what was never closed."""
        while self.path:
            self._pop()

    def _pop(self) -> list[Json] | JsonObject:
        self.keys.pop()
        value = self.path.pop()
        if isinstance(value, JsonObject):
            self.objects.append(value)
        return value
