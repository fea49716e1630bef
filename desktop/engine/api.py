"""The Engine protocol: what the session, and so the panel and the command line, may ask of any engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from desktop.errors import UserError
from desktop.job import Job, Shot, Task, Update
from desktop.language import tr, tr_later

EngineName = Literal["auto", "qwen", "ocr", "remote", "fake"]
NEEDS_MODEL = tr_later("{task} needs the Qwen2.5-VL model; `shotglass models list` shows which one fits this computer.")
Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done."""


class EngineError(UserError):
    """A failure of an engine that the user may read."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine is and does.

    `name` is the word of the settings and the command line, `title` what the panel shows. `model` is True where every
    task can be asked; otherwise only tasks with `needs_model = False` can, and `lack` says why.
    `parallel_jobs` may be active at once. `place` is the host that pictures leave this computer for, '' for none.
    `attention` names the ways of attention in use, '' while no model is loaded here.
    """

    name: str
    title: str
    model: bool
    parallel_jobs: int = 1
    lack: str = ""
    place: str = ""
    attention: str = ""

    def refusal(self, task: Task) -> str:
        """Why this engine cannot do the task, or ''."""
        return "" if self.model or not task.needs_model else self.lack or tr(NEEDS_MODEL, task=tr(task.title))


class Phase(StrEnum):
    """Where an engine stands."""

    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"
    FAILED = "failed"
    UNLOADED = "unloaded"


@dataclass(frozen=True, slots=True)
class Status:
    """The engine's own state, for tray and preferences. `share` is how much of the loading is done (0 to 1).

    `model` is True where every task can be asked of it. `place` is the host that pictures leave this computer for.
    `attention` names the ways of attention in use, '' while no model is loaded here.
    """

    phase: Phase
    engine: str
    note: str = ""
    share: float = 0.0
    model: bool = True
    place: str = ""
    attention: str = ""


class Engine(Protocol):
    """Answers jobs. Every call but `cancel` comes from one thread; `cancel` comes from any."""

    @property
    def capabilities(self) -> Capabilities:
        """What this engine is; known before `load`."""

    def load(self, progress: Progress) -> None:
        """Make ready to answer; a second call does nothing. Raises EngineError."""

    def prepare(self, shot: Shot) -> Iterator[None]:
        """Compute what any task on this picture will need, a step at a time (each under 100 ms).

        Closing the iterator ends it; what was computed may be kept. An engine with nothing to prepare gives no steps.
        """

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer a job step by step; the last Update is DONE.

        Each step should take less than 100 ms or end early when `cancel` names the job. Closing the iterator ends the
        job and frees what it held. Raises EngineError from the step that fails.
        """

    def cancel(self, job_id: str) -> None:
        """End the running step of that job soon; unknown ids are ignored. Thread-safe."""

    def close(self) -> None:
        """Give back memory and threads; the engine may be loaded again."""
