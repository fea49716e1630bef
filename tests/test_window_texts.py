"""Every text of the windows and the tray goes through `tr`: in a language that marks all of them, none is bare."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import __version__, gpu, paths
from desktop.batch.run import Progress, Stage
from desktop.batch.tally import Tally
from desktop.batch_window import BatchWindow
from desktop.engine.api import Phase, Status
from desktop.engine.tasks import read_tasks
from desktop.gpu import Gpu
from desktop.history.entry import Answer, Totals
from desktop.history_window.dates import say_fully, say_when
from desktop.history_window.exporting import Exporting
from desktop.job import Task
from desktop.model_work import ModelWork
from desktop.model_work import Stage as WorkStage
from desktop.panel.manner import Manner
from desktop.preferences.about_page import PLACES, _parts
from desktop.preferences.icon_names import ICON_NAMES
from desktop.preferences.tasks_page import TasksPage
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from desktop.tray import Tray
from desktop.welcome import Welcome
from desktop.work_strip import WorkStrip
from tests.history_window.conftest import Make, make, path  # noqa: F401 - fixtures
from tests.untranslated import OPEN, untranslated

pytestmark = pytest.mark.usefixtures("foreign")
OF_QT = ("Press shortcut", "Scroll Left", "Scroll Right")
NAMES = ("English", "简体中文", "Qwen2.5-VL", "Hugging Face", "ModelScope")
VALUES = ("flash-attn", "varlen", "triton", "sdpa", "bfloat16", "float32")


def tasks() -> list[Task]:
    return read_tasks([paths.resources() / "tasks"])[0]


def said(widget: QWidget) -> list[str]:
    """The words of the labels that can be seen."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.fixture
def preferences(qtbot: QtBot) -> PreferencesWindow:
    window = PreferencesWindow(Settings(), tasks())
    qtbot.addWidget(window)
    window.show_page()
    return window


def test_preferences(preferences: PreferencesWindow) -> None:
    """Every page, also those that are made late."""
    places = (str(find()) for find in PLACES.values())
    about = (f"<b>Shotglass {__version__}</b>", "\n".join(_parts()), *places)
    preferences.show_page(preferences.tasks)
    preferences.show_page(preferences.about)
    assert untranslated(preferences, *OF_QT, *NAMES, *VALUES, *about, '"END", "\\n\\n"') == []
    names = preferences.tasks.names
    assert all(OPEN in names.item(row).text() for row in range(names.count()))


def test_shortcuts_that_the_desktop_holds(preferences: PreferencesWindow) -> None:
    page = preferences.shortcuts
    page.show_system({"text": "Super + T"}, configurable=True)
    assert untranslated(page, *OF_QT, "Super + T") == []


def test_questions_of_the_preferences(preferences: PreferencesWindow, qtbot: QtBot) -> None:
    history = preferences.history
    history.totals = lambda: Totals(1234, 5_600_000)
    preferences.show_page(history)
    history.delete.click()
    server = preferences.server
    server.place.setCurrentIndex(server.place.findData("file"))
    server.place.activated.emit(server.place.currentIndex())
    assert any("1,234" in words for words in said(history))
    assert untranslated(history) == []
    (box,) = server.findChildren(QMessageBox)
    assert [words for words in (box.windowTitle(), box.text()) if OPEN not in words] == []
    box.close()


def test_tasks_are_made_and_reset(qtbot: QtBot) -> None:
    page = TasksPage(Settings())
    qtbot.addWidget(page)
    page.show()
    page.add.click()
    assert page.form.title.text() == "⟦My task⟧"
    for remove in ("⟦Remove…⟧", "⟦Reset…⟧"):
        assert page.remove.text() == remove
        page.remove.click() if page.remove.isEnabled() else page._ask_to_remove()
        (box,) = page.findChildren(QMessageBox)
        assert OPEN in box.text()
        box.close()
        qtbot.waitUntil(lambda: not page.findChildren(QMessageBox))
        page.names.setCurrentRow(0)


@pytest.mark.parametrize(("field", "text"), [("seed", "many"), ("stop", "END"), ("options", "nothing")])
def test_what_a_task_cannot_be_is_said(field: str, text: str, qtbot: QtBot) -> None:
    page = TasksPage(Settings())
    qtbot.addWidget(page)
    page.show()
    part = getattr(page.form, field)
    (part.setPlainText if field == "options" else part.setText)(text)
    page.keep()
    assert page.problem.text().startswith("⟦Not kept yet: ⟦")


def test_every_icon_has_a_name() -> None:
    assert set(ICON_NAMES) == {path.stem for path in (paths.resources() / "icons").glob("*.svg")}


@pytest.mark.parametrize("cards", [[], [Gpu("a card", 12.0)]])
@pytest.mark.parametrize("has_model", [True, False])
def test_welcome(cards: list[Gpu], has_model: bool, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(gpu, "find_gpus", lambda: cards)
    window = Welcome("Ctrl+Alt+G", Settings(), has_model)
    qtbot.addWidget(window)
    window.show()
    work = (window.strip.title.text(), window.strip.words.text(), window.strip.agree.text())
    assert untranslated(window, "and drag over a piece of the screen.⟧", *OF_QT, *work) == []


@pytest.mark.parametrize("stage", [stage for stage in WorkStage if stage is not WorkStage.IDLE])
def test_the_way_out_of_a_work(stage: WorkStage, qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    strip.expect()
    strip.show_work(ModelWork("download", "3b", "a model", stage))
    assert strip.leave.text().startswith(OPEN)


def words_of(menu: QMenu) -> list[str]:
    """What a menu and those inside it show."""
    found = [text for action in menu.actions() for text in (action.text(), action.toolTip()) if text]
    return found + [text for inside in menu.findChildren(QMenu) for text in words_of(inside)]


@pytest.mark.parametrize("phase", list(Phase))
def test_tray(phase: Phase, qtbot: QtBot) -> None:
    """In every state, with all that it may show."""
    tray = Tray(tasks(), has_model=True)
    assert tray.menu.actions()[0].text() == "⟦Starting⟧"
    tray.show_status(Status(phase, "Engine", share=0.5, place="gpu.lan"))
    tray.show_private(True)
    tray.show_answers([Answer("Text", "an answer")])
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
        dialog.close()
        qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def options_of(window: BatchWindow) -> list[str]:
    """What the options of the tasks show, which is the panel's."""
    return untranslated(window.options)


def test_history_window(make: Make, qtbot: QtBot) -> None:  # noqa: F811
    """Its parts, its menus, and what it says of each deed."""
    window = make(3)
    qtbot.waitUntil(lambda: bool(window.preview.title.text()))
    assert untranslated(window) == []
    assert [words for words in words_of(window.menu) if OPEN not in words] == []
    told = []
    for deed in (lambda: window.deeds.copy(""), window.deeds.copy_picture, window.deeds.remove):
        deed()
        told.append(window.notice.words)
        assert untranslated(window.notice) == []
    window.list.selectAll()
    window.deeds.remove()
    told.append(window.notice.words)
    qtbot.waitUntil(lambda: window._reason.isVisible())
    told.append(window._reason.text())
    window.set_private(True)
    told.append(window._reason.text())
    window.filters.words.setText("zebra")
    qtbot.waitUntil(lambda: "all" in window._reason.text())
    told.append(window._reason.text())
    assert len(set(told)) == 7
    assert all(words.startswith(OPEN) for words in told)


def test_an_export_is_told(make: Make, tmp_path: Path, qtbot: QtBot) -> None:  # noqa: F811
    window = make(2)
    exporting = window.findChildren(Exporting)[0]
    exporting.ask(window.list.selected)
    (dialog,) = window.findChildren(QFileDialog)
    assert [words for words in (dialog.windowTitle(), *dialog.nameFilters()) if OPEN not in words] == []
    dialog.close()
    exporting.begin(window.list.selected, tmp_path / "kept.zip")
    assert untranslated(window.notice) == []
    qtbot.waitUntil(lambda: "kept.zip" in window.notice.words)
    assert untranslated(window.notice) == []


def test_dates() -> None:
    now = datetime(2026, 11, 24, 12, 30)
    assert say_when(now, now) == "12:30"
    long_ago = [say_when(now - timedelta(days=days), now) for days in (1, 30, 600)]
    assert [words for words in (*long_ago, say_fully(now)) if OPEN not in words] == []
