"""The panel and the collection of panels, on a real X server."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.job import Box, State, Update
from desktop.panel.panels import Panels
from tests.panel.opened import SHOT, Open, clipboard, text_of
from tests.patient_bot import wait_exposed

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def has_model() -> bool:
    """The embedded OCR answers."""
    return False


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel for SHOT with the Text task."""
    return Open(panels, qtbot)


def test_text_streams_and_is_copied(opened: Open) -> None:
    """The text grows as it comes; at the end it is on the clipboard, with engine and time shown."""
    QGuiApplication.clipboard().setText("before")
    opened.answer(State.RUNNING, "one")
    assert text_of(opened.panel).toPlainText() == "one"
    opened.answer(State.RUNNING, "one\ntwo")
    assert clipboard() == "before"
    opened.answer(State.DONE, "one\ntwo")
    assert text_of(opened.panel).toPlainText() == "one\ntwo"
    assert clipboard() == "one\ntwo"
    assert opened.panel.header.status.text() == "Test engine · 1.50 s · copied"


def test_auto_copy_can_be_switched_off(panels: Panels, qtbot: QtBot) -> None:
    """Nothing touches the clipboard where the user does not want it."""
    QGuiApplication.clipboard().setText("before")
    panels.set_auto_copy(False)
    Open(panels, qtbot).answer(State.DONE, "one")
    assert clipboard() == "before"


@pytest.mark.parametrize("state", [State.CANCELLED, State.FAILED])
def test_unfinished_text_stays_but_is_not_copied(opened: Open, state: State) -> None:
    """What was read before a stop or an error is kept in the panel only."""
    QGuiApplication.clipboard().setText("before")
    opened.answer(State.RUNNING, "half")
    opened.answer(state, "half", error="It failed; try again." if state is State.FAILED else "")
    assert text_of(opened.panel).toPlainText() == "half"
    assert clipboard() == "before"
    assert opened.panel.message.isVisible() == (state is State.FAILED)


def test_late_update_of_another_job_is_ignored(opened: Open) -> None:
    """A result that comes after the task was changed never shows."""
    first = opened.asked[-1]
    opened.panel._pick("describe")
    opened.panels.show_update(Update(first.id, State.DONE, "late"))
    assert text_of(opened.panel).toPlainText() == ""
    assert opened.stopped == [first.id]


def test_keys(opened: Open, qtbot: QtBot) -> None:
    """Copy, one paragraph, selection, stop and close all work by keyboard."""
    panel = opened.panel
    opened.answer(State.DONE, "an ex-\nample of\ntext")
    qtbot.waitUntil(panel.isActiveWindow)
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(panel.view, KEY.Key_C, CTRL)
    assert clipboard() == "an ex-\nample of\ntext"
    QTest.keyClick(panel.view, KEY.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert clipboard() == "an example of text"
    text_of(panel).moveCursor(text_of(panel).textCursor().MoveOperation.Start)
    text_of(panel).moveCursor(
        text_of(panel).textCursor().MoveOperation.EndOfWord, text_of(panel).textCursor().MoveMode.KeepAnchor
    )
    QTest.keyClick(panel.view, KEY.Key_C, CTRL)
    assert clipboard() == "an"
    QTest.keyClick(panel.view, KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [job.task.id for job in opened.asked] == ["text", "describe"])
    QTest.keyClick(panel.view, KEY.Key_Escape)
    assert opened.stopped == [opened.asked[-1].id]
    opened.answer(State.CANCELLED)
    QTest.keyClick(panel.view, KEY.Key_Escape)
    assert not panel.isVisible()


@pytest.mark.parametrize("key", ["Ctrl+C", "Ctrl+Shift+C", "Ctrl+S"])
def test_keys_do_nothing_before_there_is_text(opened: Open, qtbot: QtBot, key: str) -> None:
    """An empty panel never empties the clipboard, and asks for no file to save nothing in."""
    QGuiApplication.clipboard().setText("before")
    qtbot.waitUntil(opened.panel.isActiveWindow)
    QTest.keySequence(opened.panel.view, QKeySequence(key))
    assert clipboard() == "before"


def test_tasks_without_model_lead_to_the_models(opened: Open, qtbot: QtBot) -> None:
    """The sentence of a task that needs the model carries a link."""
    opened.answer(State.FAILED, error="Describe needs the model; `shotglass models list` shows which one fits.")
    assert "Show models" in opened.panel.message.text()
    with qtbot.waitSignal(opened.panels.link_clicked):
        opened.panel.message.linkActivated.emit("shotglass:models")


def test_save(opened: Open, tmp_path: Path) -> None:
    """The text is written as it stands; what cannot be written is said until it could, and nothing is lost."""
    opened.answer(State.DONE, "one\n二", note="It was cut.")
    opened.panel.deeds.save_to(tmp_path / "answer.txt", opened.panel.view.formats()[0])
    assert (tmp_path / "answer.txt").read_text("utf-8") == "one\n二\n"
    opened.panel.deeds.save_to(Path("/proc/answer.txt"), opened.panel.view.formats()[0])
    assert "Could not save" in opened.panel.message.text()
    assert text_of(opened.panel).toPlainText() == "one\n二"
    opened.panel.deeds.save_to(tmp_path / "answer.txt", opened.panel.view.formats()[0])
    assert opened.panel.message.text() == "It was cut."


def test_dialogs_block_their_panel_alone(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    """Both dialogs bring what was chosen, and the overlay of a capture meanwhile still hears the mouse."""
    opened.answer(State.DONE, "one")
    opened.panel.buttons.save.click()
    dialog = opened.panel.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    dialog.selectFile(str(tmp_path / "answer.txt"))
    dialog.accept()
    assert (tmp_path / "answer.txt").read_text("utf-8") == "one\n"
    qtbot.waitUntil(lambda: opened.panel.findChild(QFileDialog) is None)


def test_next_capture_replaces_a_panel_unless_pinned_or_busy(opened: Open) -> None:
    """Finished panels make room; pinned and busy ones stay."""
    opened.panels.open_shot(SHOT, "text")
    assert len(opened.panels._open) == 2, "the first one is still busy"
    opened.panels._open[1].header.pin.setChecked(True)
    for job in opened.asked:
        opened.panels.show_update(Update(job.id, State.DONE, "x"))
    opened.panels.open_shot(SHOT, "text")
    assert [panel.pinned for panel in opened.panels._open] == [True, False]


def test_closing_stops_the_job_and_the_panel_can_come_back(opened: Open) -> None:
    """A closed panel ends its job, and `open_last` shows it again with its text."""
    opened.answer(State.RUNNING, "half")
    opened.panel.close()
    assert opened.stopped == [opened.asked[0].id]
    opened.answer(State.CANCELLED, "half")
    opened.panels.open_last("nothing yet")
    assert opened.panel.isVisible()
    assert not opened.panel.busy, "or Esc would stop it again and again, and never close it"
    assert text_of(opened.panel).toPlainText() == "half"


def test_dropped_and_pasted_pictures(opened: Open, tmp_path: Path) -> None:
    """Files and pictures open panels of their own; what is no picture is said."""
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    QGuiApplication.clipboard().setImage(image)
    opened.panel.deeds.paste()
    assert opened.asked[-1].shot.rgb == b"\xff" * 30 * 20 * 3, "transparent turns white"
    image.fill(QColor("red"))
    image.save(str(tmp_path / "red.png"))
    (tmp_path / "text.png").write_text("no picture")
    drop(opened, tmp_path / "red.png")
    assert opened.asked[-1].shot.rgb == b"\xff\x00\x00" * 30 * 20
    drop(opened, tmp_path / "text.png")
    assert any("text.png is not a picture" in panel.message.text() for panel in opened.panels._open)


def drop(opened: Open, *paths: Path) -> None:
    """Drop files and folders on the panel."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    opened.panel.dropEvent(QDropEvent(QPoint(5, 5), action, mime, buttons, Qt.KeyboardModifier.NoModifier))


def test_more_than_a_panel_is_made_for_goes_elsewhere(opened: Open, tmp_path: Path) -> None:
    """Several files, a folder or a PDF open no panels; they are handed on as they came."""
    given: list[list[Path]] = []
    opened.panels.many_given.connect(given.append)
    several = [tmp_path / "one.png", tmp_path / "two.png"]
    for files in (several, [tmp_path], [tmp_path / "scan.PDF"]):
        drop(opened, *files)
    assert given == [several, [tmp_path], [tmp_path / "scan.PDF"]]
    assert opened.panels._open == [opened.panel]


def test_an_unreadable_picture_is_said(opened: Open, tmp_path: Path) -> None:
    """What is said of a file is not closed by a picture that follows."""
    (tmp_path / "a&b <i>.png").write_text("no picture")
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    opened.panels.open_pictures([tmp_path / "a&b <i>.png", image])
    said = QTextDocument()
    said.setHtml(next(panel.message.text() for panel in opened.panels._open if panel.shot is None))
    assert opened.panels._open[-1].message.textFormat() is Qt.TextFormat.RichText
    assert "a&b <i>.png is not a picture" in said.toPlainText()


@pytest.mark.parametrize("region", [Box(0, 0, 1920, 1080), Box(1700, 900, 1920, 1080), Box(100, 100, 300, 200)])
def test_panel_stands_where_it_was_placed(panels: Panels, qtbot: QtBot, region: Box) -> None:
    """It is placed with the size it then has: whole on the screen, and off its region where there is room."""
    panels.open_shot(replace(SHOT, region=region), "text")
    panel = panels._open[-1]
    wait_exposed(panel)
    qtbot.wait(100)
    covered = QRect(region.left, region.top, region.width, region.height)
    qtbot.waitUntil(lambda: panel.screen().geometry().contains(panel.frameGeometry()))
    qtbot.waitUntil(lambda: panel.frameGeometry().intersects(covered) == (region.width == 1920))


def test_no_panel_is_said(panels: Panels) -> None:
    """Without any answer yet, `open_last` says how to get one."""
    panels.open_last("Press Ctrl+Alt+G.")
    assert "Press Ctrl+Alt+G." in panels._open[0].message.text()


def test_what_goes_wrong_together_is_all_said(panels: Panels) -> None:
    """A later sentence takes the place of none, is said once, and has its own link; a panel used again is empty."""
    for sentence in ("The settings were damaged.", "The history was damaged.", "The settings were damaged."):
        panels.say(sentence, f'<a href="shotglass:{sentence.split()[1]}">More</a>')
    (panel,) = panels._open
    said = QTextDocument()
    said.setHtml(panel.message.text())
    assert said.toPlainText() == "The settings were damaged. More\nThe history was damaged. More"
    panel.close()
    panels.say("The disk is full.")
    assert panels._open == [panel]
    assert panel.message.text() == "The disk is full."


def test_an_engine_with_a_long_name_leaves_room_for_what_came_of_it(opened: Open) -> None:
    """The middle is left out, so that the time and the outcome can be read; the whole stands in the tool tip."""
    status = opened.panel.header.status
    opened.panels.show_update(Update(opened.asked[-1].id, State.CANCELLED, "one", engine="m" * 100, seconds=1.5))
    assert status.toolTip() == f"{'m' * 100} · 1.50 s · stopped"
    long = status.grab().toImage()
    status.setText(f"{'m' * 100} · 1.50 s · failed")
    other = status.grab().toImage()
    half = long.width() // 2
    assert long.copy(0, 0, half // 2, long.height()) == other.copy(0, 0, half // 2, long.height())
    assert long.copy(half, 0, half, long.height()) != other.copy(half, 0, half, long.height())


def test_changed_tasks_are_offered_in_open_panels(opened: Open) -> None:
    """What is shown stays; the same task asked once more is the new one; its keys count anew."""
    opened.answer(State.DONE, "as it was")
    text, describe = opened.panels.manner.tasks[:2]
    poem = replace(describe, id="poem", title="Poem")
    opened.panels.set_tasks([poem, replace(text, prompt="Read it anew.")])
    assert text_of(opened.panel).toPlainText() == "as it was"
    assert [button.text() for button in opened.panel.tasks._buttons.values()] == ["Poem", "Text"]
    opened.qtbot.waitUntil(opened.panel.tasks._buttons["poem"].isVisible)
    opened.pick(2)
    assert opened.asked[-1].task.prompt == "Read it anew."
    opened.pick(1)
    assert opened.asked[-1].task == poem
