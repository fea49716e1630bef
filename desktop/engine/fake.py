"""An engine without a model: says a given text word by word, for tests and for work on the panel."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakValueDictionary

from desktop.engine.api import Capabilities, Progress
from desktop.engine.reply import Shaper
from desktop.engine.smart_resize import FACTOR, MAX_PIXELS, MIN_PIXELS, smart_resize
from desktop.job import Job, Shot, State, Update

SENTENCE = "The quick brown fox jumps over the lazy dog."


def replay(folder: Path) -> Callable[[Job], str]:
    """What a model once said: TASK.txt in the folder, as it came, boxes in the pixels that the model saw."""

    def answer(job: Job) -> str:
        recorded = folder / f"{job.task.id}.txt"
        return recorded.read_text("utf-8").removesuffix("\n") if recorded.is_file() else SENTENCE

    return answer


class FakeEngine:
    """Answers every job with `answer(job)`, one word each `step_s` seconds, shaped as a model's answers are."""

    def __init__(
        self,
        answer: Callable[[Job], str] = lambda _job: SENTENCE,
        step_s: float = 0.0,
        model: bool = True,
        parallel_jobs: int = 4,
    ) -> None:
        attention = "fake" if model else ""
        self.capabilities = Capabilities("fake", "Fake engine", model, parallel_jobs, attention=attention)
        self._answer = answer
        self._step_s = step_s
        self._cancelled: WeakValueDictionary[str, threading.Event] = WeakValueDictionary()

    def load(self, progress: Progress) -> None:
        """Nothing to load."""
        progress(1.0, "ready")

    def prepare(self, _shot: Shot) -> Iterator[None]:
        """Nothing to prepare."""
        return iter(())

    def submit(self, job: Job) -> Iterator[Update]:
        """Say the answer word by word."""
        cancelled = self._cancelled[job.id] = threading.Event()
        return self._say(job, cancelled)

    def cancel(self, job_id: str) -> None:
        """Wake the job's step."""
        if cancelled := self._cancelled.get(job_id):
            cancelled.set()

    def close(self) -> None:
        """Nothing to close."""

    def _say(self, job: Job, cancelled: threading.Event) -> Iterator[Update]:
        shaper = Shaper(job)
        seen = smart_resize(job.shot.width, job.shot.height, FACTOR, MIN_PIXELS, MAX_PIXELS)
        words = ""
        for word in self._answer(job).split(" "):
            cancelled.wait(self._step_s)
            words = f"{words} {word}" if words else word
            yield Update(job.id, State.RUNNING, *shaper.shape(words, seen, whole=False), words=words)
        yield Update(job.id, State.DONE, *shaper.shape(words, seen, whole=True), words=words)
