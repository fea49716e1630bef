"""The list holds ids a page at a time, and follows what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.history.entry import Entry
from desktop.history.reader import Reader
from desktop.history.search import PAGE, Query
from desktop.history.store import Store
from desktop.history_window.entries import ENTRY, KEPT_ENTRIES, ROLE, Entries
from tests.history.kept import NOW, opened, picture, talk_of

COUNT = 3 * PAGE + 7


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A history with some pages of entries."""
    with opened(path) as store:
        with store.transaction():
            for number in range(COUNT):
                store.keep(talk_of(f"fox {number}", shot=picture(number % 3)), NOW)
        yield store


@pytest.fixture
def entries(store: Store, path: Path, qtbot: QtBot) -> Iterator[Entries]:
    """The model, watched by Qt's own checks."""
    reader = Reader(path)
    reader.reopen()
    entries = Entries(reader)
    tester = QAbstractItemModelTester(entries, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)
    entries.search(Query())
    yield entries
    reader.close()


def ids(entries: Entries) -> list[int]:
    return entries.ids_at(range(entries.rowCount()))


def test_pages_come_when_they_are_asked_for(entries: Entries) -> None:
    counts = []
    while entries.canFetchMore(QModelIndex()):
        counts.append(entries.rowCount())
        entries.fetchMore(QModelIndex())
    assert counts == [PAGE, 2 * PAGE, 3 * PAGE]
    assert ids(entries) == list(range(COUNT, 0, -1))


def test_few_entries_are_held_however_many_were_seen(entries: Entries) -> None:
    entries.fetch_all()
    for row in range(entries.rowCount()):
        assert isinstance(entries.index(row).data(ENTRY), Entry)
        assert isinstance(entries.index(row).data(ROLE.DecorationRole), QPixmap)
    assert entries._entry.cache_info().currsize == KEPT_ENTRIES
    assert entries._pixmap.cache_info().currsize < KEPT_ENTRIES
    entries.clear()
    assert entries.rowCount() == entries._entry.cache_info().currsize == entries._pixmap.cache_info().currsize == 0


def test_what_is_shown_of_an_entry(entries: Entries) -> None:
    index = entries.index(0)
    assert index.data() == f"Text: fox {COUNT - 1}"
    assert index.data(ROLE.DecorationRole).size().toTuple() == (40, 20)
    assert index.data(ROLE.FontRole) is None


def test_it_follows_what_is_written_without_beginning_anew(entries: Entries, store: Store) -> None:
    """New entries stand on top, removed ones go, changed ones are read again; a selection keeps its row."""
    resets = QSignalSpy(entries.modelReset)
    assert entries.index(0).data() == f"Text: fox {COUNT - 1}"
    store.keep(talk_of("newest"), NOW)
    store.remove([COUNT - 1, COUNT - 5])
    store.favour([COUNT], True)
    entries.refresh()
    gone = {COUNT - 1, COUNT - 5}
    expected = [number for number in range(COUNT + 1, 0, -1) if number not in gone]
    assert ids(entries) == expected[: entries.rowCount()]
    assert entries.rowCount() >= PAGE
    assert entries.index(0).data() == "Text: newest"
    assert entries.index(1).data(ENTRY).favourite
    assert resets.count() == 0
    entries.fetch_all()
    assert ids(entries) == expected


def test_a_great_change_begins_anew(entries: Entries, store: Store) -> None:
    entries.fetch_all()
    store.remove(range(1, COUNT - 3))
    entries.refresh()
    assert ids(entries) == [COUNT, COUNT - 1, COUNT - 2, COUNT - 3]
    store.empty(True)
    entries.refresh()
    assert ids(entries) == []
    assert not entries.canFetchMore(QModelIndex())


def test_an_entry_that_is_gone_has_no_words(entries: Entries, store: Store) -> None:
    store.remove([COUNT - 9])
    gone = entries.index(9)
    assert (gone.data(), gone.data(ENTRY), gone.data(ROLE.DecorationRole).isNull()) == ("", None, True)
