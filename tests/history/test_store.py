"""What is kept of a conversation, and what is left once it is removed."""

import sqlite3
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.history.search import Query
from desktop.history.store import Store
from desktop.job import State
from tests.history.kept import NOW, TASKS, answered, asked_on, opened, picture, reading, same, talk_of
from tests.webpage.test_edits import PAGE, block


def count(store: Store, table: str) -> int:
    return int(store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("task", TASKS)
def test_a_conversation_comes_back_as_it_was(task: str, path: Path) -> None:
    """Picture, task, choices, questions, answers, words and boxes; so it can be asked on."""
    talk = talk_of(task=task)
    talk = asked_on(replace(talk, job=replace(talk.job, chosen={"language": "Dutch"}, full_size=True)), "Why?", "So.")
    talk = answered(talk, "So.", note="Reduced.", reduced=True, details="fast", words="<p>So.", state=State.CANCELLED)
    with opened(path) as store:
        store.keep(talk, NOW)
    with reading(path) as reader:
        (entry,) = reader.page(Query())
        (back,) = reader.conversations(entry)
    assert same(back, talk)
    assert back.job.shot == picture()
    assert back.task == TASKS[task]
    assert same(asked_on(back, "And?", "That."), asked_on(talk, "And?", "That."))


def test_the_list_shows_what_it_is_about(path: Path) -> None:
    with opened(path) as store:
        store.keep(talk_of("two\n  lines"), NOW)
        store.keep(talk_of("<html><head><title>x</title></head><style>p{}</style><p>Seen</p>", "code"), NOW)
        store.keep(talk_of("7", "ask"), NOW)
        store.keep(talk_of("## Bill\n\n- **Total**: 7\n\n| a | b |\n|---|---|\n| 1 | 2 |", "describe"), NOW)
    with reading(path) as reader:
        shown = [reader.entry(entry) for entry in reader.page(Query())]
    assert [(entry.title, entry.line) for entry in shown if entry] == [
        ("Describe", "Bill Total: 7 a b 1 2"),
        ("Ask", "How many foxes?"),
        ("Code", "Seen"),
        ("Text", "two lines"),
    ]
    assert {entry.created for entry in shown if entry} == {NOW.replace(tzinfo=None)}


def test_a_follow_up_is_part_of_its_entry(path: Path) -> None:
    """Asking on changes the entry, whose date stays; another try replaces the answer."""
    with opened(path) as store:
        talk = talk_of()
        store.keep(talk, NOW - timedelta(days=3))
        longer = asked_on(talk, "Colour?", "Brown.")
        store.keep(longer, NOW)
        store.keep(answered(longer.again(full_size=True), "Red."), NOW)
        assert [count(store, table) for table in ("entries", "exchanges", "pictures")] == [1, 2, 1]
    with reading(path) as reader:
        assert [said.answer for said in reader.exchanges(1)] == ["The quick brown fox", "Red."]
        assert [reader.page(Query(words)) for words in ("colour", "red", "2026-11-21", "brown.")] == [[1], [1], [1], []]
        newest = [(answer.title, answer.text, answer.preview()) for answer in reader.newest(10)]
        assert newest == [("Text", "Red.", "The quick brown fox")]


def test_a_page_that_was_changed_is_what_its_entry_came_to(path: Path) -> None:
    """Not the newest answer, which tells a change, or words about the page."""
    with opened(path) as store:
        talk = asked_on(talk_of(PAGE, "code"), "number it", block("One", "1"))
        talk = asked_on(asked_on(talk, "which font?", "Serif."), "once more", block("One", "I"))
        store.keep(talk, NOW)
        store.keep(asked_on(talk_of("<p>", shot=picture(1)), "what is this?", "A paragraph."), NOW)
    with reading(path) as reader:
        assert [reader.outcome(entry) for entry in (1, 2)] == [PAGE.replace("One", "1"), "A paragraph."]
        assert reader.newest(10)[-1].text == PAGE.replace("One", "1")


def test_entries_share_their_picture(path: Path) -> None:
    """It is kept once, goes with the last of them, and opens with what other tasks said about it, newest each."""
    with opened(path) as store:
        for task in ("text", "describe", "describe"):
            store.keep(talk_of(task, task), NOW)
        store.keep(talk_of(shot=picture(1)), NOW)
        assert count(store, "pictures") == 2
        with reading(path) as reader:
            talks = reader.conversations(1)
            assert [(talk.task.id, talk.key) for talk in talks][1:] == [("describe", reader.conversation(3).key)]
            assert talks[0].job.shot is talks[1].job.shot
        store.remove([1, 2])
        assert count(store, "pictures") == 2
        store.remove([3])
        assert count(store, "pictures") == 1


def test_the_same_pixels_elsewhere_are_another_picture(path: Path) -> None:
    with opened(path) as store:
        for shot in (picture(), replace(picture(), region=None), replace(picture(), scale=1.0), picture(0, 20, 40)):
            store.keep(talk_of(shot=shot), NOW)
        with reading(path) as reader:
            shots = [reader.shot(entry) for entry in (1, 2, 3, 4)]
    assert [(shot.region is None, shot.scale, shot.width) for shot in shots] == [
        (False, 2.0, 40),
        (True, 2.0, 40),
        (False, 1.0, 40),
        (False, 2.0, 20),
    ]


def test_what_is_hidden_is_out_of_sight_and_comes_back(path: Path) -> None:
    with opened(path) as store, reading(path) as reader:
        for number in range(3):
            store.keep(talk_of(f"fox {number}", shot=picture(number)), NOW)
        store.hide([2])
        reader.reopen()
        assert [reader.page(Query(words)) for words in ("", "fox", "fo")] == [[3, 1]] * 3
        assert (reader.totals().count, len(reader.newest(10))) == (2, 2)
        store.unhide([2])
        assert reader.page(Query("fox")) == [3, 2, 1]
        store.hide([1, 3])
        store.purge()
        assert [count(store, table) for table in ("entries", "exchanges", "pictures")] == [1, 1, 1]
        assert [count(store, table) for table in ("grams", "pairs")] == [1, 1]


def test_asking_on_brings_a_hidden_entry_back(path: Path) -> None:
    """Nothing that was answered since is lost with it."""
    with opened(path) as store, reading(path) as reader:
        talk = talk_of()
        store.keep(talk, NOW)
        store.hide([1])
        store.keep(asked_on(talk, "Why?", "So."), NOW)
        store.purge()
        reader.reopen()
        assert reader.page(Query("so.")) == [1]


def test_what_was_read_in_a_batch_is_found_but_not_listed(path: Path) -> None:
    """Once somebody asks on it is an entry like any other."""
    page = talk_of("fox of a page")
    with opened(path) as store, reading(path) as reader:
        store.keep(talk_of("fox of the screen", shot=picture(1)), NOW)
        store.keep(page, NOW, batch=True)
        reader.reopen()
        assert [reader.page(Query(words)) for words in ("", "fox", "page")] == [[1], [2, 1], [2]]
        assert reader.page(Query(task="text")) == reader.page(Query(since=NOW)) == [2, 1]
        assert [answer.text for answer in reader.newest(10)] == ["fox of the screen"]
        assert (reader.totals().count, reader.totals().batch) == (2, 1)
        store.hide([2])
        assert reader.totals().batch == 0
        store.keep(asked_on(page, "Which?", "The brown one."), NOW)
        assert reader.page(Query()) == [2, 1]
        assert reader.totals().batch == 0


@pytest.mark.parametrize("favourites_too", [True, False])
def test_nothing_is_left_in_the_file_of_what_was_removed(favourites_too: bool, path: Path) -> None:
    """Neither words nor pictures; favourites stay where the user wants them."""
    secret = "Geheimzahl 4711 für die Weinkisten"
    with opened(path) as store:
        store.keep(talk_of(secret, shot=picture(7)), NOW)
        store.keep(talk_of("Beloved words"), NOW)
        store.favour([2], True)
        store.empty(favourites_too)
        assert count(store, "entries") == (0 if favourites_too else 1)
    data = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Geheimzahl" not in data
    assert b"weinkisten" not in data
    assert (b"Beloved words" in data) is not favourites_too
    with reading(path) as reader:
        assert reader.page(Query("beloved")) == ([] if favourites_too else [2])


def test_an_app_that_ends_while_everything_is_removed_does_not_bring_it_back(path: Path) -> None:
    """Thousands of entries take seconds to go; what was cut short is completed as at the next start."""
    started: list[str] = []
    with opened(path) as store:
        store.keep(talk_of("first"), NOW)
        store.keep(talk_of("Beloved words"), NOW)
        store.favour([2], True)
        store.db.set_trace_callback(started.append)
        store.db.set_progress_handler(lambda: started[-1].startswith("DELETE FROM entries"), 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            store.empty(favourites_too=False)
    with opened(path) as store, reading(path) as reader:
        assert (count(store, "entries"), reader.page(Query())) == (2, [2])
        store.purge()
        assert count(store, "entries") == 1


def test_favourites_come_and_go(path: Path) -> None:
    with opened(path) as store, reading(path) as reader:
        for _number in range(3):
            store.keep(talk_of(), NOW)
        store.favour([1, 3], True)
        store.favour([3], False)
        reader.reopen()
        assert reader.page(Query(favourites=True)) == [1]
        assert [bool(entry and entry.favourite) for entry in map(reader.entry, (1, 2, 3))] == [True, False, False]


def test_all_or_nothing(path: Path) -> None:
    """Where the last step of a write fails nothing of it is there."""
    with opened(path) as store:
        store.db.execute("CREATE TRIGGER stop BEFORE INSERT ON exchanges BEGIN SELECT RAISE(ABORT, 'no'); END")
        with pytest.raises(Exception, match="no"):
            store.keep(talk_of(), NOW)
        assert [count(store, table) for table in ("entries", "pictures", "grams")] == [0, 0, 0]


def test_nobody_else_may_read_it(path: Path) -> None:
    with opened(path) as store:
        store.keep(talk_of(), NOW)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}


def test_odd_characters_are_kept(path: Path) -> None:
    """A lone surrogate, which no file holds, becomes a question mark; a NUL stays."""
    with opened(path) as store:
        store.keep(talk_of("half \ud83d a\0b 😀"), NOW)
    with reading(path) as reader:
        assert reader.conversation(1).latest.text == "half ? a\0b 😀"
        assert reader.page(Query("😀")) == [1]


def test_an_entry_that_cannot_be_read_says_so(path: Path) -> None:
    with opened(path) as store:
        for _number in range(2):
            store.keep(talk_of(), NOW)
        store.db.execute("UPDATE exchanges SET task = '{}' WHERE entry = 1")
    with reading(path) as reader:
        with pytest.raises(UserError, match=r"cannot be read; delete it"):
            reader.conversation(1)
        with pytest.raises(UserError, match=r"cannot be read; delete it"):
            reader.conversation(99)
        assert reader.conversation(2).latest.text == "The quick brown fox"
