"""The thread that writes: what it writes, what it removes, and what it says where it cannot."""

import re
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.history import database, schema
from desktop.history.reader import Reader
from desktop.history.retention import Limits
from desktop.history.search import Query
from desktop.history.writer import Listener, Writer
from desktop.panel.conversation import Conversation
from tests.history.kept import NOW, asked_on, opened, picture, reading, talk_of
from tests.xserver import wait_until


@dataclass
class Heard:
    """What a writer said."""

    opened: int = 0
    kept: list[str] = field(default_factory=list)
    changed: int = 0
    said: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.opened += 1

    def change(self) -> None:
        self.changed += 1


@contextmanager
def writing(path: Path, before: Callable[[Writer], None] = lambda _writer: None) -> Iterator[tuple[Writer, Heard]]:
    """A writer that runs, and is closed as the app closes it."""
    heard = Heard()
    listener = Listener(opened=heard.open, kept=heard.kept.append, changed=heard.change, said=heard.said.append)
    writer = Writer(path, listener)
    before(writer)
    thread = threading.Thread(target=writer.run)
    thread.start()
    try:
        yield writer, heard
    finally:
        writer.close()
        thread.join(60)
        assert not thread.is_alive()


def texts(path: Path) -> list[str]:
    """The newest answers, oldest first."""
    with reading(path) as reader:
        return [answer.text for answer in reversed(reader.newest(1000))]


def keep(writer: Writer, heard: Heard, talk: Conversation) -> None:
    """Keep a conversation and wait until it is durable."""
    count = len(heard.kept)
    writer.keep(talk)
    wait_until(lambda: len(heard.kept) > count, "the entry")


def test_closing_writes_everything_first(path: Path) -> None:
    talks = [talk_of(f"fox {number}", shot=picture(number)) for number in range(30)]
    with writing(path) as (writer, heard):
        for talk in talks:
            writer.keep(talk)
    assert heard.kept == [talk.key for talk in talks]
    assert texts(path) == [f"fox {number}" for number in range(30)]
    assert heard.said == []


def test_closing_while_the_file_is_made_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a check may not end what follows it: quitting at once lost the very first answer now and then."""
    writer = Writer(path, Listener())

    def migrate(db: sqlite3.Connection) -> None:
        db.create_function("close", 0, writer.close)
        db.execute("SELECT close() UNION ALL SELECT 1").fetchall()
        schema.migrate(db)

    monkeypatch.setattr(database, "migrate", migrate)
    writer.keep(talk_of("first"))
    writer.run()
    assert texts(path) == ["first"]


def test_an_entry_is_there_once_it_is_said(path: Path) -> None:
    """For readers beside the writer, without closing anything."""
    with writing(path) as (writer, heard):
        keep(writer, heard, talk_of("at once"))
        assert texts(path) == ["at once"]


def test_no_file_is_made_before_there_is_something_to_keep(path: Path) -> None:
    """Whatever else is asked."""
    with writing(path, lambda writer: writer.set_limits(Limits(5, 5, 5))) as (writer, heard):
        writer.favour([1], True)
        writer.purge()
        writer.empty(True)
        writer.examine()
    assert not path.exists()
    assert (heard.opened, heard.said) == (0, [])


def test_private_keeps_nothing(path: Path) -> None:
    """What was private once stays so, also when its conversation goes on later."""
    secret, open_talk = talk_of("secret"), talk_of("open", shot=picture(1))
    with writing(path) as (writer, _heard):
        writer.keep(open_talk)
        writer.set_private(True)
        writer.keep(secret)
        writer.keep(asked_on(open_talk, "Secret?", "Secret."))
        writer.set_private(False)
        writer.keep(asked_on(secret, "And?", "Secret."))
        writer.keep(talk_of("after", shot=picture(2)))
    assert texts(path) == ["open", "after"]


def test_no_more_than_one_answer_of_a_batch_waits_to_be_written(path: Path) -> None:
    """So that pictures do not pile up in memory; in private nothing is kept."""
    talks = [talk_of(f"page {number}", shot=picture(number)) for number in range(3)]
    with writing(path) as (writer, heard):
        for number, talk in enumerate(talks):
            writer.keep_of_batch(talk)
            assert heard.kept[:number] == [before.key for before in talks[:number]]
        writer.set_private(True)
        writer.keep_of_batch(talk_of("secret"))
    with reading(path) as reader:
        assert (reader.page(Query("page")), reader.page(Query("secret")), reader.page(Query())) == ([3, 2, 1], [], [])


def test_limits_at_start_and_after_each_write(path: Path) -> None:
    with opened(path) as store:
        for number in range(5):
            store.keep(talk_of(f"old {number}", shot=picture(number)), NOW)
    with writing(path, lambda writer: writer.set_limits(Limits(count=3))) as (writer, heard):
        wait_until(lambda: texts(path) == ["old 2", "old 3", "old 4"], "the limit at start")
        keep(writer, heard, talk_of("new", shot=picture(9)))
        wait_until(lambda: texts(path) == ["old 3", "old 4", "new"], "the limit after a write")
        writer.set_limits(Limits(count=1))
        wait_until(lambda: texts(path) == ["new"], "the new limit")


def test_what_was_hidden_is_gone_after_the_next_start(path: Path) -> None:
    with opened(path) as store:
        store.keep(talk_of(), NOW)
        store.hide([1])
    with writing(path) as (_writer, heard):
        wait_until(lambda: heard.changed, "the start")
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone() == (0,)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"It was a dark and stormy night. " * 300),
    "holes": lambda path: _overwrite(path, range(4096 * 3, 4096 * 12, 4096)),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
}


def _overwrite(path: Path, places: range) -> None:
    data = bytearray(path.read_bytes())
    for place in places:
        data[place : place + 64] = b"\xff" * 64
    path.write_bytes(data)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_told(damage: str, path: Path) -> None:
    """Each one under a name of its own; a new history begins, and nothing of the old file is changed."""
    known = {path.name}
    for number, ending in enumerate((r"\.sqlite", r"(-2)?\.sqlite")):
        with opened(path) as store:
            for each in range(40):
                store.keep(talk_of(f"fox {each}", shot=picture(each)), NOW)
        DAMAGES[damage](path)
        damaged = path.read_bytes()
        with writing(path) as (writer, heard):
            keep(writer, heard, talk_of(f"new {number}"))
        (aside,) = (file for file in path.parent.glob("*.sqlite") if file.name not in known)
        assert re.fullmatch(rf"history-damaged-\d\d\d\d-\d\d-\d\d{ending}", aside.name)
        known.add(aside.name)
        assert heard.said == [f"The history was damaged; it is kept as {aside}, and a new one has begun."]
        assert aside.read_bytes() == damaged
        assert texts(path) == [f"new {number}"]


def test_damage_that_shows_later_is_found(path: Path) -> None:
    """The answer that met it is kept in the new file, and readers are told to open that."""
    with opened(path) as store:
        for each in range(200):
            store.keep(talk_of(f"fox {each}", shot=picture(each)), NOW)
    with writing(path) as (writer, heard):
        wait_until(lambda: heard.changed, "the start")
        _overwrite(path, range(4096, path.stat().st_size, 4096))
        with reading(path) as reader:
            reader._failed = writer.examine
            reader.page(Query("fox"))
            wait_until(lambda: heard.said, "the sentence")
        keep(writer, heard, talk_of("new"))
        assert heard.opened == 2
    assert len(heard.said) == 1
    assert texts(path) == ["new"]


def test_a_damaged_index_of_the_search_is_made_anew(path: Path) -> None:
    """Without setting the file aside: the entries are whole. That is looked at once, not again and again."""
    with opened(path) as store:
        for each in range(3):
            store.keep(talk_of(f"fox {each}", shot=picture(each)), NOW)
        store.db.execute("UPDATE grams_data SET block = x'00' WHERE id > 10")
    failures: list[bool] = []
    with writing(path) as (writer, heard):
        wait_until(lambda: heard.changed, "the start")

        def fail() -> None:
            failures.append(True)
            writer.examine()

        reader = Reader(path, fail)
        reader.reopen()
        assert reader.page(Query("fox")) == []
        writer.examine()
        wait_until(lambda: heard.opened == 2, "the file to be opened again")
        keep(writer, heard, talk_of("fox new", shot=picture(9)))
        reader.reopen()
        assert reader.page(Query("fox")) == [4, 3, 2, 1]
        reader.close()
    assert (failures, heard.opened, heard.said) == ([True], 2, [])
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False)
    if mount.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {mount.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_once_and_survived(small_disk: Path) -> None:
    """What was kept stays, and once there is room again answers are kept as before."""
    path = small_disk / "history.sqlite"
    with writing(path) as (writer, heard):
        keep(writer, heard, talk_of("before"))
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            while shutil.disk_usage(small_disk).free:
                file.write(bytes(4096))
        for number in range(3):
            writer.keep(talk_of(f"lost {number}" * 3000, shot=picture(number, 400, 300)))
        wait_until(lambda: heard.said, "the sentence")
        ballast.unlink()
        keep(writer, heard, talk_of("after", shot=picture(5)))
    assert len(heard.said) == 1
    assert "not kept in" in heard.said[0]
    assert "free some space" in heard.said[0]
    assert [text[:6] for text in texts(path) if "lost" not in text] == ["before", "after"]


@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_that_may_not_be_written_is_said_once(existing: bool, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "history.sqlite"
    if existing:
        with opened(path) as store:
            store.keep(talk_of("before"), NOW)
    mount = subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], capture_output=True, check=False)
    if mount.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {mount.stderr.decode().strip()}")
    try:
        with writing(path) as (writer, heard):
            for number in range(3):
                writer.keep(talk_of(f"lost {number}"))
    finally:
        subprocess.run(["umount", folder], check=True)
    assert len(heard.said) == 1
    assert heard.said[0].startswith(f"The history {path} cannot be written")
    assert path.exists() is existing


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with writing(tmp_path / "file" / "history.sqlite") as (writer, heard):
        writer.keep(talk_of())
    assert len(heard.said) == 1
    assert "cannot be written" in heard.said[0]


def test_a_history_of_a_newer_version_is_left_alone(path: Path) -> None:
    with opened(path) as store:
        store.db.execute("PRAGMA user_version = 99")
    with writing(path) as (writer, heard):
        for _number in range(2):
            writer.keep(talk_of())
    assert len(heard.said) == 1
    assert "newer Shotglass" in heard.said[0]


def test_dates_far_apart_are_no_trouble(path: Path) -> None:
    """A clock that was set back does not change the order of entries, which is that of their writing."""
    with opened(path) as store:
        for number, when in enumerate((NOW, NOW - timedelta(days=400), NOW + timedelta(days=9))):
            store.keep(talk_of(f"fox {number}", shot=picture(number)), when)
    with reading(path) as reader:
        assert reader.page(Query("fox")) == reader.page(Query()) == [3, 2, 1]
        assert reader.page(Query(until=NOW)) == [2]
