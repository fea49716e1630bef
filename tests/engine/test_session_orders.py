"""Thousands of jobs submitted and cancelled in every order: each ends exactly once."""

import random
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.engine.api import EngineError
from desktop.engine.fake import FakeEngine
from desktop.job import Job, Update
from tests.engine.sessions import MODEL_TASK, TEXT_TASK, RunningSession
from tests.xserver import wait_until

JOBS = 400
THREADS = 3


class MoodyEngine(FakeEngine):
    """Answers, fails or breaks, as its dice fall."""

    def __init__(self, seed: int) -> None:
        super().__init__(lambda _job: "one two three", model=False, parallel_jobs=1 + seed % 4)
        self._dice = random.Random(seed)

    def submit(self, job: Job) -> Iterator[Update]:
        """Sometimes refuse at once, sometimes fail on the way, sometimes say nothing."""
        mood = self._dice.random()
        if mood < 0.1:
            raise EngineError("Not this one; try another.")
        return self._moody(job, mood)

    def _moody(self, job: Job, mood: float) -> Iterator[Update]:
        for update in super().submit(job):
            if mood < 0.2:
                raise EngineError("Not this one; try another.")
            if mood > 0.9:
                return
            yield update


def submit_and_cancel(running: RunningSession, seed: int, submitted: list[str]) -> None:
    """Be one user with an unsteady hand."""
    dice = random.Random(seed)
    for _ in range(JOBS):
        submitted.append(running.submit(MODEL_TASK if dice.random() < 0.1 else TEXT_TASK))
        for _ in range(dice.choice([0, 0, 1, 2])):
            running.session.cancel(dice.choice(submitted))


@pytest.mark.parametrize("seed", range(4))
def test_every_job_ends_exactly_once(seed: int) -> None:
    """Whatever is submitted, cancelled and broken from several threads, each job has one final Update, its last."""
    mine: list[list[str]] = [[] for _ in range(THREADS)]
    with RunningSession(MoodyEngine(seed)) as running:
        users = [
            threading.Thread(target=submit_and_cancel, args=(running, seed * THREADS + i, mine[i]))
            for i in range(THREADS)
        ]
        for user in users:
            user.start()
        for user in users:
            user.join()
        wait_until(lambda: sum(update.state.final for update in list(running.updates)) >= JOBS * THREADS, "all to end")
    final = Counter(update.job_id for update in running.updates if update.state.final)
    assert set(final) == {job for jobs in mine for job in jobs}
    assert set(final.values()) == {1}
    last = {update.job_id: update for update in running.updates}
    assert all(update.state.final for update in last.values())


@pytest.mark.parametrize("seed", range(20))
def test_closing_in_the_middle_leaves_nobody_waiting(seed: int) -> None:
    """Jobs that were submitted before, while and after a session closes all end."""
    dice = random.Random(seed)
    submitted: list[str] = []
    with RunningSession(MoodyEngine(seed)) as running:
        for turn in range(60):
            submitted.append(running.submit())
            if turn == dice.randrange(60):
                running.session.close()
    final = Counter(update.job_id for update in running.updates if update.state.final)
    assert final == Counter(submitted)
