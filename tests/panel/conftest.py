"""Panels in which the test answers."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels


@pytest.fixture
def has_model() -> bool:
    """Whether every task can be asked."""
    return True


@pytest.fixture
def panels(qtbot: QtBot, has_model: bool) -> Iterator[Panels]:
    """No panels yet; all are closed after the test."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model), pasted_shot)
    yield panels
    panels.close_all()
