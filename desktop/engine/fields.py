"""Names and values out of an answer: lines, bullets or JSON. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.engine.chatter import strip_talk, unfence
from desktop.engine.loose_json import Json, JsonObject, read_values

_NAME = 80
_JSON = re.compile(r"\s*(?:\{|\[\s*\{)")
_MARK = re.compile(r"^\s*(?:[-*+•·]\s+|#{1,6}\s+|\d{1,3}[.)]\s+(?=\*\*))?")
# A colon parts name and value unless it belongs to a time, an address or a drive.
_PARTED = re.compile(
    rf"(?P<name>[^:：\n]{{1,{_NAME}}}?)\s*(?P<bold>\*\*|__)?\s*(?:：|:(?!//|\\|(?<=\d:)\d))\s*(?P=bold)?\s*(?P<value>.*)"
)
_PAIRS = (("name", "value"), ("key", "value"), ("field", "value"), ("label", "value"), ("label", "text"))
_BOLD = re.compile(r"^(\*\*|__)(.*?)(\*\*|__)?$", re.DOTALL)


class Field(NamedTuple):
    """A value and its name; the name is empty for a line that stands alone."""

    name: str
    value: str


def read_fields(text: str) -> tuple[Field, ...]:
    """The fields of an answer in their order; lines without a name go on with the value above them."""
    inside = strip_talk(unfence(strip_talk(text)))
    if _JSON.match(inside):
        values = (inner for value in read_values(inside) for inner in (value if isinstance(value, list) else [value]))
        return tuple(field for value in values for field in _flatten("", value))
    return tuple(_read_lines(inside.splitlines()))


def fields_to_text(fields: Iterable[Field]) -> str:
    """One "name: value" a line."""
    return "\n".join(f"{name}: {value}".rstrip() if name else value for name, value in fields)


def _flatten(name: str, value: Json) -> Iterator[Field]:
    """The scalars of a JSON value, named by their way: "seller / city", "items 2 / price"."""
    if isinstance(value, str):
        yield Field(name, "" if value == "null" else value)
    elif isinstance(value, JsonObject) and (pair := _pair(value)):
        yield pair
    elif isinstance(value, JsonObject):
        for key, inner in value.items():
            yield from _flatten(f"{name} / {key}" if name else key, inner)
    elif all(isinstance(inner, str) for inner in value):
        yield Field(name, ", ".join(inner for inner in value if isinstance(inner, str)))
    else:
        for number, inner in enumerate(value, 1):
            yield from _flatten(f"{name} {number}".strip() if len(value) > 1 else name, inner)


def _pair(value: JsonObject) -> Field | None:
    """The field of `{"name": "Total", "value": "1.10"}`."""
    for keys in _PAIRS:
        name, inner = (value.get(key) for key in keys)
        if value.keys() == set(keys) and isinstance(name, str) and isinstance(inner, str):
            return Field(name, "" if inner == "null" else inner)
    return None


def _read_lines(lines: Iterable[str]) -> Iterator[Field]:
    name, value, parted = "", list[str](), True
    for line in lines:
        plain = _MARK.sub("", line, count=1).rstrip()
        found = _PARTED.fullmatch(plain)
        begins = found and any(letter.isalpha() for letter in found["name"])
        if not plain.strip():
            parted = parted or bool("".join(value))
        elif not begins and not parted:
            value.append(_unbold(plain.strip()))
        else:
            yield from _field(name, value)
            name = _unbold(found["name"]) if found and begins else ""
            value = [_unbold((found["value"] if found and begins else plain).strip())]
            parted = False
    yield from _field(name, value)


def _field(name: str, value: list[str]) -> Iterator[Field]:
    if name or any(value):
        yield Field(name, "\n".join(value).strip())


def _unbold(text: str) -> str:
    found = _BOLD.match(text.strip())
    return found[2].strip() if found else text.strip()
