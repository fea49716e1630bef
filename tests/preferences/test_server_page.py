"""The page of servers, with a real server on loopback and real files."""

import json
import stat
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.remote.keys import VARIABLE
from desktop.preferences.server_page import ServerPage
from desktop.preferences.window import PreferencesWindow
from desktop.server_thread import ServerThread
from desktop.settings import Settings
from tests.engine.remote.openai_server import MODEL, OpenAIServer
from tests.patient_bot import wait_exposed


@pytest.fixture
def told() -> list[Settings]:
    return []


@pytest.fixture
def page(qtbot: QtBot, told: list[Settings], monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerPage]:
    """The page in its window, with the thread that asks."""
    monkeypatch.delenv(VARIABLE, raising=False)
    window, thread = PreferencesWindow(Settings(), []), ServerThread()
    qtbot.addWidget(window)
    window.changed.connect(told.append)
    window.changed.connect(window.keep)
    window.server.asked.connect(thread.begin)
    thread.answered.connect(window.server.show_answer)
    window.show_page(window.server)
    wait_exposed(window)
    window.activateWindow()
    yield window.server
    assert thread.stop(60_000)


def enter(page: ServerPage, addresses: str) -> None:
    """Type addresses and press Enter."""
    page.addresses.setFocus()
    page.addresses.selectAll()
    QTest.keyClicks(page.addresses, addresses)
    QTest.keyClick(page.addresses, Qt.Key.Key_Return)


def press(page: ServerPage, qtbot: QtBot) -> str:
    """Try the servers; what is said of them."""
    QTest.mouseClick(page.try_it, Qt.MouseButton.LeftButton)
    assert page.answer.text() == "Asking…"
    assert not page.try_it.isEnabled()
    qtbot.waitUntil(lambda: page.answer.text() != "Asking…")
    return page.answer.text()


def test_without_an_address_nothing_can_be_tried(page: ServerPage, qtbot: QtBot, told: list[Settings]) -> None:
    """What is typed is kept once Enter is pressed or it is tried."""
    assert not page.try_it.isEnabled()
    QTest.keyClicks(page.addresses, "127.0.0.1:1")
    assert told == []
    assert "cannot be reached" in press(page, qtbot)
    assert told == [Settings(servers=("127.0.0.1:1",))]


def test_servers_are_asked_and_their_models_offered(page: ServerPage, qtbot: QtBot, told: list[Settings]) -> None:
    """Every server has a line; a model is picked from what they have, or typed."""
    with OpenAIServer() as one, OpenAIServer(model="other-vl") as other:
        enter(page, f"{one.address}, {other.address} ;http://127.0.0.1:1")
        assert told[-1].servers == (one.address, other.address, "http://127.0.0.1:1")
        first, second, third = press(page, qtbot).splitlines()
    assert f"ms with {MODEL}." in first
    assert second.endswith("ms with other-vl.")
    assert third.startswith("127.0.0.1:1 cannot be reached; check that the server runs")
    assert [page.model.itemText(row) for row in range(page.model.count())] == [MODEL, "other-vl"]
    assert page.model.currentText() == ""
    page.model.setCurrentIndex(1)
    page.model.activated.emit(1)
    assert told[-1].server_model == "other-vl"
    page.jobs.setFocus()
    page.jobs.setValue(12)
    QTest.keyClick(page.jobs, Qt.Key.Key_Return)
    assert told[-1].server_jobs == 12


def test_a_key_goes_into_a_file_only_after_a_yes(page: ServerPage, qtbot: QtBot, told: list[Settings]) -> None:
    """No is the default and changes nothing; yes keeps what is typed where nobody else can read it."""
    with OpenAIServer(key="secret") as server:
        enter(page, server.address)
        assert "wants a key" in press(page, qtbot)
        assert not page.key.isEnabled()
        answer_dialog(page, QMessageBox.StandardButton.No)
        assert (told[-1].server_key, page.place.currentData()) == ("none", "none")
        answer_dialog(page, QMessageBox.StandardButton.Yes)
        assert (told[-1].server_key, page.place.currentData()) == ("file", "file")
        QTest.keyClicks(page.key, "secret")
        assert f"ms with {MODEL}." in press(page, qtbot)
    assert page.key.text() == ""
    assert json.loads(paths.server_keys().read_text()) == {server.address: "secret"}
    assert stat.S_IMODE(paths.server_keys().stat().st_mode) == 0o600
    assert "secret" not in told[-1].model_dump_json()


def test_what_goes_wrong_with_a_key_is_said(page: ServerPage, qtbot: QtBot) -> None:
    """A file that cannot be used is a sentence, not a crash."""
    paths.server_keys().parent.mkdir(parents=True, exist_ok=True)
    paths.server_keys().write_text("{")
    paths.server_keys().chmod(0o600)
    enter(page, "127.0.0.1:1")
    page.show_settings(Settings(servers=("127.0.0.1:1",), server_key="file"))
    QTest.keyClicks(page.key, "secret")
    assert "server-keys.json is damaged; delete it" in press(page, qtbot)


def test_settings_from_elsewhere_are_shown(page: ServerPage, told: list[Settings]) -> None:
    """Nothing is told, and what is being typed stays."""
    page.show_settings(Settings(servers=("a.lan", "b.lan"), server_model="m", server_key="keyring", server_jobs=3))
    assert (page.addresses.text(), page.model.currentText()) == ("a.lan, b.lan", "m")
    assert (page.place.currentData(), page.jobs.value(), page.key.isEnabled()) == ("keyring", 3, True)
    assert told == []


def answer_dialog(page: ServerPage, button: QMessageBox.StandardButton) -> None:
    """Choose a file as the key's place and answer the question."""
    row = page.place.findData("file")
    page.place.setCurrentIndex(row)
    page.place.activated.emit(row)
    dialog = page.findChild(QMessageBox)
    assert dialog
    assert dialog.defaultButton() is dialog.button(QMessageBox.StandardButton.No)
    dialog.button(button).click()
    dialog.deleteLater()
