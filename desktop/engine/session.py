"""The queue around an engine: submit, cancel and close from any thread, Updates out, several jobs at once."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from desktop.engine.api import Engine, Phase, Status
from desktop.errors import UserError
from desktop.job import Job, Shot, State, Update
from desktop.memory import give_back

log = logging.getLogger(__name__)

UPDATE_INTERVAL_S = 1 / 30
CALM = "Something went wrong inside Shotglass; the log has the details (tray menu, Open log). You can try again."


@dataclass(slots=True)
class _Running:
    """A job with its place in the queue; `latest` came from the engine, `said` was the last to be handed out."""

    job: Job
    latest: Update
    said: Update | None = None
    submitted: float = field(default_factory=time.monotonic)
    steps: Iterator[Update] = field(default_factory=lambda: iter(()))


class Session:
    """Runs the jobs of one engine on the thread that calls `run`.

    `publish` gets the Updates of jobs, `report` the engine's own Status; both are called from whichever thread caused
    them. After a job's final Update nothing more is said about it.
    """

    def __init__(self, engine: Engine, publish: Callable[[Update], None], report: Callable[[Status], None]) -> None:
        self._engine = engine
        self._publish_out = publish
        self._report_out = report
        self._wake = threading.Condition(threading.RLock())
        self._open: dict[str, _Running] = {}
        self._queue: deque[_Running] = deque()
        self._shots: deque[Shot] = deque(maxlen=1)
        self._active: list[_Running] = []
        self._loaded = False
        self._closing = False
        self._status: Status | None = None

    # From any thread

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
        """Let the engine start on a picture; only the newest one that waits is kept."""
        with self._wake:
            self._shots.append(shot)
            self._wake.notify()

    def cancel(self, job_id: str) -> None:
        """End a job; it is said to be cancelled at once, and the engine's running step is told to stop."""
        with self._wake:
            running = self._open.get(job_id)
            if running is None:
                return
            self._publish(running, replace(running.latest, state=State.CANCELLED))
            self._wake.notify()
        self._guard("cancel", lambda: self._engine.cancel(job_id))

    def close(self) -> None:
        """Cancel what runs and let `run` return."""
        with self._wake:
            self._closing = True
            self._wake.notify()
            jobs = list(self._open)
        for job_id in jobs:
            self.cancel(job_id)

    # On the session's own thread

    def run(self) -> None:
        """Load the engine and answer jobs until `close` is called."""
        if not self._closing:
            self._load()
        while self._wait():
            self._prepare()
            self._admit()
            for running in list(self._active):
                self._step(running)
            if not self._active:
                give_back()
        for running in list(self._active):
            self._end(running)
        self._guard("close", self._engine.close)

    def _wait(self) -> bool:
        """Sleep until there is work; False once the session closes."""
        with self._wake:
            while not (self._closing or self._queue or self._active or self._shots):
                self._report(Phase.READY if self._loaded else Phase.FAILED)
                self._wake.wait()
            return not self._closing

    def _prepare(self) -> None:
        with self._wake:
            shot = self._shots.pop() if self._shots else None
        if shot is not None and self._loaded:
            self._guard("prepare", lambda: self._engine.prepare(shot))

    def _load(self) -> str:
        """Load the engine unless it is loaded; the sentence to show where that failed, else ''."""
        if self._loaded:
            return ""
        self._report(Phase.LOADING)
        error = self._guard("load", lambda: self._engine.load(self._progress))
        self._loaded = not error
        if error:
            self._report(Phase.FAILED, error)
        return error

    def _progress(self, share: float, note: str) -> None:
        self._report(Phase.LOADING, note, share)

    def _admit(self) -> None:
        """Move queued jobs to the engine while it has room."""
        room = self._engine.capabilities.parallel_jobs
        while len(self._active) < room:
            with self._wake:
                running = self._queue.popleft() if self._queue else None
            if running is None:
                return
            if running.job.id in self._open:
                self._start(running)

    def _start(self, running: _Running) -> None:
        job = running.job
        if refusal := self._engine.capabilities.refusal(job.task):
            self._fail(running, refusal)
            return
        if sentence := self._load():
            self._fail(running, sentence)
            return
        self._report(Phase.BUSY)
        self._publish(running, Update(job.id, State.RUNNING))
        try:
            running.steps = self._engine.submit(job)
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            self._fail(running, _sentence(error))
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
            self._fail(running, CALM)
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            self._fail(running, _sentence(error))
        else:
            self._publish(running, update)

    def _fail(self, running: _Running, sentence: str) -> None:
        """End a job with its text so far and what went wrong."""
        self._publish(running, replace(running.latest, state=State.FAILED, error=sentence))

    def _end(self, running: _Running) -> None:
        """Take a job off the engine and free what it held."""
        self._active.remove(running)
        if hasattr(running.steps, "close"):
            self._guard("end of a job", running.steps.close)

    def _guard(self, what: str, call: Callable[[], object]) -> str:
        """Call the engine; the sentence to show where it failed, else ''."""
        try:
            call()
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            log.warning("%s failed", what)
            return _sentence(error)
        return ""

    # Out

    def _publish(self, running: _Running, update: Update) -> None:
        """Hand an Update out unless its job is over; unfinished ones at most 30 times a second."""
        with self._wake:
            if running.job.id not in self._open:
                return
            seconds = time.monotonic() - running.submitted
            running.latest = update = replace(update, engine=self._engine.capabilities.title, seconds=seconds)
            if update.state.final:
                del self._open[running.job.id]
            elif _too_soon(running.said, update):
                return
            running.said = update
            self._publish_out(update)

    def _report(self, phase: Phase, note: str = "", share: float = 0.0) -> None:
        """Hand the engine's state out where it changed."""
        status = Status(phase, self._engine.capabilities.title, note, share)
        if self._status is not None and phase is self._status.phase and not note:
            return
        self._status = status
        log.info("%s is %s %s", status.engine, phase, note)
        self._report_out(status)


def _too_soon(said: Update | None, update: Update) -> bool:
    """Tell whether the same kind of news was handed out just before; the first text never comes too soon."""
    if said is None or (said.state, bool(said.text)) != (update.state, bool(update.text)):
        return False
    return update.seconds - said.seconds < UPDATE_INTERVAL_S


def _sentence(error: Exception) -> str:
    """The words to show for a failure; an unexpected one is logged with its traceback."""
    if isinstance(error, UserError):
        log.warning("%s", error)
        return str(error)
    log.error("unexpected error", exc_info=error)
    return CALM
