"""Known pixels behind everything, and a Capture whose signals are written down."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from Xlib import X, Xatom
from Xlib.display import Display

from desktop.capture.capture import Capture
from desktop.job import Shot
from tests.capture.backdrop import hang_backdrop
from tests.xserver import XServer


class Hand:
    """A Capture, what it has said so far, and the mouse and keys of a user in front of it."""

    def __init__(self, server: XServer, qtbot: QtBot) -> None:
        self.capture = Capture()
        self.said: list[tuple[Any, ...]] = []
        self._server = server
        self._qtbot = qtbot
        self.capture.shown.connect(lambda: self.said.append(("shown",)))
        self.capture.kept.connect(lambda shot: self.said.append(("kept", shot)))
        self.capture.given_up.connect(lambda shot: self.said.append(("given_up", shot)))
        self.capture.taken.connect(lambda shot, task_id: self.said.append(("taken", shot, task_id)))
        self.capture.cancelled.connect(lambda: self.said.append(("cancelled",)))
        self.capture.failed.connect(lambda sentence: self.said.append(("failed", sentence)))

    def show(self, task_id: str = "text") -> None:
        """Begin a capture and wait for the overlay."""
        self.said.clear()
        self.capture.begin(task_id)
        self.wait("shown")

    def do(self, *steps: str) -> None:
        """Let xdotool do one step after the other, each once the one before has arrived."""
        for step in steps:
            self._server.run("xdotool", *step.split())
            self._hear()

    def _hear(self) -> None:
        """Wait until all is heard that the X server has told so far: of a new selection it tells last."""
        heard: list[bool] = []
        clipboard = QGuiApplication.clipboard()
        note = clipboard.selectionChanged.connect(lambda: heard.append(True))
        with closing(Display(self._server.display)) as display:
            window = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
            window.set_selection_owner(Xatom.PRIMARY, X.CurrentTime)
            display.sync()
            self._qtbot.waitUntil(lambda: bool(heard))
        clipboard.selectionChanged.disconnect(note)
        QGuiApplication.processEvents()

    def drag(self, left: int, top: int, right: int, bottom: int) -> None:
        """Drag with the left button."""
        middle = f"mousemove {(left + right) // 2} {(top + bottom) // 2}"
        self.do(f"mousemove {left} {top}", "mousedown 1", middle, f"mousemove {right} {bottom}", "mouseup 1")

    def wait(self, kind: str) -> tuple[Any, ...]:
        """Wait until the Capture has said something of this kind; what it said last."""
        self._qtbot.waitUntil(lambda: any(words[0] == kind for words in self.said))
        return next(words for words in reversed(self.said) if words[0] == kind)

    def taken(self) -> Shot:
        """Wait for the Shot."""
        shot = self.wait("taken")[1]
        assert isinstance(shot, Shot)
        return shot


@pytest.fixture(scope="session")
def backdrop(xserver: XServer, tmp_path_factory: pytest.TempPathFactory) -> XServer:
    """The X server with known pixels on its root window."""
    hang_backdrop(xserver, tmp_path_factory.mktemp("backdrop"))
    return xserver


@pytest.fixture
def hand(backdrop: XServer, qtbot: QtBot) -> Iterator[Hand]:
    """A user in front of a Capture that is ready."""
    backdrop.run("xdotool", "mousemove", "700", "400")
    hand = Hand(backdrop, qtbot)
    hand.capture.warm_up()
    yield hand
    hand.capture.close()
    qtbot.wait(20)
