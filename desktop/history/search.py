"""A search of the history and its SQL: newest entries first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from desktop.history.words import matches, terms

PAGE = 200
_LAST = 2**63 - 1
_DATES = "created >= ? AND created < ?"
# These lead the walk through all entries to where the dates are; a clock that was set back does no harm.
_FROM_FIRST = f"id >= (SELECT min(+id) FROM entries WHERE {_DATES})"  # noqa: S608 - fixed words
_TO_LAST = f"id < min(?, 1 + (SELECT max(+id) FROM entries WHERE {_DATES}))"  # noqa: S608 - fixed words


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is left out matches everything. `since` is inside the range, `until` is not.

    Where nothing is looked for, what was read in batches is left out: hundreds of pages would hide all else.
    """

    words: str = ""
    task: str = ""
    favourites: bool = False
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrows(self) -> bool:
        """True where anything is looked for."""
        return bool(terms(self.words) or self.task or self.favourites or self.dated)

    @property
    def dated(self) -> bool:
        """True where it leaves out by date."""
        return self.since is not None or self.until is not None


def page_of(query: Query, before: int = _LAST, limit: int = PAGE) -> tuple[str, list[str | int]]:
    """The SQL, with its values, of the ids below `before`, highest first.

    A `+` keeps SQLite from looking each id of a list up in the index, which takes seconds.
    """
    grams, pairs = matches(terms(query.words))
    kept, values = _filters(query)
    if not (grams or pairs):
        ends, dates = ([_TO_LAST, _FROM_FIRST], _dates(query) * 2) if query.dated else (["id < ?"], [])
        return _select("id FROM entries", [*ends, "NOT hidden", *kept], "id"), [before, *dates, *values, limit]
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
    kept: list[tuple[str, list[str | int]]] = []
    if not query.narrows:
        kept.append(("batch = 0", []))
    if query.favourites:
        kept.append(("favourite", []))
    if query.task:
        kept.append(("task = ?", [query.task]))
    if query.dated:
        kept.append((_DATES, _dates(query)))
    return [condition for condition, _values in kept], [value for _condition, values in kept for value in values]


def _dates(query: Query) -> list[str | int]:
    """The values for _DATES."""
    return [milliseconds(query.since) if query.since else 0, milliseconds(query.until) if query.until else _LAST]


def milliseconds(when: datetime) -> int:
    """A moment as the tables hold it."""
    return round(when.timestamp() * 1000)
