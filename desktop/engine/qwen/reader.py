"""The embedded OCR reads what the model is asked to copy; its text becomes the answer's draft."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from desktop.engine.api import Engine
from desktop.job import Job

log = logging.getLogger(__name__)


class Reader:
    """Reads one Shot after the other on a thread of its own, while the GPU is at their prompts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool: ThreadPoolExecutor | None = None
        self._wanted: set[str] = set()

    def read(self, job: Job, offer: Callable[[str], None]) -> None:
        """Begin with the job's Shot, once those before it are read; `offer` gets the whole text so far, off-thread."""
        self._pool = self._pool or ThreadPoolExecutor(1, "reader")
        self._wanted.add(job.id)
        self._pool.submit(self._work, job, offer)

    def forget(self, job_id: str) -> None:
        """Read no further for that job."""
        if job_id in self._wanted:
            self._wanted.discard(job_id)
            self._engine.cancel(job_id)

    def close(self) -> None:
        """End what is being read; a later `read` begins anew."""
        if self._pool is None:
            return
        for job_id in list(self._wanted):
            self.forget(job_id)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None
        self._engine.close()

    def _work(self, job: Job, offer: Callable[[str], None]) -> None:
        try:
            if job.id in self._wanted:
                self._read(job, offer)
        except Exception:
            log.warning("no draft for job %s", job.id, exc_info=True)  # the model answers without one

    def _read(self, job: Job, offer: Callable[[str], None]) -> None:
        self._engine.load(lambda _share, _words: None)
        if self._pool is None:  # closed meanwhile
            self._engine.close()
            return
        text = ""
        for update in self._engine.submit(job):
            if job.id not in self._wanted:
                self._engine.cancel(job.id)
            elif update.text != text:
                text = update.text
                offer(text)
