"""The queue around an engine: submit, cancel, switch and free from any thread, Updates out, several jobs at once."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from desktop.engine.api import Capabilities, Engine, Phase, Status
from desktop.engine.host import Host
from desktop.engine.preparation import Preparation
from desktop.errors import CALM, words_for
from desktop.job import Job, Shot, State, Update
from desktop.language import tr
from desktop.memory import give_back

log = logging.getLogger(__name__)

UPDATE_INTERVAL_S = 1 / 30


@dataclass(slots=True)
class _Running:
    """A job with its place in the queue; `latest` came from the engine, `said` was the last to be handed out."""

    job: Job
    latest: Update
    said: Update | None = None
    submitted: float = field(default_factory=time.monotonic)
    steps: Iterator[Update] = field(default_factory=lambda: iter(()))


class Session:
    """Runs jobs on one engine after another, on the thread that calls `run`.

    `publish` gets the Updates of jobs, from whichever thread caused them, `report` the engine's own Status. After a
    job's final Update nothing more is said about it.
    """

    def __init__(self, engine: Engine, publish: Callable[[Update], None], report: Callable[[Status], None]) -> None:
        self._host = Host(engine, report)
        self._publish_out = publish
        self._wake = threading.Condition(threading.RLock())
        self._open: dict[str, _Running] = {}
        self._queue: list[_Running] = []
        self._preparation = Preparation(self._host)
        self._active: list[_Running] = []
        self._next: Engine | None = None
        self._freeing = False
        self._closing = False
        self._idle_limit_s = 0.0
        self._worked = time.monotonic()

    # From any thread

    @property
    def capabilities(self) -> Capabilities:
        """What the engine is now."""
        return self._host.capabilities

    def submit(self, job: Job) -> None:
        """Queue a job; the engine starts on it as soon as it has room."""
        with self._wake:
            running = _Running(job, Update(job.id, State.QUEUED))
            self._open[job.id] = running
            self._queue.append(running)
            self._publish(running, running.latest)
            if self._closing:
                self._publish(running, Update(job.id, State.CANCELLED))
            self._wake.notify()

    def prepare(self, shot: Shot) -> None:
        """Let a model start on a picture before its task is known, in the place of the one before."""
        if self.capabilities.model:
            with self._wake:
                self._preparation.order(shot)
                self._wake.notify()

    def forget(self, shot: Shot) -> None:
        """End what `prepare` began of a picture that nobody will ask about; another one's goes on."""
        with self._wake:
            self._preparation.forget(shot)
            self._wake.notify()

    def cancel(self, job_id: str) -> None:
        """End a job; it is said to be cancelled at once, and the engine's running step is told to stop."""
        with self._wake:
            ended = self._drop([job_id])
        self._interrupt(ended)

    def switch(self, engine: Engine) -> None:
        """Let another engine take over once what runs has ended; what waits goes to the new one."""
        with self._wake:
            self._next = engine
            self._wake.notify()

    def free(self) -> None:
        """Cancel what runs and waits, and give back what the engine holds; the next job loads it again."""
        with self._wake:
            self._freeing = True
            ended = self._drop(list(self._open))
        self._interrupt(ended)

    def free_after(self, idle_s: float) -> None:
        """Free a model of this computer once it had no work for so many seconds; 0 keeps it for ever."""
        with self._wake:
            self._idle_limit_s = idle_s
            self._wake.notify()

    def close(self) -> None:
        """Cancel what runs and waits, and let `run` return."""
        with self._wake:
            self._closing = True
            ended = self._drop(list(self._open))
        self._interrupt(ended)

    def _drop(self, job_ids: list[str]) -> list[str]:
        """Say that jobs are cancelled; those that were not over yet."""
        ended = [job_id for job_id in job_ids if job_id in self._open]
        for job_id in ended:
            running = self._open[job_id]
            self._publish(running, replace(running.latest, state=State.CANCELLED))
        self._wake.notify()
        return ended

    def _interrupt(self, job_ids: list[str]) -> None:
        """Tell the engine to end its steps; without the lock, since it may take its time."""
        for job_id in job_ids:
            self._host.guard("cancel", partial(self._host.engine.cancel, job_id))

    # On the session's own thread

    def run(self) -> None:
        """Load the engine and answer jobs until `close` is called."""
        if not self._closing:
            self._host.load()
        while self._wait():
            self._settle()
            self._admit()
            if self._active:
                self._host.report(Phase.BUSY)
            for running in list(self._active):
                self._step(running)
            if not self._changing:
                self._preparation.step()
            if not (self._active or self._preparation.waiting):
                give_back()
            self._worked = time.monotonic()
        for running in list(self._active):
            self._end(running)
        self._preparation.end()
        self._host.unload()

    def _wait(self) -> bool:
        """Sleep until there is work; False once the session closes."""
        with self._wake:
            while not (self._closing or self._queue or self._active or self._preparation.waiting or self._changing):
                self._host.rest()
                left_s = self._idle_left_s()
                self._freeing = left_s == 0
                if not self._freeing:
                    self._wake.wait(left_s)
            return not self._closing

    @property
    def _changing(self) -> bool:
        """True where the engine has to go before another job starts."""
        return self._freeing or self._next is not None

    def _idle_left_s(self) -> float | None:
        """How long the engine may still be idle; None for ever."""
        if not (self._idle_limit_s and self._host.loaded and self._host.capabilities.attention):
            return None
        left_s = self._worked + self._idle_limit_s - time.monotonic()
        return min(max(left_s, 0.0), threading.TIMEOUT_MAX)

    def _settle(self) -> None:
        """Free the engine or let the next one in, where that was asked and nothing runs."""
        if not self._changing:
            return
        self._preparation.end()
        if self._active:
            return
        with self._wake:
            engine, self._next = self._next, None
            freeing, self._freeing = self._freeing, False
        if engine is not None:
            self._host.exchange(engine)
        elif self._host.loaded:
            self._host.unload()
        if freeing:
            self._host.rest()
        else:
            self._host.load()

    def _admit(self) -> None:
        """Move queued jobs to the engine while it has room, the newest first: that is the one somebody looks at."""
        while len(self._active) < self._host.capabilities.parallel_jobs:
            with self._wake:
                running = self._queue.pop() if self._queue and not self._changing else None
            if running is None:
                return
            if running.job.id in self._open:
                self._start(running)

    def _start(self, running: _Running) -> None:
        job = running.job
        if sentence := self._host.load() or self._host.capabilities.refusal(job.task):
            self._fail(running, sentence)
            return
        self._publish(running, Update(job.id, State.RUNNING))
        try:
            running.steps = self._host.engine.submit(job)
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            self._fail(running, words_for(error))
        else:
            self._active.append(running)

    def _step(self, running: _Running) -> None:
        """Take one step of a job; take the job off the engine once it is over."""
        if running.job.id in self._open:
            self._advance(running)
        if running.job.id not in self._open:
            self._end(running)

    def _advance(self, running: _Running) -> None:
        try:
            update = next(running.steps)
        except StopIteration:
            log.error("the engine ended job %s without a final update", running.job.id)
            self._fail(running, tr(CALM))
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            self._fail(running, words_for(error))
        else:
            self._publish(running, update)

    def _fail(self, running: _Running, sentence: str) -> None:
        """End a job with its text so far and what went wrong."""
        self._publish(running, replace(running.latest, state=State.FAILED, error=sentence))

    def _end(self, running: _Running) -> None:
        """Take a job off the engine and free what it held."""
        self._active.remove(running)
        if hasattr(running.steps, "close"):
            self._host.guard("end of a job", running.steps.close)

    # Out

    def _publish(self, running: _Running, update: Update) -> None:
        """Hand an Update out unless its job is over; unfinished ones at most 30 times a second."""
        with self._wake:
            if running.job.id not in self._open:
                return
            seconds = time.monotonic() - running.submitted
            running.latest = update = replace(update, engine=self._host.capabilities.title, seconds=seconds)
            if update.state.final:
                del self._open[running.job.id]
            elif _too_soon(running.said, update):
                return
            running.said = update
            self._publish_out(update)


def _too_soon(said: Update | None, update: Update) -> bool:
    """Tell whether the same kind of news was handed out just before; the first text never comes too soon."""
    if said is None or (said.state, bool(said.text)) != (update.state, bool(update.text)):
        return False
    return update.seconds - said.seconds < UPDATE_INTERVAL_S
