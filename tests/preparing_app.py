"""The app with a model that tells the log what it is doing: every picture is prepared until it is closed."""

import logging
import time
from collections.abc import Iterator

from desktop.app import App
from desktop.engine.fake import FakeEngine
from desktop.job import Job, Shot, Update
from tests.driven_app import main

log = logging.getLogger(__name__)


class LoggingEngine(FakeEngine):
    """Prepares without end, in steps of a millisecond."""

    def prepare(self, shot: Shot) -> Iterator[None]:
        """Tell when it begins and when it is closed."""
        log.info("begin %d x %d", shot.width, shot.height)
        try:
            while True:
                time.sleep(0.001)
                yield
        finally:
            log.info("close %d x %d", shot.width, shot.height)

    def submit(self, job: Job) -> Iterator[Update]:
        """Tell what is asked."""
        log.info("answer %s", job.task.id)
        return super().submit(job)


class PreparingApp(App):
    """Has that engine whatever the settings say."""

    def first_engine(self) -> LoggingEngine:
        """The engine to begin with."""
        return LoggingEngine()


if __name__ == "__main__":
    main(PreparingApp)
