"""The loop that writes the history on a thread of its own: each answer once it is final, then what is overdue."""

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop.history.database import DamagedError, is_damage, open_to_write, sentence_for, set_aside
from desktop.history.retention import Limits, overdue
from desktop.history.store import Store
from desktop.language import tr
from desktop.panel.conversation import Conversation

log = logging.getLogger(__name__)

Work = Callable[[Store], None]
PATIENCE_S = 5.0
"""How long a batch waits for what it gave before; longer takes nothing but a disk that hangs, or the end of the app."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of the writer, on its thread.

    `opened` tells that a file was opened, `kept` that the conversation with that key is durable, `changed` that there
    is something else to read; `said` brings a sentence.
    """

    opened: Callable[[], None] = lambda: None
    kept: Callable[[str], None] = lambda _key: None
    changed: Callable[[], None] = lambda: None
    said: Callable[[str], None] = lambda _sentence: None


class Writer:
    """Every method but `run` may be called from any thread, and all but `keep_of_batch` return at once.

    What goes wrong here is told in one sentence; the next work finds out anew whether it can be done.
    """

    def __init__(self, path: Path, listener: Listener) -> None:
        self._path = path
        self._listener = listener
        self._works: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._limits = Limits()
        self._private = False
        self._withheld: set[str] = set()
        self._store: Store | None = None
        self._checked: sqlite3.Connection | None = None
        self._interrupting = threading.Lock()
        self._examined = False
        self._closing = threading.Event()
        self._last_said = ""
        self._batch_written = threading.Event()
        self._batch_written.set()

    def set_private(self, private: bool) -> None:
        """Keep nothing from now on, or keep again; a conversation that was private once stays so."""
        self._private = private

    def set_limits(self, limits: Limits) -> None:
        """Remove what is beyond these limits, now and after each write."""
        if limits != self._limits:
            self._limits = limits
            self._change(_nothing)

    def keep(self, talk: Conversation) -> None:
        """Write a conversation whose last answer is final."""
        if self._private:
            self._withheld.add(talk.key)
        if talk.key not in self._withheld:
            self._works.put(partial(self._keep, talk))

    def keep_of_batch(self, talk: Conversation) -> None:
        """Write an answer of a batch, once the one before is written: pictures must not pile up before a slow disk."""
        if not self._private:
            self._batch_written.wait(PATIENCE_S)
            self._batch_written = threading.Event()
            self._works.put(partial(self._keep, talk, batch=True))
            self._works.put(self._batch_written.set)

    def favour(self, entries: Sequence[int], wanted: bool) -> None:
        """Make entries favourites, or no longer."""
        self._change(lambda store: store.favour(entries, wanted))

    def hide(self, entries: Sequence[int]) -> None:
        """Take entries out of sight until `purge`."""
        self._change(lambda store: store.hide(entries))

    def unhide(self, entries: Sequence[int]) -> None:
        """Bring hidden entries back."""
        self._change(lambda store: store.unhide(entries))

    def purge(self) -> None:
        """Remove what is hidden for good."""
        self._change(Store.purge)

    def empty(self, favourites_too: bool) -> None:
        """Remove everything, or all but the favourites."""
        self._change(lambda store: store.empty(favourites_too))

    def examine(self) -> None:
        """Look, once a file, whether it is damaged; reading it made that likely."""
        self._works.put(self._examine)

    def close(self) -> None:
        """End `run` once all that was given before is written."""
        self._closing.set()
        with self._interrupting:
            if self._checked is not None:
                self._checked.interrupt()
        self._works.put(None)

    def run(self) -> None:
        """Write until `close`."""
        self._do_where_kept(Store.purge)
        while (step := self._works.get()) is not None:
            step()
        self._shut()

    def _change(self, work: Work) -> None:
        """Do a work where there is a history."""
        self._works.put(partial(self._do_where_kept, work))

    def _do_where_kept(self, work: Work) -> None:
        if self._path.exists():
            self._do(work)

    def _examine(self) -> None:
        if not self._examined:
            self._examined = True
            self._shut()
            self._do_where_kept(Store.examine)

    def _keep(self, talk: Conversation, batch: bool = False) -> None:
        if self._do(lambda store: store.keep(talk, datetime.now().astimezone(), batch)):
            self._listener.kept(talk.key)

    def _do(self, work: Work) -> bool:
        """Do a work and tell of it, in a new file where the old one turns out to be damaged; False where it failed."""
        try:
            try:
                self._work(work)
            except DamagedError as error:
                self._begin_anew(error)
                self._work(work)
        except Exception as error:  # noqa: BLE001 - the app goes on without history, whatever happens to it
            self._shut()
            self._say(sentence_for(error, self._path))
            return False
        self._last_said = ""
        self._listener.changed()
        return True

    def _work(self, work: Work) -> None:
        try:
            store = self._open()
            work(store)
            self._trim(store)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise DamagedError(str(error)) from error
            raise

    def _open(self) -> Store:
        if self._store is None:
            self._store = Store(open_to_write(self._path, self._checking))
            self._listener.opened()
        return self._store

    @contextmanager
    def _checking(self, db: sqlite3.Connection) -> Iterator[bool]:
        """Tell whether there is time for a check, which `close` may end; what follows it may not be ended."""
        self._checked = db
        try:
            yield not self._closing.is_set()
        finally:
            with self._interrupting:
                self._checked = None

    def _trim(self, store: Store) -> None:
        """Remove what is beyond the limits; the rest waits for the next start where the app ends."""
        while not self._closing.is_set() and (gone := overdue(store.db, self._limits, datetime.now().astimezone())):
            store.remove(gone)

    def _begin_anew(self, error: Exception) -> None:
        self._shut()
        self._examined = False
        aside = set_aside(self._path, datetime.now().astimezone().date())
        log.error("the history was damaged (%s)", error)
        self._say(tr("The history was damaged; it is kept as {path}, and a new one has begun.", path=aside))

    def _shut(self) -> None:
        if self._store is not None:
            self._store.db.close()
            self._store = None

    def _say(self, sentence: str) -> None:
        """Tell a sentence once, until something was done again."""
        log.warning(sentence)
        if sentence != self._last_said:
            self._last_said = sentence
            self._listener.said(sentence)


def _nothing(_store: Store) -> None:
    """Open the file, and see what is overdue in it."""
