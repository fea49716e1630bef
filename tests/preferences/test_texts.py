"""Every text of the preferences goes through `tr`."""

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import __version__, paths
from desktop.engine.tasks import read_tasks
from desktop.history.entry import Totals
from desktop.preferences.about_page import PLACES, _parts
from desktop.preferences.icon_names import ICON_NAMES
from desktop.preferences.tasks_page import TasksPage
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from tests.untranslated import OF_QT, OPEN, untranslated

pytestmark = pytest.mark.usefixtures("foreign")
NAMES = ("English", "简体中文", "Qwen2.5-VL", "Hugging Face", "ModelScope")
VALUES = ("flash-attn", "varlen", "triton", "sdpa", "bfloat16", "float32")


def said(widget: QWidget) -> list[str]:
    """The words of the labels that can be seen."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.fixture
def preferences(qtbot: QtBot) -> PreferencesWindow:
    window = PreferencesWindow(Settings(), read_tasks([paths.resources() / "tasks"])[0])
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
    history.totals = lambda: Totals(1234, size=5_600_000)
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
