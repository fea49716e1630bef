"""Lets the browser engine start in tests: offline as in the app, without the sandbox that root cannot have."""

import os
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.offline import keep_offline
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from tests.xserver import XServer

# Before any test makes an application; the engine reads both when its first page comes.
keep_offline(os.environ)
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@pytest.fixture(scope="session", autouse=True)
def engine_ends(xserver: XServer, qapp: QApplication) -> Iterator[None]:
    """The engine draws by the X server's own means, and ends the process where the server is gone before it."""
    yield
    qapp.aboutToQuit.emit()
    qapp.processEvents()
    shiboken6.delete(qapp)


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    """No panels yet, with a model behind them; all are closed after the test."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True), pasted_shot)
    yield panels
    panels.close_all()
