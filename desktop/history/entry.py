"""What the history shows of itself: an entry of the list, an answer of the tray, how much is kept; frozen values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One conversation about one Shot as the list shows it; `created` is local time, `line` says it in one line."""

    id: int
    task: str
    title: str
    line: str
    created: datetime
    favourite: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest answer of an entry, as the tray offers it again; `line` is the entry's."""

    title: str
    text: str
    line: str

    def preview(self, length: int = 48) -> str:
        """The beginning of its line."""
        return one_line(self.line, length)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many entries are kept, how many of them were read in batches, and the bytes of their pictures and texts."""

    count: int = 0
    batch: int = 0
    size: int = 0


def one_line(text: str, length: int) -> str:
    """The beginning of a text on one line, cut with an ellipsis."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
