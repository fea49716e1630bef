"""Every setting of the engine can be seen and changed in the preferences."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.qwen.weights import PRESETS
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from tests.patient_bot import wait_exposed

CHANGES = {
    "engine": "ocr",
    "attention": "sdpa",
    "dtype": "float32",
    "weights": "int8",
    "picture_limit": "1920x1080",
    "memory_cap_gib": 12.5,
    "idle_unload_minutes": 10,
    "hub": "modelscope",
}


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PreferencesWindow]:
    """The window with the default settings, on the page of the engine."""
    window = PreferencesWindow(Settings(), [])
    qtbot.addWidget(window)
    tabs = window.findChild(QTabWidget)
    assert tabs
    tabs.setCurrentIndex(next(i for i in range(tabs.count()) if tabs.tabText(i) == "Engine"))
    window.show_page()
    wait_exposed(window)
    yield window


def put(window: QWidget, name: str, value: object) -> None:
    """Set an input as a user does."""
    part = window.findChild(QWidget, name)
    if isinstance(part, QComboBox):
        part.setCurrentIndex(part.findData(value))
    else:
        assert isinstance(part, QDoubleSpinBox)
        part.setFocus()
        part.selectAll()
        QTest.keyClicks(part, str(value))
        QTest.keyClick(part, Qt.Key.Key_Return)


def shown(window: QWidget, name: str) -> object:
    part = window.findChild(QWidget, name)
    return part.currentData() if isinstance(part, QComboBox) else part.value()  # type: ignore[union-attr]


def test_every_setting_is_changed_by_its_input(window: PreferencesWindow) -> None:
    """One change after the other, each a whole and valid new Settings; a number that is typed is told once."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    for name, value in CHANGES.items():
        put(window, name, value)
    assert len(told) == len(CHANGES)
    assert Settings(**told[-1].model_dump()) == Settings.model_validate(CHANGES)


def test_what_changed_elsewhere_is_shown_and_not_told(window: PreferencesWindow) -> None:
    told: list[Settings] = []
    window.changed.connect(told.append)
    window.keep(Settings.model_validate(CHANGES))
    assert {name: shown(window, name) for name in CHANGES} == CHANGES
    assert told == []
    put(window, "hub", "auto")
    assert told[-1].attention == "sdpa"


def test_zero_is_said_in_words(window: PreferencesWindow) -> None:
    words = {"memory_cap_gib": "all that is free", "idle_unload_minutes": "never"}
    for name, said in words.items():
        part = window.findChild(QDoubleSpinBox, name)
        assert part
        assert part.text() == said


def test_a_limit_of_ones_own_is_kept(window: PreferencesWindow) -> None:
    """What the settings file says is offered, too."""
    window.keep(Settings(picture_limit="800x600"))
    assert shown(window, "picture_limit") == "800x600"


def test_models_on_this_disk_can_be_chosen(window: PreferencesWindow) -> None:
    """They are offered once they are here; one that is chosen and gone is still shown, with its state."""
    choice = window.findChild(QComboBox, "model")
    assert choice
    assert [choice.itemText(i) for i in range(choice.count())] == ["the best that fits", "Other folder…"]
    folder = PRESETS[2].folder(paths.models())
    folder.mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        (folder / name).write_bytes(b"")
    window.hide()
    window.show()
    told: list[Settings] = []
    window.changed.connect(told.append)
    put(window, "model", "3b")
    assert [settings.model for settings in told] == ["3b"]
    (folder / "config.json").unlink()
    window.keep(told[-1])
    assert choice.currentText() == "Qwen2.5-VL-3B-Instruct (not downloaded)"


def test_any_folder_can_be_the_model(window: PreferencesWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Cancelling the dialog changes nothing."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    choice = window.findChild(QComboBox, "model")
    assert choice
    for answer in (None, tmp_path):
        choice.setCurrentText("Other folder…")
        (dialog,) = choice.findChildren(QFileDialog)
        assert choice.currentText() == "the best that fits"
        if answer is None:
            dialog.reject()
        else:
            dialog.filesSelected.emit([str(answer)])
            dialog.reject()
        qtbot.waitUntil(lambda: not choice.findChildren(QFileDialog))
    assert [settings.model for settings in told] == [str(tmp_path)]
    assert choice.currentText() == str(tmp_path)
