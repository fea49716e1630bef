"""Writes the history: an entry a conversation, each change in one short transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from desktop.history.database import shrink
from desktop.history.picture import digest, encode, make_thumbnail, region_text
from desktop.history.record import Row, latest_of, rows_of, sound
from desktop.history.search import milliseconds
from desktop.history.summary import line_of, words_of
from desktop.history.words import fold, pairs
from desktop.job import Shot
from desktop.panel.conversation import Conversation

FREED_PAGES = 2000


class _Picture(NamedTuple):
    """A picture that is not there yet: its digest, and it encoded whole and small."""

    mark: bytes
    data: bytes
    thumbnail: bytes


class Store:
    """Works on an open connection, which it owns; every method raises sqlite3.Error."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside becomes durable together, or none of it; one inside another is part of it."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def keep(self, talk: Conversation, now: datetime, batch: bool = False) -> None:
        """Write a conversation as it stands; one that is there already, by its key, is brought up to date.

        What is kept of a `batch` is so until it is kept again, because somebody asked on.
        """
        old = self.db.execute("SELECT id, created FROM entries WHERE key = ?", [talk.key]).fetchone()
        created = datetime.fromtimestamp(old[1] / 1000).astimezone() if old else now
        picture = None if old else self._find_or_encode(talk.job.shot)  # before the file is locked
        rows = rows_of(talk)
        words = fold(sound(words_of(talk, created)))
        with self.transaction():
            entry = old[0] if old else self._add_entry(talk, picture, created)
            self._change_entry(entry, talk, rows, now, batch)
            self._put_exchanges(entry, rows)
            self._index(entry, words)

    def favour(self, entries: Iterable[int], wanted: bool) -> None:
        """Make entries favourites, or no longer."""
        self._mark("favourite", entries, wanted)

    def hide(self, entries: Iterable[int]) -> None:
        """Take entries out of sight; they are there until `purge`."""
        self._mark("hidden", entries, True)

    def unhide(self, entries: Iterable[int]) -> None:
        """Bring hidden entries back."""
        self._mark("hidden", entries, False)

    def examine(self) -> None:
        """Make the indices of the search anew where they are damaged."""
        for table in ("grams", "pairs"):
            try:
                self.db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 - fixed words
            except sqlite3.DatabaseError:
                self.db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608 - fixed words

    def purge(self) -> None:
        """Remove what is hidden for good."""
        with self.transaction():
            gone = self.db.execute("DELETE FROM entries WHERE hidden").rowcount
        if gone > 0:
            shrink(self.db, FREED_PAGES)

    def remove(self, entries: Iterable[int]) -> None:
        """Remove entries for good."""
        with self.transaction():
            self.db.executemany("DELETE FROM entries WHERE id = ?", [(entry,) for entry in entries])
        shrink(self.db, FREED_PAGES)

    def empty(self, favourites_too: bool) -> None:
        """Remove all entries, or all but the favourites, so that nothing of them is left in the file.

        That takes seconds for thousands of them; they are hidden first, so that `purge` completes what is cut short.
        """
        with self.transaction():
            self.db.execute("UPDATE entries SET hidden = 1 WHERE ? OR NOT favourite", [favourites_too])
        with self.transaction():
            self.db.execute("DELETE FROM entries WHERE ? OR NOT favourite", [favourites_too])
        for table in ("grams", "pairs"):
            self.db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608 - fixed words
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _roll_back(self) -> None:
        """Undo what was begun; a full disk makes SQLite do so itself."""
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def _mark(self, column: str, entries: Iterable[int], value: bool) -> None:
        update = f"UPDATE entries SET {column} = ? WHERE id = ?"  # noqa: S608 - fixed words
        with self.transaction():
            self.db.executemany(update, [(int(value), entry) for entry in entries])

    def _find_or_encode(self, shot: Shot) -> int | _Picture:
        """The picture that is there already, else what has to be added."""
        mark = digest(shot)
        found = self.db.execute("SELECT id FROM pictures WHERE digest = ?", [mark]).fetchone()
        return int(found[0]) if found else _Picture(mark, encode(shot), make_thumbnail(shot))

    def _add_entry(self, talk: Conversation, picture: int | _Picture | None, created: datetime) -> int:
        if isinstance(picture, _Picture):
            picture = self._add_picture(talk.job.shot, picture)
        values = [talk.key, picture, talk.task.id, sound(talk.task.title), milliseconds(created)]
        return self._insert("entries", "key, picture, task, title, created", values)

    def _add_picture(self, shot: Shot, picture: _Picture) -> int:
        values = [picture.mark, shot.width, shot.height, shot.scale, region_text(shot), sound(shot.source)]
        values += [len(picture.data) + len(picture.thumbnail), picture.thumbnail, picture.data]
        return self._insert("pictures", "digest, width, height, scale, region, source, size, thumbnail, data", values)

    def _change_entry(self, entry: int, talk: Conversation, rows: list[Row], now: datetime, batch: bool) -> None:
        size = sum(len(text.encode()) for row in rows for text in row)
        self.db.execute(
            "UPDATE entries SET line = ?, answered = ?, latest = ?, size = ?, batch = ?, hidden = 0 WHERE id = ?",
            [sound(line_of(talk)), milliseconds(now), latest_of(talk), size, int(batch), entry],
        )

    def _put_exchanges(self, entry: int, rows: list[Row]) -> None:
        self.db.execute("DELETE FROM exchanges WHERE entry = ?", [entry])
        self.db.executemany(
            "INSERT INTO exchanges (entry, number, task, question, chosen, answer, words, lines)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(entry, number, *row) for number, row in enumerate(rows)],
        )

    def _index(self, entry: int, folded: str) -> None:
        """Let the entry be found by these words and no others."""
        for table, content in (("grams", folded), ("pairs", pairs(folded))):
            self.db.execute(f"DELETE FROM {table} WHERE rowid = ?", [entry])  # noqa: S608 - fixed words
            self.db.execute(f"INSERT INTO {table} (rowid, content) VALUES (?, ?)", [entry, content])  # noqa: S608

    def _insert(self, table: str, names: str, values: Sequence[object]) -> int:
        marks = ", ".join("?" * len(values))
        done = self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - fixed words
        return int(done.lastrowid or 0)
