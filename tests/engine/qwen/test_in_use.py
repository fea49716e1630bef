"""The preferences show the way of attention that the loaded model uses, as its answers do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from torch import Tensor

from desktop.engine.api import Phase
from desktop.engine.qwen.attention import Ladder, choose_attention
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine_thread import EngineThread
from desktop.job import Update
from desktop.preferences.window import NO_ATTENTION, PreferencesWindow
from desktop.settings import Settings
from tests.engine.qwen.asked import job


class Desk:
    """An engine in its thread, and the preferences that it reports to."""

    def __init__(self, engine: QwenEngine, window: PreferencesWindow) -> None:
        self.engine, self.window = engine, window
        self.thread = EngineThread(engine)
        self.answers: list[Update] = []
        self.thread.reported.connect(window.show_status)
        self.thread.updated.connect(lambda update: self.answers.append(update) if update.state.final else None)

    def shows(self, words: str) -> bool:
        """Whether the line of the attention in use says so."""
        lines = [label.text() for label in self.window.engine.findChildren(QLabel)]
        return lines[lines.index("Attention in use") + 1] == words


@pytest.fixture
def desk(checkpoint: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A running engine whose model is loaded."""
    window = PreferencesWindow(Settings(), [])
    qtbot.addWidget(window)
    desk = Desk(QwenEngine(checkpoint), window)
    desk.thread.start()
    qtbot.waitUntil(lambda: desk.shows("sdpa"), timeout=60_000)
    yield desk
    assert desk.thread.stop(60_000)


def test_it_goes_and_comes_with_the_model(desk: Desk, qtbot: QtBot) -> None:
    """None is in use once the model is unloaded; the next job brings it back."""
    desk.thread.free()
    qtbot.waitUntil(lambda: desk.shows(NO_ATTENTION), timeout=60_000)
    desk.thread.submit(job("ask", question="What is this?"))
    qtbot.waitUntil(lambda: desk.shows("sdpa"), timeout=60_000)


def test_it_follows_every_step_down(desk: Desk, qtbot: QtBot) -> None:
    """A way that fails is named no longer, while the answer that left it still runs."""
    model = desk.engine._model
    assert model is not None

    def broken(*_arguments: object) -> Tensor:
        raise RuntimeError("no kernel image is available for execution on the device")

    steps = choose_attention(model.device.place, model.device.dtype)._steps
    steps["decode"].insert(0, ("triton", broken))
    model.use_attention(Ladder(steps, model.device.place))
    seen: list[tuple[Phase, str]] = []
    desk.thread.reported.connect(lambda status: seen.append((status.phase, status.attention)))
    desk.thread.submit(job("ask", question="What is this?"))
    qtbot.waitUntil(lambda: bool(desk.answers) and desk.shows("sdpa"), timeout=60_000)
    before = "windows sdpa, vision sdpa, prompt sdpa, decode triton"
    assert seen[:2] == [(Phase.BUSY, before), (Phase.BUSY, "sdpa")]
    assert "attention sdpa" in desk.answers[-1].details
