"""Every text of the history goes through `tr`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.history_window.dates import say_fully, say_when
from desktop.history_window.exporting import Exporting
from tests.history_window.conftest import Make
from tests.untranslated import OPEN, untranslated, words_of

pytestmark = pytest.mark.usefixtures("foreign")


def test_history_window(make: Make, qtbot: QtBot) -> None:
    """Its parts, its menus, and what it says of each deed."""
    window = make(3)
    qtbot.waitUntil(lambda: bool(window.preview.title.text()))
    assert untranslated(window) == []
    assert [words for words in words_of(window.menu) if OPEN not in words] == []
    told: list[str] = []
    deeds: list[Callable[[], None]] = [partial(window.deeds.copy, ""), window.deeds.copy_picture, window.deeds.remove]
    for deed in deeds:
        deed()
        told.append(window.notice.words)
        assert untranslated(window.notice) == []
    window.list.selectAll()
    window.deeds.remove()
    told.append(window.notice.words)
    qtbot.waitUntil(window._reason.isVisible)
    told.append(window._reason.text())
    window.set_private(True)
    told.append(window._reason.text())
    window.filters.words.setText("zebra")
    qtbot.waitUntil(lambda: "all" in window._reason.text())
    told.append(window._reason.text())
    assert len(set(told)) == 7
    assert all(words.startswith(OPEN) for words in told)


def test_an_export_is_told(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = make(2)
    exporting = window.findChildren(Exporting)[0]
    exporting.ask(window.list.selected)
    (dialog,) = window.findChildren(QFileDialog)
    labels = [dialog.labelText(label) for label in (QFileDialog.DialogLabel.LookIn, QFileDialog.DialogLabel.FileType)]
    assert [words for words in (dialog.windowTitle(), *labels, *dialog.nameFilters()) if OPEN not in words] == []
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
