"""Many jobs without a session: as many at once as the engine takes, answered in the order they came in."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from desktop.engine.api import Engine, EngineError, Progress
from desktop.errors import UserError, words_for
from desktop.job import Job, State, Update


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last Update of a job, or the error that kept it from one, with the size of its Shot in pixels."""

    answer: Update
    error: UserError | None = None
    width: int = 0
    height: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Work:
    steps: Generator[None, None, Outcome]
    outcome: Outcome | None = None

    def step(self) -> None:
        try:
            next(self.steps)
        except StopIteration as end:
            self.outcome = end.value


def answer_all(engine: Engine, begins: Iterable[Callable[[], Job]], progress: Progress) -> Iterator[Outcome]:
    """One Outcome a job. A job is made when its turn comes; `progress` is that of loading the engine."""
    coming = (_Work(_answer(engine, begin, progress)) for begin in begins)
    line: deque[_Work] = deque()
    while True:
        running = sum(work.outcome is None for work in line)
        line.extend(islice(coming, max(_room(engine) - running, 0)))
        if not line:
            return
        for work in line:
            if work.outcome is None:
                work.step()
        while line and line[0].outcome is not None:
            yield line[0].outcome
            line.popleft()


def _room(engine: Engine) -> int:
    """How many jobs are worth starting: only a model is faster with several."""
    return engine.capabilities.parallel_jobs if engine.capabilities.model else 1


def _answer(engine: Engine, begin: Callable[[], Job], progress: Progress) -> Generator[None, None, Outcome]:
    """Answer one job, a step at a time."""
    try:
        job = begin()
        engine.load(progress)
        if refusal := engine.capabilities.refusal(job.task):
            raise EngineError(refusal)
        start = time.monotonic()
        update = Update(job.id, State.QUEUED)
        for latest in engine.submit(job):
            update = latest
            yield
    except UserError as error:
        return Outcome(Update("", State.FAILED), error)
    except Exception as error:  # noqa: BLE001 - an engine's bug must not end the others
        return Outcome(Update("", State.FAILED), UserError(words_for(error)))
    return Outcome(update, None, job.shot.width, job.shot.height, time.monotonic() - start)
