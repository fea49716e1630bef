"""A batch in the app: its pictures go to the engine that everybody uses, and never before somebody who waits."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from desktop.batch.plan import Item, ending, plan
from desktop.batch.sources import find_sources
from desktop.batch.tally import Pace, Tally
from desktop.engine.api import Capabilities
from desktop.errors import UserError, words_for
from desktop.job import Job, State, Task, Update
from desktop.panel.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Order:
    """What the user wants: one task asked of all pictures of these files and folders, the answers in `folder`."""

    paths: Sequence[str]
    task: Task
    folder: Path
    chosen: Mapping[str, str] = field(default_factory=dict, hash=False)
    again: bool = False


class Stage(StrEnum):
    """How far a batch is; one that ENDED was stopped, or could not begin."""

    RUNNING = "running"
    ENDED = "ended"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch as windows show it; `trouble` is why it could not begin."""

    stage: Stage
    tally: Tally = field(default_factory=lambda: Tally(0))
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The session that answers: every call may come from any thread."""

    submit: Callable[[Job], None]
    cancel: Callable[[str], None]
    capabilities: Callable[[], Capabilities]


class _Asked(NamedTuple):
    item: Item
    job: Job


class Run:
    """Answers one Order on the thread that calls `run`; `report` gets its Progress there, `keep` every answer.

    `take` brings the session's Updates, `waiting` how many jobs of other people are open; both come from any thread.
    While there are any, no picture is begun, and those that stand in their way go back into the line.
    """

    def __init__(
        self,
        order: Order,
        outlet: Outlet,
        report: Callable[[Progress], None],
        keep: Callable[[Conversation], None],
    ) -> None:
        self._order = order
        self._outlet = outlet
        self._report = report
        self._keep = keep
        self._news: SimpleQueue[Update | None] = SimpleQueue()
        self._line: deque[Item] = deque()
        self._running: dict[str, _Asked] = {}
        self._others = 0
        self._halted = False

    # From any thread

    def take(self, update: Update) -> None:
        """Hear of an Update, whoever's it is."""
        if update.state.final:
            self._news.put(update)

    def waiting(self, jobs: int) -> None:
        """Hear how many jobs of others are open now."""
        self._others = jobs
        self._news.put(None)

    def halt(self) -> None:
        """End it soon; what is answered stays."""
        self._halted = True
        self._news.put(None)

    # On its own thread

    def run(self) -> Progress:
        """Answer everything; how it ended."""
        order = self._order
        try:
            items = list(plan(find_sources(order.paths), order.folder, ending(order.task, order.chosen)))
        except UserError as error:
            return Progress(Stage.ENDED, trouble=words_for(error))
        self._line.extend(item for item in items if order.again or not item.answered)
        self._pace = Pace(len(items), len(items) - len(self._line))
        while not self._halted and (self._line or self._running):
            self._report(Progress(Stage.RUNNING, self._pace.tally))
            self._recall()
            self._begin()
            if self._running or self._line:
                self._hear(self._news.get())
        for job_id in self._running:
            self._outlet.cancel(job_id)
        return Progress(Stage.ENDED if self._pace.tally.left else Stage.DONE, self._pace.tally)

    def _room(self) -> int:
        """How many pictures may be begun: one place is always left, and none is taken while somebody waits."""
        now = self._outlet.capabilities()
        if self._others or self._halted:
            return 0
        return max(now.parallel_jobs - 1, 1) if now.model else 1

    def _recall(self) -> None:
        """Take back what stands in others' way: all of it where an engine gains nothing from company."""
        now = self._outlet.capabilities()
        kept = max(now.parallel_jobs - self._others, 0) if now.model or not self._others else 0
        while len(self._running) > kept:
            job_id, asked = self._running.popitem()
            self._line.appendleft(asked.item)
            self._outlet.cancel(job_id)

    def _begin(self) -> None:
        """Submit pictures while there is room; one that cannot be read is counted at once."""
        while self._line and len(self._running) < self._room():
            item = self._line.popleft()
            try:
                job = Job(item.source.read(), self._order.task, chosen=self._order.chosen)
            except UserError as error:
                self._report(Progress(Stage.RUNNING, self._pace.count(str(error))))
                continue
            if not self._room():  # somebody came while it was read
                self._line.appendleft(item)
                return
            self._running[job.id] = _Asked(item, job)
            self._outlet.submit(job)

    def _hear(self, update: Update | None) -> None:
        asked = self._running.pop(update.job_id, None) if update else None
        if update is None or asked is None:
            return
        if update.state is State.CANCELLED:  # by whoever freed the engine: that person wants it at rest
            self._line.appendleft(asked.item)
            self._halted = True
        elif update.state is State.FAILED:
            self._pace.count(f"{asked.item.source}: {update.error}")
        else:
            self._write(asked, update)

    def _write(self, asked: _Asked, update: Update) -> None:
        try:
            asked.item.keep(update.text)
        except UserError as error:
            self._pace.count(str(error))
            return
        self._pace.count()
        if update.text:
            self._keep(Conversation(asked.job, update))
