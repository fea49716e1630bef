"""A session on its own thread with everything it said, and small engines that misbehave."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType

from desktop.engine.api import Capabilities, Engine, EngineError, Phase, Progress, Status
from desktop.engine.fake import FakeEngine
from desktop.engine.session import Session
from desktop.job import AnswerKind, Job, Shot, State, Task, Update
from tests.xserver import wait_until

TEXT_TASK = Task("text", "Text", "", AnswerKind.TEXT, needs_model=False)
MODEL_TASK = Task("describe", "Describe", "", AnswerKind.MARKDOWN)
BOUND_S = 30.0
"""No engine here may hold a thread longer than this, so that a broken test ends."""


def make_job(task: Task = TEXT_TASK) -> Job:
    """A job about a small black picture."""
    return Job(Shot(4, 4, bytes(48)), task)


def make_shot(source: str) -> Shot:
    """A small black picture, equal to every other one of that source."""
    return replace(make_job().shot, source=source)


class RunningSession:
    """A session whose thread runs inside the `with` statement."""

    def __init__(self, engine: Engine) -> None:
        self.updates: list[Update] = []
        self.times: list[float] = []
        self.statuses: list[Status] = []
        self.session = Session(engine, self._keep, self.statuses.append)
        self.thread = threading.Thread(target=self.session.run, name="session")

    def __enter__(self) -> "RunningSession":
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()
        self.thread.join(2 * BOUND_S)
        assert not self.thread.is_alive(), "the session did not end"

    def submit(self, task: Task = TEXT_TASK) -> str:
        """Submit a job; its id."""
        job = make_job(task)
        self.session.submit(job)
        return job.id

    def wait_for_phase(self, phase: Phase) -> Status:
        """Wait until the engine's last Status is of that phase; that Status."""
        wait_until(lambda: bool(self.statuses) and self.statuses[-1].phase is phase, f"the engine to be {phase}")
        return self.statuses[-1]

    def phases(self) -> list[Phase]:
        """The phases that were reported, one after another."""
        return [status.phase for status in list(self.statuses)]

    def of(self, job_id: str) -> list[Update]:
        """What was said about one job."""
        return [update for update in list(self.updates) if update.job_id == job_id]

    def states(self, job_id: str) -> list[State]:
        """The states that were said about one job, without repetitions."""
        return list(dict.fromkeys(update.state for update in self.of(job_id)))

    def wait_for(self, job_id: str, state: State) -> Update:
        """Wait until the job has been said to be in that state; that Update."""
        wait_until(lambda: state in self.states(job_id), f"a job to be {state}")
        return next(update for update in self.of(job_id) if update.state is state)

    def finish(self, job_id: str) -> Update:
        """Wait for the job's final Update."""
        wait_until(lambda: any(update.state.final for update in self.of(job_id)), "a job to end")
        return self.of(job_id)[-1]

    def time_of(self, update: Update) -> float:
        """When an Update came (time.monotonic)."""
        return self.times[self.updates.index(update)]

    def _keep(self, update: Update) -> None:
        self.times.append(time.monotonic())
        self.updates.append(update)


class TracedEngine(FakeEngine):
    """Has a title and counts; says its title to every job."""

    def __init__(self, title: str = "traced", model: bool = True, parallel_jobs: int = 1) -> None:
        super().__init__(lambda _job: title, model=model, parallel_jobs=parallel_jobs)
        self.capabilities = Capabilities(title, title, model, parallel_jobs, attention=self.capabilities.attention)
        self.loads = 0
        self.closes = 0

    def load(self, _progress: Progress) -> None:
        """Count it."""
        self.loads += 1

    def close(self) -> None:
        """Count it."""
        self.closes += 1


class StuckEngine(TracedEngine):
    """Says "first", then waits in its second step; `heeds` tells whether a cancel wakes it.

    `holding` is true while it waits, `was_woken` once it did not wait in vain: what is done at once is done before.
    """

    def __init__(self, heeds: bool = True, parallel_jobs: int = 1) -> None:
        super().__init__("stuck", parallel_jobs=parallel_jobs)
        self.release = threading.Event()
        self.stuck = threading.Event()
        self.holding = False
        self.was_woken = False
        self._heeds = heeds

    def submit(self, job: Job) -> Iterator[Update]:
        """Wait for `release` in the second step, then end the job."""
        yield Update(job.id, State.RUNNING, "first")
        self.holding = True
        self.stuck.set()
        self.was_woken = self.release.wait(BOUND_S)
        self.holding = False
        yield Update(job.id, State.RUNNING, "first second")
        yield Update(job.id, State.DONE, "first second")

    def cancel(self, _job_id: str) -> None:
        """Wake the step, or pay no attention."""
        if self._heeds:
            self.release.set()


class PreparingEngine(TracedEngine):
    """Prepares a picture in so many steps of a millisecond; `story` holds what became of each, told by its source."""

    def __init__(self, title: str = "preparing", steps: int = 1_000_000) -> None:
        super().__init__(title, parallel_jobs=4)
        self.story: list[str] = []
        self.stepped: Counter[str] = Counter()
        self._steps = steps
        self._kept: list[Iterator[None]] = []

    def prepare(self, shot: Shot) -> Iterator[None]:
        """Count the steps; what is begun is kept, so that nothing but a call closes it."""
        self._kept.append(self._prepare(shot))
        return self._kept[-1]

    def _prepare(self, shot: Shot) -> Iterator[None]:
        self.story.append(f"begin {shot.source}")
        try:
            for _step in range(self._steps):
                time.sleep(0.001)
                self.stepped[shot.source] += 1
                yield
        except GeneratorExit:
            self.story.append(f"close {shot.source}")
            raise
        self.story.append(f"complete {shot.source}")


class FailingEngine(FakeEngine):
    """Raises `errors` one job after another once it has said "so far"; None lets a job end well."""

    def __init__(self, *errors: Exception | None) -> None:
        super().__init__(parallel_jobs=1)
        self._errors = list(errors)

    def submit(self, job: Job) -> Iterator[Update]:
        """Say something, then fail."""
        error = self._errors.pop(0)
        yield Update(job.id, State.RUNNING, "so far")
        if error is not None:
            raise error
        yield Update(job.id, State.DONE, "so far, so good")


class LateEngine(FakeEngine):
    """Cannot be loaded until the given number of tries has failed."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.capabilities = Capabilities("late", "Late engine", model=True)
        self._failures = failures

    def load(self, progress: Progress) -> None:
        """Fail, or be ready."""
        progress(0.5, "half of it")
        if self._failures:
            self._failures -= 1
            raise EngineError("The weights are not there; download them.")
