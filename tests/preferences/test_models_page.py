"""What can be done with each model in the preferences; hubs on loopback."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.engine.qwen.weights import PRESETS, Preset
from desktop.model_thread import ModelThread
from desktop.model_work import Stage
from desktop.preferences.window import PreferencesWindow
from desktop.runtime import runtime
from desktop.settings import Settings
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.patient_bot import wait_exposed
from tests.runtime.index_server import IndexServer
from tests.test_model_offer import install

PRESET: Preset = PRESETS[2]
ROW = 3


class Page:
    """The window at its models, joined with a thread as the app joins them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.thread = ModelThread()
        self.window = PreferencesWindow(Settings(), [])
        qtbot.addWidget(self.window)
        self.thread.changed.connect(self.window.show_work)
        self.models = self.window.models
        self.models.agreed.connect(lambda work: self.thread.begin(work, Settings()))
        self.models.halted.connect(self.thread.halt)
        self.window.show_page(self.models)
        wait_exposed(self.window)
        self.models._table.selectRow(ROW)

    def offers(self) -> list[str]:
        """The buttons that can be pressed for the selected model."""
        buttons = (self.models._download, self.models._verify, self.models._remove)
        return [button.text() for button in buttons if button.isEnabled()]

    def state(self) -> str:
        item = self.models._table.item(ROW, 6)
        return item.text() if item else ""

    def press(self, button: QPushButton) -> None:
        button.click()
        assert self.models._strip.isVisible()

    def agree(self) -> None:
        self.models._strip.agree.click()

    def wait_for(self, stage: Stage) -> None:
        self.qtbot.waitUntil(lambda: self.thread.work.stage is stage)


@pytest.fixture
def page(qtbot: QtBot, server: HubServer) -> Iterator[Page]:
    page = Page(qtbot)
    yield page
    assert page.thread.stop(60_000)


def test_a_model_lives_and_goes(page: Page, server: HubServer) -> None:
    """Download, verify, a damaged file, remove; each button is there when it makes sense."""
    assert (page.state(), page.offers()) == ("not downloaded", ["Download…"])
    page.press(page.models._download)
    assert server.served == []
    page.agree()
    page.wait_for(Stage.DONE)
    assert (page.state(), page.offers()) == ("on this disk", ["Verify", "Remove…"])
    page.press(page.models._verify)
    page.wait_for(Stage.DONE)
    assert "every byte" in page.models._strip.words.text()
    (PRESET.folder(paths.models()) / SECOND).write_bytes(bytes(len(server.files[SECOND])))
    page.press(page.models._verify)
    page.wait_for(Stage.ENDED)
    assert (page.state(), page.offers()) == ("damaged", ["Download…", "Verify", "Remove…"])
    page.press(page.models._remove)
    assert PRESET.installed(paths.models()) is False
    assert PRESET.folder(paths.models()).exists()
    page.agree()
    page.wait_for(Stage.DONE)
    assert not PRESET.folder(paths.models()).exists()
    assert (page.state(), page.offers()) == ("not downloaded", ["Download…"])


def test_a_removal_can_be_declined(page: Page) -> None:
    """The keyboard stands on the way out."""
    folder = PRESET.folder(paths.models())
    folder.mkdir(parents=True)
    page.models.refresh()
    page.press(page.models._remove)
    page.qtbot.waitUntil(page.models._strip.leave.hasFocus)
    page.models._strip.leave.click()
    assert folder.exists()
    assert page.thread.work.stage is Stage.IDLE


def test_while_one_comes_nothing_else_begins(page: Page, server: HubServer) -> None:
    """The strip shows it and stops it; the row then says how much is here."""
    server.faults["*", FIRST] = [Fault(pause_s=0.02, action=server.stall, after=5 << 19)]
    page.press(page.models._download)
    page.agree()
    page.qtbot.waitUntil(lambda: page.models._strip.bar.value() > 300)
    assert page.offers() == []
    page.models._strip.leave.click()
    page.wait_for(Stage.ENDED)
    assert "% downloaded" in page.state()
    assert page.offers() == ["Download…", "Verify", "Remove…"]
    page.agree()
    page.wait_for(Stage.DONE)


def test_another_offer_takes_the_place_of_the_first(page: Page) -> None:
    page.press(page.models._download)
    page.models._table.selectRow(1)
    page.press(page.models._download)
    assert page.models._strip.title.text() == "Download Qwen2.5-VL-7B-Instruct?"
    assert "16.6 GB" in page.models._strip.words.text()


def test_the_gpu_runtime_of_a_package_comes_and_goes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row is there where the program brings one by itself; a model that is here is offered again without it."""
    with IndexServer() as index:
        there = index.runtime
        monkeypatch.setattr(runtime, "find_spec", lambda _name: there.installed(paths.models()) or None)
        monkeypatch.setattr(runtime, "is_frozen", lambda: True)
        monkeypatch.setattr(runtime, "read_list", lambda: there.wheels)
        monkeypatch.setattr(sys, "path", [*sys.path])
        install(PRESET)
        page.models.refresh()
        assert page.offers() == ["Download…", "Verify", "Remove…"]
        page.models._table.selectRow(len(PRESETS) + 1)
        page.press(page.models._download)
        assert "3 MB to download from 127.0.0.1" in page.models._strip.words.text()
        assert index.served == []
        page.agree()
        page.wait_for(Stage.DONE)
    assert page.offers() == ["Remove…"]
    page.press(page.models._remove)
    page.agree()
    page.qtbot.waitUntil(lambda: page.thread.work.verb == "remove" and page.thread.work.stage is Stage.DONE)
    assert not there.folder(paths.models()).exists()


def test_the_embedded_one_stays(page: Page) -> None:
    page.models._table.selectRow(0)
    assert page.offers() == []
