"""The file of the history: opened, checked, set aside where it is damaged, and what its errors mean to people."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date
from pathlib import Path

from desktop.errors import words_for
from desktop.history.schema import migrate
from desktop.language import tr, tr_later

BUSY_S = 5.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SIDES = ("-wal", "-shm")
UNWRITABLE = tr_later(
    "The history {path} cannot be written, so answers are not kept in it; make that folder yours and free some space."
)
UNWRITABLE_WHY = tr_later(
    "The history {path} cannot be written ({reason}), so answers are not kept in it; "
    "make that folder yours and free some space."
)


class DamagedError(Exception):
    """The file is not what SQLite wrote; the message says where."""


Checking = Callable[[sqlite3.Connection], AbstractContextManager[bool]]


def open_to_write(path: Path, checking: Checking = lambda _db: nullcontext(True)) -> sqlite3.Connection:
    """The file, made where there is none, checked and brought up to this version.

    `checking` gets the connection for the time of the check, which another thread may end by `interrupt`, and tells
    whether it is wanted. Raises DamagedError, sqlite3.Error, OSError, or UserError where this version may not write it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # pictures of the screen are nobody else's
    db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        with checking(db) as wanted:
            if wanted:
                _check(db)
        _prepare(db)
        migrate(db)
    except sqlite3.DatabaseError as error:
        db.close()
        if is_damage(error):
            raise DamagedError(str(error)) from error
        raise
    except BaseException:
        db.close()
        raise
    return db


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection beside that of the writer; raises sqlite3.Error."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_S, isolation_level=None)
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error says that the file is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def set_aside(path: Path, today: date) -> Path:
    """Move a damaged file, with what was not yet merged into it, to a name that tells when; raises OSError."""
    stem = f"{path.stem}-damaged-{today:%Y-%m-%d}"
    names = (path.with_name(f"{stem}{more}{path.suffix}") for more in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    for side in _SIDES:
        beside = Path(f"{path}{side}")
        if beside.exists():
            beside.rename(f"{aside}{side}")
    return aside


def sentence_for(error: Exception, path: Path) -> str:
    """What to tell the user about an error of the history."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return tr("The disk is full, so answers are not kept in the history now; free some space.")
    if isinstance(error, OSError) or code in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    ):
        reason = isinstance(error, OSError) and error.strerror
        return tr(UNWRITABLE_WHY if reason else UNWRITABLE, path=path, reason=reason)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return tr("Another program holds the history, so answers are not kept in it now; close that program.")
    return words_for(error)


def shrink(db: sqlite3.Connection, pages: int) -> None:
    """Give up to so many free pages back to the disk."""
    db.executescript(f"PRAGMA incremental_vacuum({pages});")  # `execute` would take one step, which is one page


def _check(db: sqlite3.Connection) -> None:
    """Raise DamagedError where the file is damaged; a check that was interrupted found nothing."""
    try:
        (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return
        raise
    if found != "ok":
        raise DamagedError(found)


def _prepare(db: sqlite3.Connection) -> None:
    """Set how this connection writes: a program that is killed loses nothing, a removed picture is overwritten."""
    for line in (
        "auto_vacuum = INCREMENTAL",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 8388608",
    ):
        with closing(db.execute(f"PRAGMA {line}")) as answer:
            answer.fetchall()
