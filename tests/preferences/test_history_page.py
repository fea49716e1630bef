"""The page of the history in the preferences."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from desktop.history.entry import Totals
from desktop.preferences.window import PreferencesWindow
from desktop.settings import Settings
from tests.patient_bot import wait_exposed


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PreferencesWindow]:
    """The preferences on that page, with 1,234 entries."""
    window = PreferencesWindow(Settings(), [])
    qtbot.addWidget(window)
    window.history.totals = lambda: Totals(1234, size=56_700_000)
    window.show_page(window.history)
    wait_exposed(window)
    yield window


def test_settings(window: PreferencesWindow) -> None:
    """Each is a whole new Settings; 0 is said in words."""
    told: list[Settings] = []
    window.changed.connect(told.append)
    private = window.findChild(QCheckBox, "private")
    assert private
    private.click()
    for name, value, words in (
        ("history_count", 50_000, "no limit"),
        ("history_days", 30, "for ever"),
        ("history_mb", 250_000, "no limit"),
    ):
        part = window.findChild(QDoubleSpinBox, name)
        assert part
        part.setValue(0)
        assert part.text() == words
        part.setValue(value)
        part.editingFinished.emit()
    assert told[-1] == Settings(private=True, history_count=50_000, history_days=30, history_mb=250_000)
    window.keep(Settings(history_days=7))
    size = window.findChild(QDoubleSpinBox, "history_mb")
    assert size
    assert size.value() == 1000
    assert not private.isChecked()


def test_how_much_is_kept(window: PreferencesWindow) -> None:
    assert window.history._count.text() == "1,234 entries are kept, 57 MB of pictures and texts."
    window.history.totals = Totals
    window.history.refresh()
    assert not window.history.delete.isEnabled()


def test_deleting_all_is_asked_first(window: PreferencesWindow, qtbot: QtBot) -> None:
    page = window.history
    told: list[bool] = []
    page.emptied.connect(told.append)
    for button, expected in ((page.leave, []), (page.all_but, [False]), (page.all, [False, True])):
        page.delete.click()
        assert page.strip.isVisible()
        assert "Delete 1,234 entries for good?" in page._question.text()
        assert window.focusWidget() is page.leave
        button.click()
        assert told == expected
        assert not page.strip.isVisible()


def test_the_history_is_asked_for(window: PreferencesWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.history.history_asked):
        window.history.show_all.click()
