"""How the window of batches looks, light and dark."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.batch_window import BatchWindow
from desktop.engine.tasks import read_tasks
from desktop.panel.manner import Manner
from desktop.theme import HIGHLIGHT, Role
from tests.patient_bot import wait_exposed


@pytest.fixture
def window(palette: QPalette, qtbot: QtBot, tmp_path: Path) -> BatchWindow:
    """It asks how a folder shall be translated."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    window = BatchWindow()
    window.offer([tmp_path], Manner(tasks, has_model=True))
    window.task.setCurrentIndex(window.task.findData("translate"))
    window.show()
    wait_exposed(window)
    return window


def test_every_field_has_a_border(window: BatchWindow, palette: QPalette) -> None:
    (language,) = window.options.findChildren(QComboBox)
    fields: list[QWidget] = [window.task, language, window.folder]
    edges = [field.grab().toImage().pixelColor(0, field.height() // 2) for field in fields]
    assert [edge.name() for edge in edges] == [palette.color(Role.Mid).name()] * len(fields)


def test_the_list_of_tasks_shows_which_one_is_chosen(window: BatchWindow) -> None:
    """In a box that the style sheet draws, Qt's own list writes it white on white."""
    window.task.showPopup()
    chosen = window.task.view()
    wait_exposed(chosen.window())
    row = chosen.visualRect(chosen.currentIndex())
    ground = chosen.viewport().grab().toImage().pixelColor(row.right() - 4, row.center().y())
    window.task.hidePopup()
    assert abs(ground.hue() - QColor(HIGHLIGHT).hue()) < 5
    assert ground.saturation() > 150
