"""Panels of a model that answers what the test wants."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    """No panels yet, but a model that answers; all are closed after the test."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True), pasted_shot)
    yield panels
    panels.close_all()
