"""The page of tasks: changes are written and told once the typing rests; own tasks come and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.task_files import TaskFiles
from desktop.job import Task
from desktop.preferences.tasks_page import TasksPage
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Sampling, Settings
from tests.patient_bot import wait_exposed


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PreferencesWindow]:
    """The window at its tasks, with sampling of one in the settings."""
    settings = Settings(sampling={"describe": Sampling(temperature=0.7)}, hotkeys={"describe": "Ctrl+Alt+D"})
    window = PreferencesWindow(settings, TaskFiles().read()[0])
    qtbot.addWidget(window)
    window.show_page(window.tasks)
    wait_exposed(window)
    yield window


@pytest.fixture
def page(window: PreferencesWindow) -> TasksPage:
    """The page of tasks."""
    return window.tasks


def test_the_form_has_room_for_large_letters(qtbot: QtBot) -> None:
    """Nothing of it stands beyond a border."""
    usual = QApplication.font()
    large = QFont(usual)
    large.setPointSizeF(1.5 * usual.pointSizeF())
    QApplication.setFont(large)
    try:
        window = PreferencesWindow(Settings(), TaskFiles().read()[0])
        qtbot.addWidget(window)
        window.show_page(window.tasks)
        wait_exposed(window)
        (area,) = window.tasks.findChildren(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
    finally:
        QApplication.setFont(usual)


def pick(page: TasksPage, title: str) -> None:
    """Choose a task in the list."""
    page.names.setCurrentItem(page.names.findItems(title, Qt.MatchFlag.MatchExactly)[0])


def read(task_id: str) -> Task | None:
    """A task as its file has it."""
    return next((task for task in TaskFiles().read()[0] if task.id == task_id), None)


def own_file(task_id: str) -> Path:
    """Where the user's definition of a task stands."""
    return paths.user_tasks() / f"{task_id}.toml"


def answer_dialog(page: TasksPage, button: QMessageBox.StandardButton) -> None:
    """Ask to remove the task, and answer the question."""
    page.remove.click()
    box = page.findChild(QMessageBox)
    assert box
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def test_looking_writes_nothing(page: TasksPage, window: PreferencesWindow) -> None:
    """Going through all tasks and away changes no file."""
    for row in range(page.names.count()):
        page.names.setCurrentRow(row)
    window.hide()
    assert not paths.user_tasks().exists()


def test_a_prompt_is_changed(page: TasksPage, qtbot: QtBot) -> None:
    """Told once for all that was typed in a row; the file is what the reader wants."""
    pick(page, "Formula")
    told: list[int] = []
    page.changed.connect(lambda: told.append(1))
    page.form.prompt.setFocus()
    page.form.prompt.selectAll()
    QTest.keyClicks(page.form.prompt, "Write MathML.")
    qtbot.waitUntil(lambda: bool(told))
    formula = read("formula")
    assert formula
    assert formula.prompt == "Write MathML."
    assert told == [1]
    assert page.form.prompt.hasFocus()
    assert page.names.currentItem().text() == "Formula"
    assert page.remove.text() == "Reset…"


def test_nothing_typed_is_lost(page: TasksPage, window: PreferencesWindow) -> None:
    """Another task, or closing the window, writes what the pause did not yet."""
    pick(page, "Formula")
    page.form.title.setText("Formel")
    pick(page, "Table")
    assert (read("formula") or read("text")).title == "Formel"  # type: ignore[union-attr]
    assert page.form.title.text() == "Table"
    page.form.title.setText("Tabelle")
    window.close()
    assert (read("table") or read("text")).title == "Tabelle"  # type: ignore[union-attr]


def test_what_cannot_be_is_said_and_not_written(page: TasksPage) -> None:
    """The reader's own reasons, under the form; they go once it is right."""
    pick(page, "Code")
    for part, text, said in (
        (page.form.prompt, "No place for it.", "each must stand as {name} in the prompt"),
        (page.form.options, "stack", "write it as “name: first | second”"),
        (page.form.seed, "many", "is no whole number"),
        (page.form.stop, "END", "in quotes"),
        (page.form.title, "", "title: it must not be empty"),
    ):
        before = part.toPlainText() if hasattr(part, "toPlainText") else part.text()
        put = part.setPlainText if hasattr(part, "setPlainText") else part.setText
        put(text)
        page.keep()
        assert page.problem.isVisible()
        assert said in page.problem.text()
        assert not own_file("code").exists()
        put(before)
    page.keep()
    assert not page.problem.isVisible()


def test_options_sampling_and_stops_are_kept(page: TasksPage) -> None:
    pick(page, "Translate")
    page.form.options.setPlainText("language: Latin | Greek")
    page.form.temperature.setValue(0.3)
    page.form.stop.setText('"END", "\\n\\n"')
    page.keep()
    task = read("translate")
    assert task
    assert (task.options, task.temperature) == ({"language": ("Latin", "Greek")}, 0.3)
    assert task.stop == ("END", "\n\n")


def test_sampling_moves_from_the_settings_into_the_task(page: TasksPage, window: PreferencesWindow) -> None:
    """It is shown as it holds; once written it is the task's own, or the settings would go on to overrule it."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    pick(page, "Describe")
    assert page.form.temperature.value() == 0.7
    page.form.temperature.setValue(0.4)
    page.keep()
    assert [settings.sampling for settings in told] == [{}]
    describe = read("describe")
    assert describe
    assert told[0].adjust(describe).temperature == 0.4


def test_a_shipped_task_is_reset_after_a_yes(page: TasksPage) -> None:
    pick(page, "Describe")
    assert not page.remove.isEnabled()
    shipped = page.form.prompt.toPlainText()
    page.form.prompt.setPlainText("Shorter.")
    page.keep()
    answer_dialog(page, QMessageBox.StandardButton.Cancel)
    assert own_file("describe").exists()
    answer_dialog(page, QMessageBox.StandardButton.Yes)
    assert not own_file("describe").exists()
    assert page.form.prompt.toPlainText() == shipped
    assert page.names.currentItem().text() == "Describe"


def test_own_tasks_come_and_go(page: TasksPage, qtbot: QtBot) -> None:
    """New, duplicated, named by typing, removed after a yes."""
    count = page.names.count()
    page.add.click()
    qtbot.waitUntil(page.form.title.hasFocus)
    QTest.keyClicks(page.form.title, "Poem")
    page.keep()
    assert (read("own-my-task") or read("text")).title == "Poem"  # type: ignore[union-attr]
    pick(page, "Detect")
    page.duplicate.click()
    twin, detect = read("own-detect-copy"), read("detect")
    assert twin
    assert detect
    assert (twin.prompt, twin.options, twin.title) == (detect.prompt, detect.options, "Detect copy")
    assert page.names.count() == count + 2
    assert page.remove.text() == "Remove…"
    answer_dialog(page, QMessageBox.StandardButton.Yes)
    assert read("own-detect-copy") is None
    assert page.names.count() == count + 1


def test_the_shortcut_is_one_click_away(page: TasksPage, window: PreferencesWindow, qtbot: QtBot) -> None:
    pick(page, "Describe")
    assert "Ctrl+Alt+D" in page.shortcut.text()
    page.shortcut.linkActivated.emit("shortcut")
    assert window.shortcuts.isVisible()
    qtbot.waitUntil(window.shortcuts._edits["describe"].hasFocus)
