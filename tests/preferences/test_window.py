"""The preferences window."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QKeySequenceEdit, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from tests.patient_bot import wait_exposed


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PreferencesWindow]:
    """The window with the default settings."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    window = PreferencesWindow(Settings(), tasks)
    qtbot.addWidget(window)
    window.show_page()
    wait_exposed(window)
    yield window


def test_every_change_is_told(window: PreferencesWindow, qtbot: QtBot) -> None:
    """Switches and choices bring whole new settings, one change on top of the other."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    switch, theme = window.findChild(QCheckBox, "auto_copy"), window.findChild(QComboBox, "theme")
    assert switch
    assert theme
    switch.click()
    theme.setCurrentText("dark")
    assert told == [Settings(auto_copy=False), Settings(auto_copy=False, theme="dark")]
    signs = window.findChild(QComboBox, "math_signs")
    assert signs
    assert [signs.itemText(i) for i in range(signs.count())] == ["$$ … $$", "$ … $", r"\[ … \]", r"\( … \)", "nothing"]
    signs.setCurrentText(r"\[ … \]")
    assert told[-1] == Settings(auto_copy=False, theme="dark", math_signs="\\[")


def test_changes_from_elsewhere_are_kept(window: PreferencesWindow) -> None:
    """What was set outside this window meanwhile is part of its next change."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    window.keep(Settings(choices={"code": {"stack": "Bootstrap 5"}}))
    switch = window.findChild(QCheckBox, "auto_copy")
    assert switch
    switch.click()
    assert told == [Settings(choices={"code": {"stack": "Bootstrap 5"}}, auto_copy=False)]


def test_shortcut_is_recorded(window: PreferencesWindow, qtbot: QtBot) -> None:
    """Pressing keys in a field changes the task's shortcut; hotkeys rest while it is recorded."""
    recording: list[bool] = []
    window.recording.connect(recording.append)
    window.show_page(window.shortcuts)
    edit = window.findChild(QKeySequenceEdit, "shortcut-text")
    assert edit
    edit.setFocus()
    qtbot.waitUntil(lambda: recording == [True])
    with qtbot.waitSignal(window.changed) as changed:
        QTest.keyClick(edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert changed.args[0].hotkeys == {"text": "Ctrl+Alt+Y"}
    window.close()
    assert recording[-1] is False


def test_esc_closes_unless_a_shortcut_is_typed(window: PreferencesWindow, qtbot: QtBot) -> None:
    """As it does in the other windows."""
    window.show_page(window.shortcuts)
    edit = window.findChild(QKeySequenceEdit, "shortcut-detect")
    assert edit
    qtbot.waitUntil(window.isActiveWindow)
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert window.isVisible()
    window.show_page(window.engine)
    QTest.keyClick(window.engine, Qt.Key.Key_Escape)
    assert window.isHidden()


def test_refusal_stands_under_its_field(window: PreferencesWindow) -> None:
    """A shortcut that is taken is said where it can be changed."""
    window.show_page(window.shortcuts)
    window.show_refusals({"text": "Ctrl+Alt+G is already taken by another program."})
    problem = window.shortcuts._problems["text"]
    assert problem.isVisible()
    assert "already taken" in problem.text()
    window.show_refusals({})
    assert not problem.isVisible()


def test_models_are_listed(window: PreferencesWindow) -> None:
    """The page of models shows the same rows as the command."""
    window.show_page(window.models)
    table = window.models._table
    ids = [table.model().index(row, 0).data() for row in range(table.rowCount())]
    assert ids == ["ocr", "7b", "7b-awq", "3b", "3b-awq"]


def test_keys_that_the_desktop_holds_are_shown_not_typed(window: PreferencesWindow, qtbot: QtBot) -> None:
    """Instead of the fields stand the desktop's words, and a button where the desktop can open its own window."""
    page = window.shortcuts
    window.show_page(page)
    edit, button = page.findChild(QKeySequenceEdit, "shortcut-text"), page.findChild(QPushButton)
    assert edit
    assert button
    assert edit.isVisible()
    assert not button.isVisible()
    page.show_system({"text": "Super + T", "code": ""}, configurable=True)
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Super + T" in shown
    assert "none yet" in shown
    assert not edit.isVisible()
    with qtbot.waitSignal(page.configure_asked):
        button.click()
    page.show_system({"text": "Super + T"}, configurable=False)
    assert not button.isVisible()
    page.show_system({}, configurable=False)
    assert edit.isVisible()


def test_changed_tasks_have_shortcuts(window: PreferencesWindow, qtbot: QtBot) -> None:
    """A field for each new task, none for one that went; what was chosen is shown."""
    window.keep(Settings(hotkeys={"poem": "Ctrl+Alt+P"}))
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    window.show_page(window.shortcuts)
    window.set_tasks([replace(tasks[0], id="poem"), tasks[1]])
    edits = window.shortcuts._edits
    assert list(edits) == ["poem", tasks[1].id]
    qtbot.waitUntil(edits["poem"].isVisible)
    assert edits["poem"].keySequence().toString() == "Ctrl+Alt+P"


def test_pages_that_are_seldom_seen_cost_nothing_before(window: PreferencesWindow) -> None:
    """They are made when their tab is first shown."""
    assert (window._tasks.made, window._about.made) == (None, None)
    window.show_page(window.tasks)
    assert window._tasks.made
    assert window.tasks.isVisible()
    assert window._about.made is None
