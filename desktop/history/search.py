"""A search of the history and its SQL: newest entries first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from desktop.history.words import matches, terms

PAGE = 200
_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is left out matches everything. `since` is inside the range, `until` is not."""

    words: str = ""
    task: str = ""
    favourites: bool = False
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrows(self) -> bool:
        """True where it leaves anything out."""
        return bool(terms(self.words) or self.task or self.favourites or self.since or self.until)


def page_of(query: Query, before: int = _LAST, limit: int = PAGE) -> tuple[str, list[str | int]]:
    """The SQL, with its values, of the ids below `before`, highest first.

    A `+` keeps SQLite from looking each id of a list up in the index, which takes seconds.
    """
    grams, pairs = matches(terms(query.words))
    kept, values = _filters(query)
    if not (grams or pairs):
        kept = ["id < ?", "NOT hidden", *kept]
        return _select("id FROM entries", kept, "id"), [before, *values, limit]
    table, match = ("grams", grams) if grams else ("pairs", pairs)
    wanted = [f"{table} MATCH ?", "rowid < ?"]
    found: list[str | int] = [match, before]
    if grams and pairs:
        wanted.append("+rowid IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)")
        found.append(pairs)
    if kept:
        wanted.append(f"+rowid IN (SELECT id FROM entries WHERE {' AND '.join(kept)})")  # noqa: S608 - fixed words
    wanted.append("+rowid NOT IN (SELECT id FROM entries WHERE hidden)")
    return _select(f"rowid FROM {table}", wanted, "rowid"), [*found, *values, limit]


def _select(what: str, conditions: list[str], order: str) -> str:
    return f"SELECT {what} WHERE {' AND '.join(conditions)} ORDER BY {order} DESC LIMIT ?"


def _filters(query: Query) -> tuple[list[str], list[str | int]]:
    """Conditions on the table `entries` with their values."""
    asked: list[tuple[str, str | int | None]] = [
        ("task = ?", query.task or None),
        ("created >= ?", milliseconds(query.since) if query.since else None),
        ("created < ?", milliseconds(query.until) if query.until else None),
    ]
    used = [(condition, value) for condition, value in asked if value is not None]
    favourite = ["favourite"] if query.favourites else []
    return favourite + [condition for condition, _value in used], [value for _condition, value in used]


def milliseconds(when: datetime) -> int:
    """A moment as the tables hold it."""
    return round(when.timestamp() * 1000)
