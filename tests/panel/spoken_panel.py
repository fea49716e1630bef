"""A program with one panel, whose engine answers, fails and answers again; a screen reader listens to it."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.job import Job, Shot, State, Update
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels


def main() -> int:
    """Go through the states once the bus is there; 1 where nobody listens after some seconds."""
    application = QApplication(sys.argv)
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True, auto_copy=False), pasted_shot)
    asked: list[Job] = []
    panels.asked.connect(asked.append)
    panels.open_shot(Shot(60, 40, bytes(7200)), "text")

    def answer(state: State, text: str, error: str = "") -> None:
        panels.show_update(Update(asked[-1].id, state, text, (), "Test engine", 1.0, error=error))

    def talk() -> None:
        if not QAccessible.isActive():
            return
        waiting.stop()
        for text in ("one", "one two", "one two three"):
            answer(State.RUNNING, text)
        answer(State.DONE, "one two three")
        panels._open[0].buttons.copy.click()
        panels._open[0].buttons.again.trigger()
        answer(State.FAILED, "", "The engine stopped; ask again.")
        answer(State.FAILED, "", "The engine stopped; ask again.")
        panels._open[0].buttons.again.trigger()
        answer(State.RUNNING, "one")
        answer(State.DONE, "one")
        panels._open[0].buttons.paragraph.click()
        QTimer.singleShot(500, application.quit)

    waiting = QTimer(interval=100)
    waiting.timeout.connect(talk)
    waiting.start()
    QTimer.singleShot(15_000, lambda: application.exit(1))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
