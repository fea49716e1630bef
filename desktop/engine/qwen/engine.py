"""The resident Qwen2.5-VL: all tasks, several at once, on the GPU."""

import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from desktop.engine.api import Capabilities, Engine, EngineError, Progress
from desktop.engine.notes import REDUCED
from desktop.engine.qwen.config import read_config
from desktop.engine.qwen.reader import Reader
from desktop.engine.reply import Shaper
from desktop.frozen import NO_RUNTIME, NO_TORCH, is_frozen
from desktop.job import Job, Shot, State, Update
from desktop.language import in_a_row, tr, tr_later
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.engine.qwen.answer import Answer
    from desktop.engine.qwen.model import QwenModel

log = logging.getLogger(__name__)

NEEDS_TORCH = tr_later("The Qwen2.5-VL engine needs torch; install the extra with `pip install shotglass[qwen]`.")
NEEDS_TORCH_FOR_GPUS = tr_later(
    "The Qwen2.5-VL engine needs torch; install the one for your GPU as pytorch.org says, and then "
    "`pip install shotglass[qwen]`."
)
SHORT_OF_MEMORY = tr_later("The GPU has too little memory for this; close other programs, or choose a smaller region.")
LOST = tr_later(
    "The GPU stopped answering; try again, and if that does not help restart Shotglass. Your picture is kept here."
)


def torch_lack() -> str:
    """What to do where torch is not installed."""
    if not is_frozen():
        return tr(NEEDS_TORCH_FOR_GPUS if sys.platform == "win32" else NEEDS_TORCH)  # PyPI's knows no GPU there
    from desktop.runtime.runtime import find_runtime  # which asks where this program's files are

    return tr(NO_RUNTIME if find_runtime() else NO_TORCH)


class QwenEngine:
    """Answers with the checkpoint in a folder; torch is imported by `load`."""

    def __init__(self, folder: Path, settings: Settings = Settings(), reader: Engine | None = None) -> None:
        """`reader` is an engine that drafts what the model is asked to copy."""
        title = folder.name if folder.name.startswith("Qwen2.5-VL") else f"Qwen2.5-VL ({folder.name})"
        self._unloaded = Capabilities("qwen", title, model=True, parallel_jobs=12)
        self._folder = folder
        self._settings = settings
        self._model: QwenModel | None = None
        self._reader = Reader(reader) if reader and settings.drafts else None
        # A job holds its own event, so that one whose first step is never asked for leaves nothing behind.
        self._cancelled: WeakValueDictionary[str, threading.Event] = WeakValueDictionary()

    @property
    def capabilities(self) -> Capabilities:
        """What it is; once it is loaded also its attention, which may step down."""
        model = self._model
        return replace(self._unloaded, attention=model.attention.name) if model else self._unloaded

    def load(self, progress: Progress) -> None:
        """Bring the weights to the GPU, or to the CPU in float32 where there is none. Raises EngineError."""
        if self._model is not None:
            return
        read_config(self._folder)  # tells a foreign folder before torch takes its seconds
        try:
            from desktop.engine.qwen.device import give_back
            from desktop.engine.qwen.failure import forget, is_gpu_lost, is_out_of_memory
            from desktop.engine.qwen.model import QwenModel
        except ImportError as error:
            raise EngineError(torch_lack()) from error
        try:
            self._model = QwenModel.load(self._folder, progress, self._settings)
        except Exception as error:
            forget(error)
            give_back()
            if is_out_of_memory(error):
                raise EngineError(tr(SHORT_OF_MEMORY)) from error
            if isinstance(error, RuntimeError) and is_gpu_lost():
                raise EngineError(tr(LOST)) from error
            raise

    def prepare(self, shot: Shot) -> Iterator[None]:
        """Compute the picture behind the fixed beginning of every prompt, for whatever is asked about it."""
        return self._prepare(shot, self._model) if self._model else iter(())

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer token by token; every step of any job moves all jobs on. A model that was lost is loaded again."""
        self.load(lambda _share, _words: None)
        cancelled = self._cancelled[job.id] = threading.Event()
        return self._answer(job, self._model, cancelled) if self._model else iter(())

    def cancel(self, job_id: str) -> None:
        """Let the job end at its next step."""
        if cancelled := self._cancelled.get(job_id):
            cancelled.set()

    def close(self) -> None:
        """Give the GPU's memory back."""
        if self._reader:
            self._reader.close()
        model, self._model = self._model, None  # first, since other threads ask for the capabilities
        if model is not None:
            model.close()

    def _answer(self, job: Job, model: "QwenModel", cancelled: threading.Event) -> Iterator[Update]:
        try:
            answer = model.begin(job)
        except Exception as error:
            raise self._explain(error, model) from error
        shaper = Shaper(job)
        try:
            if self._reader and job.task.verbatim:
                self._reader.read(job, partial(model.offer, answer.request))
            while not (answer.ended or cancelled.is_set()):
                if not answer.behind:
                    self._step(model)
                if answer.request.error:
                    raise self._explain(answer.request.error, model)
                answer.show()
                yield _update(job, answer, shaper, model, State.RUNNING)
            yield _update(job, answer, shaper, model, State.CANCELLED if cancelled.is_set() else State.DONE)
        finally:
            if self._reader:
                self._reader.forget(job.id)
            if self._model is model:  # of one that was lost nothing can be freed
                model.end(answer.request)

    def _prepare(self, shot: Shot, model: "QwenModel") -> Iterator[None]:
        request = model.begin_prefix(shot)
        try:
            while not request.ended:
                self._step(model)
                yield
            if request.error:
                raise self._explain(request.error, model)
        finally:
            if self._model is model:
                model.end(request)

    def _step(self, model: "QwenModel") -> None:
        try:
            model.step()
        except Exception as error:
            raise self._explain(error, model) from error

    def _explain(self, error: Exception, model: "QwenModel") -> Exception:
        """The failure in words; a model whose GPU is lost is let go, so that the next job loads it anew."""
        from desktop.engine.qwen.failure import is_lost, is_out_of_memory

        if is_out_of_memory(error):
            return EngineError(tr(SHORT_OF_MEMORY))
        if not is_lost(error, model.device.place):
            return error
        log.error("the GPU is lost", exc_info=error)
        if self._model is model:
            self._model = None
        return EngineError(tr(LOST))


def _update(job: Job, answer: "Answer", shaper: Shaper, model: "QwenModel", state: State) -> Update:
    """What there is to say now; how the answer came about each time, since any Update may become its last."""
    width, height = size = _seen(answer, model)
    text, lines = shaper.shape(answer.text, size, whole=state.final)
    share = width * height / (job.shot.width * job.shot.height)
    note = tr(REDUCED, width=width, height=height, share=round(share * 100)) if answer.reduced else ""
    if state.final:
        note = in_a_row(answer.note, note, model.take_note())
    details = _details(answer, model)
    return Update(job.id, state, text, lines, note=note, words=answer.text, details=details, reduced=answer.reduced)


def _seen(answer: "Answer", model: "QwenModel") -> tuple[int, int]:
    """Width and height of the picture as the model sees it."""
    patch = model.config.vision.patch
    return answer.grid.columns * patch, answer.grid.rows * patch


def _details(answer: "Answer", model: "QwenModel") -> str:
    width, height = _seen(answer, model)
    request = answer.request
    tokens, right = len(request.prompt.ids), request.draft.right
    details = (
        tr("seen at {width} × {height} pixels", width=width, height=height),
        tr("{tokens} tokens, {kept} of them kept from before", tokens=f"{tokens:,}", kept=f"{request.reused:,}"),
        answer.times(),
        tr("{tokens} tokens foretold by a draft", tokens=f"{right:,}") if right else "",
        tr("attention {name}", name=model.attention.name),
        model.packed,
        model.device.title,
    )
    return " · ".join(filter(None, details))
