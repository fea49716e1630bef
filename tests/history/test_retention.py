"""The oldest entries go first; favourites stay, whatever the limits say."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.history.retention import Limits, overdue, total_size
from desktop.history.search import Query
from desktop.history.store import Store
from desktop.job import Shot
from tests.history.kept import NOW, opened, picture, reading, talk_of


def noise(number: int) -> Shot:
    """A picture of some 300 kB that cannot be packed."""
    import random

    return Shot(400, 250, random.Random(number).randbytes(400 * 250 * 3))


def trim(store: Store, limits: Limits) -> None:
    while gone := overdue(store.db, limits, NOW):
        store.remove(gone)


def left(path: Path) -> list[int]:
    with reading(path) as reader:
        return reader.page(Query())


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (Limits(), [6, 5, 4, 3, 2, 1]),
        (Limits(count=6), [6, 5, 4, 3, 2, 1]),
        (Limits(count=3), [6, 5, 2]),
        (Limits(count=1), [2]),
        (Limits(days=3), [6, 5, 4, 2]),
        (Limits(count=3, days=1), [6, 2]),
    ],
)
def test_count_and_days(limits: Limits, kept: list[int], path: Path) -> None:
    """Entry 2 is a favourite; entry 6 is of today, each other one a day older."""
    with opened(path) as store:
        for day in range(6):
            store.keep(talk_of(shot=picture(day)), NOW - timedelta(days=5 - day, minutes=1))
        store.favour([2], True)
        trim(store, limits)
    assert left(path) == kept


def test_batches_go_before_what_was_asked_about(path: Path) -> None:
    """However much is read in one, it takes the place of nothing else."""
    with opened(path) as store:
        store.keep(talk_of(shot=noise(9)), NOW)
        for number in range(5):
            store.keep(talk_of(shot=noise(number)), NOW, batch=True)
        store.favour([2], True)
        trim(store, Limits(count=4))
        assert [entry for (entry,) in store.db.execute("SELECT id FROM entries")] == [1, 2, 5, 6]
        trim(store, Limits(megabytes=1))
        assert [entry for (entry,) in store.db.execute("SELECT id FROM entries")] == [1, 2, 6]


def test_size(path: Path) -> None:
    """Entries go until the rest fits; a picture counts once, and goes with the last entry about it."""
    with opened(path) as store:
        for number in (1, 1, 2, 3, 4):
            store.keep(talk_of(shot=noise(number)), NOW)
        store.favour([3], True)
        whole = total_size(store.db)
        assert 1_200_000 < whole < 1_400_000
        trim(store, Limits(megabytes=1))
        assert 600_000 < total_size(store.db) <= 1_000_000
    assert left(path) == [5, 4, 3]


def test_favourites_stay_above_every_limit(path: Path) -> None:
    with opened(path) as store:
        for number in range(5):
            store.keep(talk_of(shot=noise(number)), NOW - timedelta(days=10))
        store.favour(range(1, 6), True)
        trim(store, Limits(count=1, days=1, megabytes=1))
    assert left(path) == [5, 4, 3, 2, 1]


def test_many_go_in_batches_and_the_file_shrinks(path: Path) -> None:
    with opened(path) as store:
        with store.transaction():
            for number in range(150):
                store.keep(talk_of(shot=picture(number, 96, 96)), NOW)
        for number in range(10):
            store.keep(talk_of(shot=noise(number)), NOW)
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        before = path.stat().st_size
        assert len(overdue(store.db, Limits(count=10), NOW)) == 50
        trim(store, Limits(count=1))
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert path.stat().st_size < before / 3
    assert left(path) == [160]
