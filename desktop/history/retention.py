"""What is no longer kept: the oldest entries beyond a count, an age or a size; favourites always stay.

For a count or a size, what was read in batches goes first: its answers are files as well.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.history.search import milliseconds

BATCH = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept: entries, days, and megabytes of pictures and texts; 0 is no limit. Favourites count, too."""

    count: int = 0
    days: int = 0
    megabytes: int = 0


def overdue(db: sqlite3.Connection, limits: Limits, now: datetime) -> list[int]:
    """The next entries to remove, at most BATCH, oldest first; none within the limits. Raises sqlite3.Error."""
    return _too_old(db, limits, now) or _too_many(db, limits) or list(_too_large(db, limits))


def _too_old(db: sqlite3.Connection, limits: Limits, now: datetime) -> list[int]:
    if not limits.days:
        return []
    oldest = milliseconds(now - timedelta(days=limits.days))
    select = "SELECT id FROM entries WHERE created < ? AND NOT favourite ORDER BY created LIMIT ?"
    return [entry for (entry,) in db.execute(select, [oldest, BATCH])]


def _too_many(db: sqlite3.Connection, limits: Limits) -> list[int]:
    (count,) = db.execute("SELECT count(*) FROM entries").fetchone()
    beyond = min(count - limits.count, BATCH) if limits.count else 0
    return [entry for entry, _picture, _size in _oldest(db, beyond)] if beyond > 0 else []


def _too_large(db: sqlite3.Connection, limits: Limits) -> Iterator[int]:
    """The oldest entries until the rest fits; a picture goes with the last entry about it."""
    if not limits.megabytes:
        return
    beyond = total_size(db) - limits.megabytes * 1_000_000
    left: dict[int, int] = {}
    for entry, picture, size in _oldest(db, BATCH) if beyond > 0 else ():
        if beyond <= 0:
            return
        yield entry
        if picture not in left:
            (left[picture],) = db.execute("SELECT count(*) FROM entries WHERE picture = ?", [picture]).fetchone()
        left[picture] -= 1
        beyond -= size
        if not left[picture]:
            beyond -= db.execute("SELECT size FROM pictures WHERE id = ?", [picture]).fetchone()[0]


def total_size(db: sqlite3.Connection) -> int:
    """The bytes of all pictures and texts."""
    select = "SELECT coalesce((SELECT sum(size) FROM pictures), 0) + coalesce((SELECT sum(size) FROM entries), 0)"
    return int(db.execute(select).fetchone()[0])


def _oldest(db: sqlite3.Connection, limit: int) -> list[tuple[int, int, int]]:
    """Id, picture and size of the oldest entries that are no favourites, those of batches first."""
    return db.execute(
        "SELECT id, picture, size FROM entries WHERE NOT favourite ORDER BY batch DESC, id LIMIT ?", [limit]
    ).fetchall()
