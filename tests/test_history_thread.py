"""The history reaches the GUI thread as signals, and is whole when the app has ended."""

from pathlib import Path

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.history.search import Query
from desktop.history_thread import HistoryThread
from tests.history.kept import NOW, opened, picture, reading, talk_of


def test_it_can_be_read_once_it_was_opened(qtbot: QtBot, tmp_path: Path) -> None:
    """Slots run on the GUI thread; before the first answer there is nothing, and no file."""
    path = tmp_path / "history.sqlite"
    thread = HistoryThread(path)
    places: list[bool] = []
    thread.changed.connect(lambda: places.append(QThread.currentThread() is thread.thread()))
    thread.start()
    assert thread.reader.page(Query()) == []
    with qtbot.waitSignal(thread.changed):
        thread.keep(talk_of("first"))
    assert [answer.text for answer in thread.reader.newest(10)] == ["first"]
    assert set(places) == {True}
    assert thread.stop(60_000)


def test_stopping_writes_what_is_still_to_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    thread = HistoryThread(path)
    thread.start()
    for number in range(20):
        thread.keep(talk_of(f"fox {number}", shot=picture(number, 300, 200)))
    assert thread.stop(60_000)
    with reading(path) as reader:
        assert len(reader.page(Query())) == 20


def test_a_file_that_is_exchanged_is_read_anew(qtbot: QtBot, tmp_path: Path) -> None:
    """A damaged one is set aside, and its sentence comes to the GUI thread."""
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all" * 100)
    thread = HistoryThread(path)
    with qtbot.waitSignal(thread.said) as said:
        thread.start()
    assert "was damaged; it is kept as" in said.args[0]
    with qtbot.waitSignal(thread.changed, check_params_cb=lambda: bool(thread.reader.newest(1))):
        thread.keep(talk_of("new"))
    assert [answer.text for answer in thread.reader.newest(10)] == ["new"]
    assert thread.stop(60_000)


def test_the_newest_answers_are_there_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with opened(path) as store:
        for number in range(12):
            store.keep(talk_of(f"fox {number}", shot=picture(number)), NOW)
    thread = HistoryThread(path)
    with qtbot.waitSignal(thread.changed):
        thread.start()
    assert [answer.text for answer in thread.reader.newest(3)] == ["fox 11", "fox 10", "fox 9"]
    assert thread.stop(60_000)
