"""The last answers, newest first; kept in memory only."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

KEPT = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as the tray offers it again."""

    task: str
    text: str
    when: datetime = field(default_factory=datetime.now)

    def preview(self, length: int = 48) -> str:
        """The beginning on one line."""
        words = " ".join(self.text.split())
        return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


class History:
    """Holds the newest answers."""

    def __init__(self, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(maxlen=kept)

    def add(self, entry: Entry) -> None:
        """Remember an answer that has text; the same text twice counts once."""
        for same in [kept for kept in self._entries if kept.text == entry.text]:
            self._entries.remove(same)
        if entry.text:
            self._entries.appendleft(entry)

    def entries(self) -> list[Entry]:
        """Every answer kept, newest first."""
        return list(self._entries)
