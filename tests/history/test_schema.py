"""A file is brought up to this version step by step, and one of a later version is left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.history import schema
from desktop.history.database import open_to_write
from desktop.history.search import Query
from tests.history.kept import NOW, opened, reading, talk_of


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_a_new_file_is_of_this_version(path: Path) -> None:
    with opened(path):
        pass
    assert version(path) == len(schema.MIGRATIONS)


def test_a_later_step_changes_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept stays; each step is done once."""
    with opened(path) as store:
        store.keep(talk_of(), NOW)
    steps = (
        "ALTER TABLE entries ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';",
        "UPDATE entries SET colour = 'blue';",
    )
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, *steps))
    for _opening in range(2):
        with opened(path) as store:
            assert store.db.execute("SELECT colour FROM entries").fetchall() == [("blue",)]
            store.db.execute("UPDATE entries SET colour = 'blue' || colour WHERE colour <> 'blue'")
    assert version(path) == len(schema.MIGRATIONS)
    with reading(path) as reader:
        assert reader.page(Query("fox")) == [1]


def test_a_file_of_the_first_version_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds was asked about by itself."""
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    with opened(path) as store:
        values = "1, 'k', 1, 'text', 'Text', 7"
        store.db.execute("INSERT INTO pictures VALUES (1, x'00', 1, 1, 1.0, 'null', 'screen', 1, x'00', x'00')")
        store.db.execute(f"INSERT INTO entries (id, key, picture, task, title, created) VALUES ({values})")
    monkeypatch.undo()
    with opened(path) as store:
        store.keep(talk_of("page"), NOW, batch=True)
    with reading(path) as reader:
        assert reader.page(Query()) == [1]


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as store:
        store.keep(talk_of(), NOW)
    before = version(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "DELETE FROM entries; SELECT no FROM nowhere;"))
    with pytest.raises(sqlite3.OperationalError, match="nowhere"), opened(path):
        pass
    assert version(path) == before
    with reading(path) as reader:
        assert reader.page(Query()) == [1]


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    with opened(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError, match=r"newer Shotglass.*update"):
        open_to_write(path)
    assert version(path) == 99


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 33, 0))
    with pytest.raises(UserError, match=r"cannot search a history.*install 3\.34\.0"):
        open_to_write(path)
