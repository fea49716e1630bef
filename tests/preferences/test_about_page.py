"""What the program says about itself, and the doctor's report in a window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop import __version__, paths
from desktop.language import VARIABLE
from desktop.preferences.about_page import PLACES, AboutPage


class Opened(QObject):
    """Plays the desktop's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.folders.append(Path(url.toLocalFile()))


@pytest.fixture
def page(qtbot: QtBot) -> AboutPage:
    page = AboutPage()
    qtbot.addWidget(page)
    page.show()
    return page


def test_version_licences_and_places_are_told(page: AboutPage) -> None:
    said = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert f"Shotglass {__version__}" in said
    assert "Apache License 2.0" in said
    assert all(str(find()) in said for find in PLACES.values())


def test_folders_are_opened_as_far_as_they_exist(page: AboutPage) -> None:
    """A folder that nothing was written to yet leads to the one above it."""
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "show")  # type: ignore[arg-type]  # PySide takes no bytes
    paths.models().mkdir(parents=True)
    for name in ("Models", "Own tasks"):
        button = page.findChild(QPushButton, f"open-{name}")
        assert button
        button.click()
    QDesktopServices.unsetUrlHandler("file")
    assert opened.folders[0] == paths.models()
    assert opened.folders[1].is_dir()
    assert paths.user_tasks().is_relative_to(opened.folders[1])


def test_the_report_is_made_and_copied(page: AboutPage, qtbot: QtBot) -> None:
    """The real command in a process of its own; the window goes on meanwhile."""
    assert not page.copy.isEnabled()
    page.look.click()
    assert not page.look.isEnabled()
    qtbot.waitUntil(page.copy.isEnabled)
    report = page.report.toPlainText()
    assert f"shotglass {__version__}" in report
    assert "Traceback" not in report
    page.copy.click()
    assert QGuiApplication.clipboard().text() == report


def test_a_report_that_takes_long_ends_with_the_app(page: AboutPage) -> None:
    page.look.click()
    doctor = page._doctor
    assert doctor
    assert doctor.processEnvironment().value(VARIABLE) == "en", "it speaks as the window does"
    page.stop()
    assert page._doctor is None
    assert page.look.isEnabled()


def test_newer_versions_are_looked_for_where_the_user_entered_a_place(qtbot: QtBot) -> None:
    """By a click, and what comes of it is shown."""
    without, page = AboutPage(), AboutPage(updates=True)
    qtbot.addWidget(without)
    qtbot.addWidget(page)
    assert not without.ask.isVisibleTo(without)
    assert page.ask.isVisibleTo(page)
    page.show()
    page.ask.click()
    assert not page.look.isEnabled()
    qtbot.waitUntil(page.look.isEnabled)
    assert page.report.toPlainText().startswith("No address for updates is entered")
