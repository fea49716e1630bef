"""The tables of the history, one script a version; `PRAGMA user_version` counts those that a file has seen.

An entry is one conversation, in its exchanges, about one picture; entries about the same picture share it. `grams`
finds three characters and more inside anything, `pairs` one or two: both hold what `desktop.history.words` makes of the
texts. Times are milliseconds since 1970. What is hidden waits to be removed. `batch` marks what was read among many
files and not asked about by itself since: it is listed where something is looked for, and is the first to go.
"""

import sqlite3

from desktop.errors import UserError
from desktop.language import tr, tr_later

OLDEST_SQLITE = (3, 34, 0)
"""The first with the tokenizer trigram."""

MIGRATIONS = (
    """
    CREATE TABLE pictures (
        id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, width INTEGER NOT NULL, height INTEGER NOT NULL,
        scale REAL NOT NULL, region TEXT NOT NULL, source TEXT NOT NULL, size INTEGER NOT NULL,
        thumbnail BLOB NOT NULL, data BLOB NOT NULL
    );
    CREATE INDEX picture_sizes ON pictures (size);
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
        picture INTEGER NOT NULL REFERENCES pictures (id), task TEXT NOT NULL, title TEXT NOT NULL,
        line TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, answered INTEGER NOT NULL DEFAULT 0,
        latest TEXT NOT NULL DEFAULT '{}', size INTEGER NOT NULL DEFAULT 0,
        favourite INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX entry_pictures ON entries (picture);
    CREATE INDEX entry_tasks ON entries (task, id);
    CREATE INDEX entry_dates ON entries (created);
    CREATE INDEX entry_answers ON entries (answered);
    CREATE INDEX entry_sizes ON entries (size);
    CREATE INDEX entry_favourites ON entries (id) WHERE favourite;
    CREATE INDEX entry_hidden ON entries (id) WHERE hidden;
    CREATE TABLE exchanges (
        entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, number INTEGER NOT NULL, task TEXT NOT NULL,
        question TEXT NOT NULL, chosen TEXT NOT NULL, answer TEXT NOT NULL, words TEXT NOT NULL, lines TEXT NOT NULL,
        PRIMARY KEY (entry, number)
    );
    CREATE VIRTUAL TABLE grams USING fts5 (content, columnsize=0, tokenize='trigram case_sensitive 1');
    CREATE VIRTUAL TABLE pairs USING fts5 (
        content, columnsize=0, detail=none, prefix='1',
        tokenize='ascii tokenchars ''!"#$%&''''()*+,-./:;<=>?@[\\]^_`{|}~'''
    );
    CREATE TRIGGER entry_gone AFTER DELETE ON entries BEGIN
        DELETE FROM grams WHERE rowid = OLD.id;
        DELETE FROM pairs WHERE rowid = OLD.id;
        DELETE FROM pictures WHERE id = OLD.picture AND NOT EXISTS (SELECT 1 FROM entries WHERE picture = OLD.picture);
    END;
    """,
    """
    ALTER TABLE entries ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX entry_batches ON entries (batch DESC, id);
    DROP INDEX entry_answers;
    CREATE INDEX entry_answers ON entries (batch, answered);
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Bring a file up to this version, each step whole or not at all.

    Raises UserError where a newer Shotglass wrote it, or where SQLite itself is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        words = tr_later("SQLite {version} cannot search a history, so none is kept; install {oldest} or newer.")
        raise UserError(tr(words, version=sqlite3.sqlite_version, oldest=oldest))
    (seen,) = db.execute("PRAGMA user_version").fetchone()
    if seen > len(MIGRATIONS):
        words = tr_later(
            "The history was written by a newer Shotglass, so nothing is kept now; update Shotglass to use it again."
        )
        raise UserError(tr(words))
    for number, script in enumerate(MIGRATIONS[seen:], seen + 1):
        db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
