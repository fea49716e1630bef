"""An open panel, what it asked for, and an engine that says what the test wants."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.job import Box, Job, Line, Shot, State, Update
from desktop.panel.answer_text import AnswerText
from desktop.panel.markdown_view import MarkdownView
from desktop.panel.panel import Panel
from desktop.panel.panels import Panels
from desktop.panel.rich_text import RichText
from desktop.panel.text_view import TextView
from tests.patient_bot import wait_exposed

SHOT = Shot(40, 20, bytes(40 * 20 * 3), region=Box(100, 100, 140, 120))


class Open:
    """One open panel and what it asked for."""

    def __init__(self, panels: Panels, qtbot: QtBot, task_id: str = "text", shot: Shot = SHOT) -> None:
        self.panels = panels
        self.qtbot = qtbot
        self.asked: list[Job] = []
        self.stopped: list[str] = []
        panels.asked.connect(self.asked.append)
        panels.stopped.connect(self.stopped.append)
        panels.open_shot(shot, task_id)
        self.panel: Panel = panels._open[-1]
        wait_exposed(self.panel)

    def with_keyboard(self) -> "Open":
        """The same, once it has the keyboard."""
        self.qtbot.waitUntil(self.panel.isActiveWindow)
        return self

    def answer(self, state: State, text: str = "", lines: Sequence[Line] | None = None, **more: Any) -> None:
        """Let the engine say something about the last job; lines that are not given stand nowhere in particular."""
        if lines is None:
            lines = [Line(line, Box(0, 0, 1, 1)) for line in text.splitlines()]
        self.panels.show_update(Update(self.asked[-1].id, state, text, tuple(lines), "Test engine", 1.5, **more))

    def type(self, question: str) -> None:
        """Write a question into the box and press Enter."""
        QTest.keyClicks(self.panel.question, question)
        QTest.keyClick(self.panel.question, Qt.Key.Key_Return)

    def pick(self, number: int) -> None:
        """Press Alt and the number of a task; a button that is pressed by its key acts a moment later."""
        with self.qtbot.waitSignal(self.panel.tasks.picked):
            QTest.keyClick(self.panel.view, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)


def clipboard() -> str:
    """What can be pasted now."""
    return QGuiApplication.clipboard().text()


def text_of(panel: Panel) -> AnswerText | RichText:
    """Where a panel shows answers that are text or Markdown."""
    assert isinstance(panel.view, TextView | MarkdownView)
    return panel.view.text
