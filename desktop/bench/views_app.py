"""A panel into which `bench views` streams one long answer, and how smooth it stays meanwhile."""

import json
import sys
import time

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.bench.long_answers import long_answer
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.job import AnswerKind, Job, State, Update
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from desktop.theme import Theme

TICK_MS = 5
UPDATES_A_SECOND = 30
TOKENS_A_SECOND = 250


class Speaker(QThread):
    """Says an answer in a thread of its own, as an engine does; what comes `at_once` is there from the start."""

    said = Signal(Update)

    def __init__(self, job: Job, answer: str, tokens: int, at_once: int) -> None:
        super().__init__()
        self._job, self._answer, self._tokens, self._at_once = job, answer, tokens, at_once

    def run(self) -> None:
        """Say everything, at 250 tokens a second."""
        begun = time.monotonic()
        there = self._at_once
        while there < self._tokens:
            share = self._answer[: len(self._answer) * there // self._tokens]
            self.said.emit(Update(self._job.id, State.RUNNING, share))
            time.sleep(1 / UPDATES_A_SECOND)
            there = self._at_once + round((time.monotonic() - begun) * TOKENS_A_SECOND)
        self.said.emit(Update(self._job.id, State.DONE, self._answer))


class Ticker(QObject):
    """`gaps_ms` holds the time between ticks of a 5 ms timer, and what of it this thread had the processor.

    The first is what a user sees, the second what the view has to answer for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[tuple[float, float]] = []
        self._ticked = self._used = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Hold the gaps from now on."""
        self._ticked, self._used = time.monotonic(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now, used = time.monotonic(), time.thread_time()
        self.gaps_ms.append(((now - self._ticked) * 1000, (used - self._used) * 1000))
        self._ticked, self._used = now, used


def main(kind: AnswerKind, tokens: int, at_once: int) -> None:
    """Stream one answer of that kind into a panel; print the gaps as JSON."""
    logs.watch_qt()
    application = QApplication(sys.argv[:1])
    Theme(application, "light")
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True), pasted_shot)
    asked: list[Job] = []
    panels.asked.connect(asked.append)
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    panels.open_shot(pasted_shot(picture), next(task.id for task in tasks if task.answer is kind))
    speaker = Speaker(asked[0], long_answer(kind, tokens), tokens, at_once)
    speaker.said.connect(panels.show_update)
    ticker = Ticker()
    speaker.started.connect(ticker.begin)
    speaker.finished.connect(lambda: QTimer.singleShot(200, application.quit))
    QTimer.singleShot(500, speaker.start)
    application.exec()
    speaker.wait()
    panels.close_all()
    sys.stdout.write(json.dumps(ticker.gaps_ms))


if __name__ == "__main__":
    main(AnswerKind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
