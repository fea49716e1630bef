"""An engine that keeps some of its jobs until a test has seen what it wanted to see."""

import threading
import time
from collections.abc import Container, Iterator

from desktop.engine.fake import FakeEngine
from desktop.job import Job, State, Update


class Held(FakeEngine):
    """Answers at once, but for the jobs whose numbers, as they begin, are `held`: those go on until `open` is set."""

    def __init__(self, held: Container[int], parallel_jobs: int = 4) -> None:
        super().__init__(parallel_jobs=parallel_jobs)
        self.begun = 0
        self.open = threading.Event()
        self._held = held

    def submit(self, job: Job) -> Iterator[Update]:
        """Count it, and keep it or not."""
        self.begun += 1
        return self._keep(job) if self.begun - 1 in self._held else super().submit(job)

    def _keep(self, job: Job) -> Iterator[Update]:
        while not self.open.is_set():
            time.sleep(0.001)
            yield Update(job.id, State.RUNNING, "more")
        yield from super().submit(job)
