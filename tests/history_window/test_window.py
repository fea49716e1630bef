"""The window of the history as a user meets it: searched, walked and used by keyboard and mouse."""

import threading
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.history import export
from desktop.history.reader import Reader
from desktop.history.search import Query
from desktop.history_window import notice
from desktop.history_window.entries import ENTRY
from desktop.history_window.entry_painter import THUMBNAIL
from desktop.history_window.window import EMPTY, HistoryWindow
from desktop.panel.splitter import STEP, Border
from tests.history.kept import TASKS, asked_on, picture, same, talk_of
from tests.history_window.conftest import Make

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(window: HistoryWindow) -> list[str]:
    """The words of the rows."""
    return [window.entries.index(row).data().partition(": ")[2] for row in range(window.entries.rowCount())]


def press(window: HistoryWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(window.focusWidget(), key, held)


def reason(window: HistoryWindow) -> str:
    """Why there is no list, or ''."""
    return window._reason.text() if window._reason.isVisible() else ""


def test_search_as_you_type(make: Make, qtbot: QtBot) -> None:
    """The keyboard is in the search at once; what is found is a moment behind the last letter."""
    window = make(12)
    assert shown(window) == [f"fox {number}" for number in reversed(range(12))]
    qtbot.waitUntil(window.filters.words.hasFocus)
    with qtbot.waitSignal(window.filters.changed) as changed:
        QTest.keyClicks(window.filters.words, '"fox 1"')
    assert changed.args == [Query('"fox 1"')]
    assert shown(window) == ["fox 11", "fox 10", "fox 1"]
    qtbot.waitUntil(lambda: window.preview.text.toPlainText() == "fox 11")


def test_nothing_found_leads_back(make: Make, qtbot: QtBot) -> None:
    """By its link, and by Esc, which closes only then."""
    window = make(2)
    for way in ("link", "Esc"):
        with qtbot.waitSignal(window.filters.changed):
            window.filters.words.setText("zebra")
        assert "Nothing matches" in reason(window)
        assert not window.preview.isVisible()
        if way == "link":
            window._reason.linkActivated.emit("all")
        else:
            press(window, KEY.Key_Escape)
        assert shown(window) == ["fox 1", "fox 0"]
        assert reason(window) == ""
    press(window, KEY.Key_Escape)
    assert not window.isVisible()


def test_an_empty_history_says_what_to_do(make: Make) -> None:
    window = make(0)
    assert reason(window) == EMPTY
    window.set_private(True)
    assert "while Private is on" in reason(window)


def test_filters_narrow_the_list(make: Make, qtbot: QtBot) -> None:
    window = make(4)
    window.filters.task.setCurrentText("Describe")
    assert shown(window) == ["fox 3", "fox 1"]
    window.filters.task.setCurrentIndex(0)
    window.list.setFocus()
    press(window, KEY.Key_D, CTRL)
    qtbot.waitUntil(lambda: _favourites(window) == ["fox 3"])
    window.filters.favourites.click()
    assert shown(window) == ["fox 3"]
    window.filters.favourites.click()
    window.filters.span.setCurrentText("Between…")
    assert window.filters.first.isVisible()
    window.filters.first.setDate(window.filters.first.date().addYears(-9))
    window.filters.last.setDate(window.filters.first.date().addYears(1))
    assert shown(window) == []
    assert "Nothing matches" in reason(window)


def _favourites(window: HistoryWindow) -> list[str]:
    """The rows that have a star."""
    entries = [window.entries.index(row).data(ENTRY) for row in range(window.entries.rowCount())]
    return [entry.line for entry in entries if entry.favourite]


def test_keyboard_through_search_list_and_back(make: Make, qtbot: QtBot) -> None:
    """Down leads into the list, letters lead back into the search; the preview follows."""
    window = make(3)
    press(window, KEY.Key_Down)
    assert window.list.hasFocus()
    press(window, KEY.Key_Down)
    qtbot.waitUntil(lambda: window.preview.text.toPlainText() == "fox 1")
    assert window.preview.title.text() == "Describe"
    with qtbot.waitSignal(window.filters.changed):
        press(window, KEY.Key_Z)
    assert window.filters.words.hasFocus()
    assert window.filters.words.text() == "z"
    assert shown(window) == []
    press(window, KEY.Key_F, CTRL)
    assert window.filters.words.selectedText() == "z"


@pytest.mark.parametrize("way", ["Enter in the list", "Enter in the search", "double click", "button"])
def test_an_entry_is_opened(way: str, make: Make, qtbot: QtBot) -> None:
    window = make(3)
    window.list.setCurrentIndex(window.entries.index(1))
    with qtbot.waitSignal(window.deeds.reopened) as reopened:
        if way == "Enter in the list":
            window.list.setFocus()
            press(window, KEY.Key_Return)
        elif way == "Enter in the search":
            press(window, KEY.Key_Return)
        elif way == "double click":
            place = window.list.visualRect(window.entries.index(1)).center()
            QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseDClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        else:
            window.preview.open.click()
    ((talk,),) = reopened.args
    assert talk.latest.text == "fox 1"
    assert talk.job.shot == picture(1)


def test_another_task_on_the_same_picture(make: Make, qtbot: QtBot) -> None:
    window = make(1)
    others = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Another task")
    table = next(action for action in others.actions() if action.text() == "Table")
    with qtbot.waitSignal(window.deeds.asked) as asked:
        table.trigger()
    assert asked.args == [picture(0), "table"]


def test_tasks_that_changed_are_offered(make: Make, qtbot: QtBot) -> None:
    """In the menu and in the filter, which stays as it was picked."""
    window = make(2)
    window.filters.task.setCurrentText("Text")
    window.set_tasks([TASKS["text"], replace(TASKS["table"], id="poem", title="Rhymes & more")])
    assert window.filters.query == Query(task="text")
    assert [window.filters.task.itemText(row) for row in range(3)] == ["All tasks", "Text", "Rhymes & more"]
    others = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Another task")
    assert [action.text() for action in others.actions()] == ["Text", "Rhymes && more"]
    with qtbot.waitSignal(window.deeds.asked) as asked:
        others.actions()[1].trigger()
    assert asked.args[1] == "poem"


def test_delete_and_undo(make: Make, qtbot: QtBot, path: Path) -> None:
    """Selected entries go at once and come back by Ctrl+Z; the next one is selected meanwhile."""
    window = make(5)
    window.list.setFocus()
    window.list.setCurrentIndex(window.entries.index(1))
    press(window, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, KEY.Key_Delete)
    qtbot.waitUntil(lambda: shown(window) == ["fox 4", "fox 1", "fox 0"])
    assert window.notice.words == "2 entries were deleted."
    assert window.list.selected == [2]
    assert window.status.text().startswith("3 entries")
    press(window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(shown(window)) == 5)
    assert window.notice.words == ""


@pytest.mark.parametrize("ending", ["time", "another", "close"])
def test_deleting_becomes_final(ending: str, make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds, with the next deletion, or with the window."""
    monkeypatch.setattr(notice, "SHOWN_MS", 300 if ending == "time" else 60_000)
    window = make(3)
    window.list.setFocus()
    press(window, KEY.Key_Delete)
    qtbot.waitUntil(lambda: shown(window) == ["fox 1", "fox 0"])
    if ending == "another":
        press(window, KEY.Key_Delete)
        qtbot.waitUntil(lambda: shown(window) == ["fox 0"])
    if ending == "close":
        window.close()
    reader = window.entries._reader

    def left() -> list[int]:
        return [int(entry) for (entry,) in reader._rows("SELECT id FROM entries ORDER BY id", [])]

    qtbot.waitUntil(lambda: left() == [1, 2])


def test_everything_is_selected_beyond_what_was_scrolled_to(make: Make, qtbot: QtBot) -> None:
    window = make(450)
    assert window.entries.rowCount() == 200
    window.list.setFocus()
    press(window, KEY.Key_A, CTRL)
    assert window.list.selected == list(range(450, 0, -1))
    press(window, KEY.Key_Delete)
    qtbot.waitUntil(lambda: reason(window) == EMPTY)
    press(window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: window.entries.rowCount() == 200)


def test_stars_by_key_and_click(make: Make, qtbot: QtBot) -> None:
    """Ctrl+D stars all that are selected, or takes all stars away; a click on a star turns that one."""
    window = make(3)
    window.list.setFocus()
    press(window, KEY.Key_A, CTRL)
    press(window, KEY.Key_D, CTRL)
    qtbot.waitUntil(lambda: _favourites(window) == ["fox 2", "fox 1", "fox 0"])
    row = window.list.visualRect(window.entries.index(1))
    star = QPoint(row.right() - 15, row.top() + 15)
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=star)
    qtbot.waitUntil(lambda: _favourites(window) == ["fox 2", "fox 0"])
    window.list.setCurrentIndex(window.entries.index(0))
    press(window, KEY.Key_D, CTRL)
    qtbot.waitUntil(lambda: _favourites(window) == ["fox 0"])
    beside = QPoint(row.left() + THUMBNAIL.width() + 40, row.top() + 15)
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    QTest.qWait(100)
    assert _favourites(window) == ["fox 0"]


def test_copying(make: Make, qtbot: QtBot) -> None:
    """What is marked in the preview, else the answers that are selected; or the picture."""
    window = make(2)
    clipboard = QGuiApplication.clipboard()
    window.list.setFocus()
    press(window, KEY.Key_A, CTRL)
    press(window, KEY.Key_C, CTRL)
    assert clipboard.text() == "fox 1\n\nfox 0"
    qtbot.waitUntil(lambda: window.preview.text.toPlainText() == "fox 1")
    window.preview.text.setFocus()
    window.preview.text.selectAll()
    press(window, KEY.Key_C, CTRL)
    assert clipboard.text() == "fox 1"
    press(window, KEY.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert clipboard.image().pixelColor(3, 3).getRgb() == (1, 0, 99, 255)


MARKDOWN = "# Foxes\n\n- **brown**\n- quick\n\n```python\nrun(3)\n```"


def test_answers_in_markdown_are_shown_as_such(make: Make, qtbot: QtBot) -> None:
    """As in the panel; other answers stay as they are, and nothing of one entry is left in the next."""
    window = make(1)

    def keep(task: str, number: int, words: str) -> None:
        window.deeds._writer.keep(talk_of(MARKDOWN, task, picture(number)))
        qtbot.waitUntil(lambda: window.entries.rowCount() == number + 1)
        window.list.setCurrentIndex(window.entries.index(0))
        qtbot.waitUntil(lambda: window.preview.text.toPlainText().startswith(words))

    keep("describe", 1, "Foxes\n• brown\n• quick")
    keep("text", 2, MARKDOWN)
    assert window.preview.rich.toPlainText() == ""
    window.list.setCurrentIndex(window.entries.index(1))
    qtbot.waitUntil(lambda: window.preview.text is window.preview.rich)
    assert window.preview.plain.toPlainText() == ""
    heading = QTextCursor(window.preview.rich.document())
    heading.movePosition(QTextCursor.MoveOperation.NextCharacter)
    assert heading.charFormat().font().pointSizeF() > window.preview.rich.font().pointSizeF()
    window.preview.rich.anchorClicked.emit(QUrl("copy:0"))
    assert QGuiApplication.clipboard().text() == "run(3)"
    assert "Copied the code" in window.notice.words
    window.preview.text.setFocus()
    window.preview.text.selectAll()
    press(window, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("Foxes\n• brown\n• quick\nrun(3)")


def test_it_follows_what_is_answered_meanwhile(make: Make, qtbot: QtBot) -> None:
    """The selection stays on its entry, and shows how that goes on."""
    window = make(2)
    first = window.entries._reader.conversation(2)
    window.deeds._writer.keep(talk_of("newest", shot=picture(9)))
    qtbot.waitUntil(lambda: shown(window) == ["newest", "fox 1", "fox 0"])
    assert window.list.current == 2
    window.deeds._writer.keep(asked_on(first, "Why?", "So."))
    qtbot.waitUntil(lambda: "So." in window.preview.text.toPlainText())
    assert same(window.entries._reader.conversation(2), asked_on(first, "Why?", "So."))


def test_hidden_it_holds_nothing(make: Make) -> None:
    window = make(3)
    window.close()
    assert window.entries.rowCount() == 0
    assert window.preview.picture._whole.isNull()
    window.show_now()
    assert len(shown(window)) == 3


def test_export(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    """What is selected goes where the dialog says, and the notice says where that is."""
    window = make(3)
    window.list.setFocus()
    press(window, KEY.Key_A, CTRL)
    for name, picked in (("out", "Zip archive (*.zip)"), ("folder.zip", "Folder (*)")):
        press(window, KEY.Key_E, CTRL)
        (dialog,) = window.findChildren(QFileDialog)
        dialog.selectNameFilter(picked)
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        qtbot.waitUntil(lambda: window.notice.words.startswith("Exported to"))
        qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
        window.notice.end()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert len(archive.namelist()) == 9
    assert len(list((tmp_path / "folder").iterdir())) == 9


def test_export_from_the_search(make: Make, qtbot: QtBot) -> None:
    """Its key does so wherever the keyboard is, though Qt's fields on X11 take it for the end of the line."""
    window = make(1)
    qtbot.waitUntil(window.filters.words.hasFocus)
    QTest.keyClicks(window.filters.words, "e")
    press(window, KEY.Key_E, CTRL)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.reject()
    assert window.filters.words.text() == "e"


def test_an_export_that_fails_says_why(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make(1)
    (tmp_path / "file").write_bytes(b"")
    window.exporting.begin([1], tmp_path / "file" / "out.zip")
    qtbot.waitUntil(lambda: window.notice.words.startswith("Could not export to"))


def test_closing_stops_an_export(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has written a file and is told to stop before it writes the next."""
    files = export._files

    def held(
        reader: Reader, entries: Sequence[int], progress: export.Progress, halted: threading.Event
    ) -> export.Files:
        for file in files(reader, entries, progress, halted):
            yield file
            assert halted.wait(60)

    monkeypatch.setattr(export, "_files", held)
    window = make(3)
    window.exporting.begin(range(1, 4), tmp_path / "out.zip")
    window.close()
    assert not (tmp_path / "out.zip").exists()
    assert list(tmp_path.glob(".shotglass-*")) == []


def test_an_entry_that_cannot_be_read_says_so(make: Make, qtbot: QtBot, path: Path) -> None:
    import sqlite3
    from contextlib import closing

    window = make(1)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE exchanges SET task = '{}'")
    window.deeds.open()
    assert "cannot be read" in window.notice.words


def test_borders_are_reached_by_tab_and_moved_by_key(make: Make, qtbot: QtBot) -> None:
    """Each stands between the parts that it is between, as they are read."""
    window = make(3)
    seen: list[QWidget | None] = [window.focusWidget()]
    while len(seen) < 30 and (len(seen) == 1 or seen[-1] is not seen[0]):
        press(window, KEY.Key_Tab)
        seen.append(window.focusWidget())
    borders = [stop for stop in seen if isinstance(stop, Border)]
    assert [border.orientation() for border in borders] == [Qt.Orientation.Horizontal, Qt.Orientation.Vertical]
    assert seen.index(window.list) < seen.index(borders[0]) < seen.index(borders[1]) < seen.index(window.preview.open)
    width = window.preview.width()
    QTest.keyClick(borders[0], KEY.Key_Left)
    assert window.preview.width() == width + STEP
