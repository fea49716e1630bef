"""Every text of the windows and the tray goes through `tr`: in a language that marks all of them, none is bare."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import gpu, paths
from desktop.batch.run import Progress, Stage
from desktop.batch.tally import Tally
from desktop.batch_window import BatchWindow
from desktop.engine.api import Phase, Status
from desktop.engine.tasks import read_tasks
from desktop.gpu import Gpu
from desktop.history.entry import Answer
from desktop.job import Task
from desktop.model_work import ModelWork
from desktop.model_work import Stage as WorkStage
from desktop.panel.manner import Manner
from desktop.permission import Permission
from desktop.settings import Settings
from desktop.tray import Tray
from desktop.welcome import Welcome
from desktop.work_strip import WorkStrip
from tests.untranslated import OF_QT, OPEN, untranslated, words_of

pytestmark = pytest.mark.usefixtures("foreign")


def tasks() -> list[Task]:
    return read_tasks([paths.resources() / "tasks"])[0]


@pytest.mark.parametrize("cards", [[], [Gpu("a card", 12.0, 11.0)]])
@pytest.mark.parametrize("has_model", [True, False])
def test_welcome(cards: list[Gpu], has_model: bool, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(gpu, "find_gpus", lambda: cards)
    window = Welcome("Ctrl+Alt+G", Settings(), has_model)
    qtbot.addWidget(window)
    window.show()
    window.show_permission(window.pictures, Permission())
    window.show_permission(window.shortcuts, Permission(allowed=True))
    assert untranslated(window, "and drag over a piece of the screen.⟧", *OF_QT) == []


@pytest.mark.parametrize("stage", [stage for stage in WorkStage if stage is not WorkStage.IDLE])
def test_the_way_out_of_a_work(stage: WorkStage, qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    strip.expect()
    strip.show_work(ModelWork("download", "3b", "a model", stage))
    assert strip.leave.text().startswith(OPEN)


@pytest.mark.parametrize("phase", list(Phase))
def test_tray(phase: Phase, qtbot: QtBot) -> None:
    """In every state, with all that it may show."""
    tray = Tray(tasks(), has_model=True)
    assert tray.menu.actions()[0].text() == "⟦Starting⟧"
    tray.show_status(Status(phase, "Engine", share=0.5, place="gpu.lan"))
    tray.show_private(True)
    tray.show_answers([Answer("Text", "an answer", "an answer")])
    assert [words for words in words_of(tray.menu) if OPEN not in words and words != "an answer"] == []
    assert [line for line in tray.icon.toolTip().splitlines() if OPEN not in line] == ["Shotglass"]
    tray.retire()


def test_batch_window(tmp_path: Path, qtbot: QtBot) -> None:
    """While it asks, while it works, and afterwards."""
    window = BatchWindow()
    qtbot.addWidget(window)
    manner = Manner(tasks(), has_model=True)
    window.offer([], manner)
    assert window.what.text().startswith(OPEN)
    for given in ([tmp_path], [tmp_path / "a.png", tmp_path / "b.png"]):
        window.offer(given, manner)
        window.show()
        assert OPEN in window.what.text()
        assert OPEN in window.folder.text()
        assert untranslated(window.task) == []
    window.start.click()
    for stage in Stage:
        window.show_progress(Progress(stage, Tally(3)))
        assert untranslated(window, *options_of(window)) == []
    for ask in (window.ask_for_files, window.ask_for_folder, window._ask_where_to):
        ask()
        (dialog,) = window.findChildren(QFileDialog)
        assert OPEN in dialog.windowTitle()
        assert OPEN in dialog.labelText(QFileDialog.DialogLabel.LookIn)
        assert OPEN in dialog.labelText(QFileDialog.DialogLabel.FileType)
        dialog.close()
        qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def options_of(window: BatchWindow) -> list[str]:
    """What the options of the tasks show, which is the panel's."""
    return untranslated(window.options)
