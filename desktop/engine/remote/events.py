"""Server-sent events out of bytes that come in any pieces (WHATWG HTML, section 9.2). Pure."""

import re
from typing import NamedTuple

MOST_BYTES = 4 << 20
_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


class Event(NamedTuple):
    """The name of an event, "" where it has none, and its data."""

    name: str
    data: str


class EventReader:
    """Takes bytes and gives the events that they complete; comments are left out."""

    def __init__(self) -> None:
        self._rest = b""
        self._name = ""
        self._data: list[str] = []

    def feed(self, piece: bytes) -> list[Event]:
        """Take the next bytes; the events that end in them. Raises ValueError for one of over 4 MiB."""
        *lines, self._rest = _END.split(self._rest + piece)
        events = [event for line in lines if (event := self._take(line))]
        if len(self._rest) + sum(map(len, self._data)) > MOST_BYTES:
            raise ValueError("an event without an end")
        return events

    def finish(self) -> list[Event]:
        """The event that the end of the stream left without the empty line behind it."""
        rest, self._rest = self._rest.rstrip(b"\r"), b""
        return [event for line in (rest, b"") if (event := self._take(line))]

    def _take(self, line: bytes) -> Event | None:
        if not line:
            event = Event(self._name, "\n".join(self._data)) if self._data else None
            self._name, self._data = "", []
            return event
        field, _, value = line.decode("utf-8", "replace").lstrip("\ufeff").partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._name = value
        return None
