"""Reads the history, a page or an entry at a time, beside the thread that writes it."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.history.database import is_damage, open_to_read
from desktop.history.entry import Answer, Entry, Totals
from desktop.history.picture import decode, region_of
from desktop.history.record import UNREADABLE, Row, conversation_of
from desktop.history.retention import total_size
from desktop.history.search import Query, page_of
from desktop.job import AnswerKind, Shot
from desktop.language import tr
from desktop.panel.conversation import Conversation, Exchange
from desktop.webpage.versions import newest_page

log = logging.getLogger(__name__)

_EXCHANGES = "SELECT task, question, chosen, answer, words, lines FROM exchanges WHERE entry = ? ORDER BY number"
_ENTRY = "SELECT id, task, title, line, created, favourite FROM entries WHERE id = ?"
_KIND = "SELECT json_extract(task, '$.answer') FROM exchanges WHERE entry = ? ORDER BY number LIMIT 1"
_NEWEST = "SELECT id, title, line FROM entries WHERE NOT hidden AND batch = 0 ORDER BY answered DESC LIMIT ?"
_COUNTS = (
    "SELECT count(*) - (SELECT count(*) FROM entries WHERE hidden), (SELECT count(*) FROM entries WHERE batch = 1)"
    " - (SELECT count(*) FROM entries WHERE hidden AND +batch = 1) FROM entries"
)
_ABOUT_SAME = (
    "SELECT max(id) FROM entries WHERE NOT hidden AND picture = ? AND task <> ? GROUP BY task ORDER BY max(id) DESC"
)


class Reader:
    """Belongs to one thread. It is as empty as its file until `reopen`; `failed` hears of what cannot be read."""

    def __init__(self, path: Path, failed: Callable[[], None] = lambda: None) -> None:
        self._path = path
        self._failed = failed
        self._db: sqlite3.Connection | None = None

    def reopen(self) -> None:
        """Read the file that stands there now, if any."""
        self.close()
        try:
            self._db = open_to_read(self._path)
        except sqlite3.Error as error:
            log.info("no history to read: %s", error)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def page(self, query: Query, before: int | None = None, limit: int | None = None) -> list[int]:
        """The next entries that match, newest first."""
        bounds = {"before": before, "limit": limit}
        sql, values = page_of(query, **{name: bound for name, bound in bounds.items() if bound is not None})
        return [entry for (entry,) in self._rows(sql, values)]

    def entry(self, entry: int) -> Entry | None:
        """What the list shows of an entry, unless it is gone."""
        for number, task, title, line, created, favourite in self._rows(_ENTRY, [entry]):
            return Entry(number, task, title, line, datetime.fromtimestamp(created / 1000), bool(favourite))
        return None

    def thumbnail(self, entry: int) -> bytes:
        """Its picture small, encoded; empty where the entry is gone."""
        select = "SELECT thumbnail FROM pictures WHERE id = (SELECT picture FROM entries WHERE id = ?)"
        return bytes(next((data for (data,) in self._rows(select, [entry])), b""))

    def exchanges(self, entry: int) -> list[Exchange]:
        """What was asked and said, without where it stands."""
        return [Exchange(row.question, row.answer) for row in self._exchanges(entry)]

    def kind(self, entry: int) -> AnswerKind:
        """The shape of its first answer; plain text where that is not known."""
        known = {kind.value for kind in AnswerKind}
        return next((AnswerKind(kind) for (kind,) in self._rows(_KIND, [entry]) if kind in known), AnswerKind.TEXT)

    def outcome(self, entry: int) -> str:
        """What it came to: the newest answer, for a page that with all that was changed in it."""
        answers = [said.answer for said in self.exchanges(entry) if said.answer]
        page = newest_page(answers) if self.kind(entry) is AnswerKind.HTML else ""
        return page or next(reversed(answers), "")

    def shot(self, entry: int) -> Shot:
        """Its picture; raises UserError where it is gone or cannot be read."""
        select = (
            "SELECT data, scale, region, source FROM pictures WHERE id = (SELECT picture FROM entries WHERE id = ?)"
        )
        try:
            data, scale, region, source = self._rows(select, [entry])[0]
            width, height, rgb = decode(data)
            return Shot(width, height, rgb, scale, region_of(region), source)
        except (OSError, ValueError, TypeError, IndexError) as error:
            log.warning("the picture of entry %d cannot be read: %s", entry, error)
            raise UserError(tr(UNREADABLE)) from error

    def conversation(self, entry: int) -> Conversation:
        """All of it; raises UserError where it is gone or cannot be read."""
        return self._conversation(entry, self.shot(entry))

    def conversations(self, entry: int) -> list[Conversation]:
        """Its conversation, and after it the newest ones of other tasks about the same picture.

        Raises UserError where that cannot be read.
        """
        shot = self.shot(entry)
        about = self._rows("SELECT picture, task FROM entries WHERE id = ?", [entry])
        others = [number for (number,) in self._rows(_ABOUT_SAME, about[0])] if about else []
        return [self._conversation(number, shot) for number in (entry, *others)]

    def newest(self, limit: int) -> list[Answer]:
        """The newest answers but those of batches, each with its whole text."""
        found = [(title, self.outcome(entry), line) for entry, title, line in self._rows(_NEWEST, [limit])]
        return [Answer(title, text, line) for title, text, line in found if text]

    def totals(self) -> Totals:
        """How much is kept."""
        counted = self._rows(_COUNTS, [])
        if not counted or self._db is None:
            return Totals()
        count, batch = counted[0]
        return Totals(count, batch, total_size(self._db))

    def _conversation(self, entry: int, shot: Shot) -> Conversation:
        found = self._rows("SELECT key, latest FROM entries WHERE id = ?", [entry])
        if not found:
            raise UserError(tr(UNREADABLE))
        return conversation_of(found[0][0], shot, self._exchanges(entry), found[0][1])

    def _exchanges(self, entry: int) -> list[Row]:
        return [Row(*row) for row in self._rows(_EXCHANGES, [entry])]

    def _rows(self, sql: str, values: Sequence[object]) -> list[Any]:
        """All rows of an answer; none where there is no file, or where it cannot be read."""
        if self._db is None:
            return []
        try:
            return self._db.execute(sql, values).fetchall()  # to the end: an open statement would hold the file back
        except sqlite3.Error as error:
            log.warning("the history could not be read: %s", error)
            if is_damage(error):
                self._failed()
            return []
