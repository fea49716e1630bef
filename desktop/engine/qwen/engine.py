"""The resident Qwen2.5-VL: all tasks, several at once, on the GPU."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.engine.api import Capabilities, EngineError, Progress
from desktop.engine.qwen.reply import shape_reply
from desktop.job import Job, Shot, State, Update

if TYPE_CHECKING:
    from desktop.engine.qwen.model import QwenModel

log = logging.getLogger(__name__)

NOT_LOADED = "The Qwen2.5-VL engine is not loaded; choose it again."
NEEDS_TORCH = "The Qwen2.5-VL engine needs torch; install the extra with `pip install shotglass[qwen]`."


class QwenEngine:
    """Answers with the checkpoint in a folder; torch is imported by `load`."""

    def __init__(self, folder: Path) -> None:
        self.capabilities = Capabilities("qwen", f"Qwen2.5-VL ({folder.name})", model=True, parallel_jobs=12)
        self._folder = folder
        self._model: QwenModel | None = None
        self._cancelled: dict[str, threading.Event] = {}

    def load(self, progress: Progress) -> None:
        """Bring the weights to the GPU, or to the CPU in float32 where there is none. Raises EngineError."""
        if self._model is not None:
            return
        try:
            from desktop.engine.qwen.model import QwenModel
        except ImportError as error:
            raise EngineError(NEEDS_TORCH) from error
        self._model = QwenModel.load(self._folder, progress)

    def prepare(self, shot: Shot) -> None:
        """Nothing yet: the picture is computed with its prompt."""

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer token by token; every step of any job moves all jobs on."""
        if self._model is None:
            raise EngineError(NOT_LOADED)
        cancelled = self._cancelled[job.id] = threading.Event()
        return self._answer(job, self._model, cancelled)

    def cancel(self, job_id: str) -> None:
        """Let the job end at its next step."""
        if cancelled := self._cancelled.get(job_id):
            cancelled.set()

    def close(self) -> None:
        """Give the GPU's memory back."""
        if self._model is not None:
            self._model.close()
        self._model = None

    def _answer(self, job: Job, model: "QwenModel", cancelled: threading.Event) -> Iterator[Update]:
        answer = model.begin(job)
        patch = model.config.vision.patch
        resized = answer.grid.columns * patch, answer.grid.rows * patch
        try:
            while not (answer.ended or cancelled.is_set()):
                if not answer.behind:
                    model.step()
                answer.show()
                text, lines = shape_reply(job.task.answer, answer.text, resized, job.shot)
                yield Update(job.id, State.RUNNING, text, lines)
            text, lines = shape_reply(job.task.answer, answer.text, resized, job.shot)
            state = State.CANCELLED if cancelled.is_set() else State.DONE
            yield Update(job.id, state, text, lines, note=answer.note)
        finally:
            model.end(answer)
            del self._cancelled[job.id]
