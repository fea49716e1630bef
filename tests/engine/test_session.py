"""The queue around an engine: order, cancel, errors, and what is said about a job."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from desktop.engine.api import EngineError, Phase
from desktop.engine.fake import SENTENCE, FakeEngine
from desktop.errors import CALM
from desktop.job import Job, State, Update
from tests.engine.sessions import MODEL_TASK, FailingEngine, LateEngine, RunningSession, StuckEngine
from tests.xserver import wait_until


def test_a_job_goes_from_queued_to_done() -> None:
    """A job is said to be queued, running with its text so far, and done with all of it."""
    with RunningSession(FakeEngine()) as running:
        job = running.submit()
        last = running.finish(job)
        assert running.states(job) == [State.QUEUED, State.RUNNING, State.DONE]
    assert (last.text, last.engine) == (SENTENCE, "Fake engine")
    assert last.seconds > 0


def test_the_newest_job_goes_first() -> None:
    """An engine with room for one job answers the one that came last, then those before it."""
    begun, go_on = threading.Event(), threading.Event()

    class Held(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            begun.set()
            assert go_on.wait(60)
            return super().submit(job)

    with RunningSession(Held(parallel_jobs=1)) as running:
        first = running.submit()
        assert begun.wait(60)
        later = [running.submit() for _ in range(4)]
        go_on.set()
        running.finish(later[0])
        ended = [update.job_id for update in running.updates if update.state.final]
    assert ended == [first, *reversed(later)]


def test_jobs_run_side_by_side_up_to_the_engine_s_room() -> None:
    """Steps of as many jobs as the engine takes alternate; the next one waits."""
    active: set[str] = set()
    most: list[int] = []
    steps: list[str] = []

    class Watched(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            active.add(job.id)
            try:
                for update in super().submit(job):
                    most.append(len(active))
                    steps.append(job.id)
                    yield update
            finally:
                active.discard(job.id)

    with RunningSession(Watched(parallel_jobs=3)) as running:
        with running.session._wake:  # none is answered before the last is there
            jobs = [running.submit() for _ in range(5)]
        for job in jobs:
            assert running.finish(job).text == SENTENCE
    assert max(most) == 3
    turns = sum(before != after for before, after in pairwise(steps))
    assert turns > 3 * len(jobs), "the jobs did not alternate"


def test_a_queued_job_is_cancelled_at_once_and_never_started() -> None:
    """Cancelling what waits does not disturb what runs."""
    engine = StuckEngine(heeds=False)
    with RunningSession(engine) as running:
        first = running.submit()
        assert engine.stuck.wait(60)
        second = running.submit()
        running.session.cancel(second)
        running.finish(second)
        assert engine.holding
        assert running.states(second) == [State.QUEUED, State.CANCELLED]
        engine.release.set()
        assert running.finish(first).state is State.DONE


def test_a_stuck_step_ends_when_its_job_is_cancelled() -> None:
    """A cancel wakes the engine's step; the next job starts then, and the text so far is kept."""
    engine = StuckEngine()
    with RunningSession(engine) as running:
        first = running.submit()
        assert engine.stuck.wait(60)
        second = running.submit()
        running.session.cancel(first)
        assert (running.finish(first).state, running.finish(first).text) == (State.CANCELLED, "first")
        running.wait_for(second, State.RUNNING)
        assert engine.was_woken
        assert running.finish(second).state is State.DONE


def test_an_engine_that_ignores_a_cancel_is_not_heard_again() -> None:
    """CANCELLED is said at once; what the engine says later about that job is dropped."""
    engine = StuckEngine(heeds=False)
    with RunningSession(engine) as running:
        first = running.submit()
        assert engine.stuck.wait(60)
        second = running.submit()
        running.session.cancel(first)
        running.finish(first)
        assert engine.holding
        engine.release.set()
        assert running.finish(second).state is State.DONE
        assert running.of(first)[-1].state is State.CANCELLED
        assert sum(update.state.final for update in running.of(first)) == 1


def test_cancelling_twice_or_an_unknown_job_says_nothing() -> None:
    """Late and doubled cancels are harmless."""
    with RunningSession(FakeEngine()) as running:
        job = running.submit()
        running.finish(job)
        said = len(running.updates)
        running.session.cancel(job)
        running.session.cancel("no such job")
        assert len(running.updates) == said


def test_a_cancelled_job_gives_back_what_it_held() -> None:
    """The engine's iterator is closed, also for every job that runs when the session closes."""
    freed: list[str] = []

    class Holding(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            try:
                while True:
                    time.sleep(0.001)
                    yield Update(job.id, State.RUNNING, "more")
            finally:
                freed.append(job.id)

    with RunningSession(Holding(parallel_jobs=4)) as running:
        jobs = [running.submit() for _ in range(4)]
        for job in jobs:
            running.wait_for(job, State.RUNNING)
        running.session.cancel(jobs[0])
        wait_until(lambda: freed == [jobs[0]], "the first job to be freed")
    assert sorted(freed) == sorted(jobs)
    assert all(running.of(job)[-1].state is State.CANCELLED for job in jobs)


def test_close_ends_a_stuck_engine_soon() -> None:
    """Closing cancels what runs, so that the thread is over and does not wait for the step's own end."""
    engine = StuckEngine()
    with RunningSession(engine) as running:
        running.submit()
        assert engine.stuck.wait(60)
        running.session.close()
        running.thread.join(60)
        assert not running.thread.is_alive()
        assert engine.was_woken


def test_a_job_submitted_after_close_is_cancelled() -> None:
    """Nobody waits for ever for an answer that cannot come."""
    with RunningSession(FakeEngine()) as running:
        running.session.close()
        assert running.finish(running.submit()).state is State.CANCELLED


def test_an_expected_failure_shows_its_sentence_and_the_text_so_far() -> None:
    """A UserError is shown word for word, and the session goes on."""
    with RunningSession(FailingEngine(EngineError("The server is gone; start it again."), None)) as running:
        last = running.finish(running.submit())
        assert (last.state, last.text) == (State.FAILED, "so far")
        assert last.error == "The server is gone; start it again."
        assert running.finish(running.submit()).state is State.DONE


def test_an_unexpected_failure_is_logged_and_shown_calmly(caplog: pytest.LogCaptureFixture) -> None:
    """A bug's traceback goes to the log, a calm sentence to the user, and the session goes on."""
    with RunningSession(FailingEngine(ZeroDivisionError("by zero"), None)) as running:
        last = running.finish(running.submit())
        assert (last.state, last.text, last.error) == (State.FAILED, "so far", CALM)
        assert running.finish(running.submit()).state is State.DONE
    assert "Traceback" in caplog.text
    assert "ZeroDivisionError: by zero" in caplog.text


def test_an_engine_that_refuses_a_job_at_once_fails_only_that_job() -> None:
    """An error before the first step is told like any other."""

    class Refusing(FakeEngine):
        def submit(self, _job: Job) -> Iterator[Update]:
            raise EngineError("Not now; try later.")

    with RunningSession(Refusing()) as running:
        for _ in range(2):
            last = running.finish(running.submit())
            assert (last.state, last.error) == (State.FAILED, "Not now; try later.")


def test_an_engine_that_ends_without_a_last_word_fails(caplog: pytest.LogCaptureFixture) -> None:
    """A missing final Update is told as a failure that keeps the text so far."""

    class Silent(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            yield Update(job.id, State.RUNNING, "half")

    with RunningSession(Silent()) as running:
        last = running.finish(running.submit())
    assert (last.state, last.text, last.error) == (State.FAILED, "half", CALM)
    assert "without a final update" in caplog.text


def test_a_failed_load_is_tried_again_at_the_next_job() -> None:
    """The status says why the engine is not there; a later job that finds it well is answered."""
    with RunningSession(LateEngine(failures=2)) as running:
        wait_until(lambda: any(s.phase is Phase.FAILED for s in running.statuses), "the failure")
        assert running.statuses[-1].note == "The weights are not there; download them."
        first = running.finish(running.submit())
        assert (first.state, first.error) == (State.FAILED, "The weights are not there; download them.")
        assert running.finish(running.submit()).state is State.DONE
        wait_until(lambda: running.statuses[-1].phase is Phase.READY, "the engine to be ready")
    assert [s.phase for s in running.statuses if s.phase is not Phase.LOADING] == [
        Phase.FAILED,
        Phase.FAILED,
        Phase.BUSY,
        Phase.READY,
    ]


def test_a_task_beyond_the_engine_says_what_it_needs() -> None:
    """An engine without a model refuses the task in one sentence and answers the next."""
    with RunningSession(FakeEngine(model=False)) as running:
        refused = running.finish(running.submit(MODEL_TASK))
        assert refused.state is State.FAILED
        assert refused.error.startswith("Describe needs the Qwen2.5-VL model")
        assert running.finish(running.submit()).state is State.DONE


@pytest.mark.parametrize("word", ["word", ""], ids=["growing text", "no text yet"])
def test_updates_come_at_most_thirty_times_a_second(word: str) -> None:
    """Fast steps are thinned out, also before the first text, and the last Update still brings the whole text."""

    class Fast(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            for count in range(300):
                time.sleep(0.002)
                yield Update(job.id, State.RUNNING, word * count)
            yield Update(job.id, State.DONE, "the whole text")

    with RunningSession(Fast()) as running:
        job = running.submit()
        last = running.finish(job)
        said = [update for update in running.of(job) if update.state is State.RUNNING]
    assert last.text == "the whole text"
    assert len(said) <= 30 * last.seconds + 3


def test_the_first_text_is_said_at_once() -> None:
    """The start of an answer does not wait for the next thirtieth of a second."""
    engine = StuckEngine()
    with RunningSession(engine) as running:
        job = running.submit()
        assert engine.stuck.wait(60)
        assert running.of(job)[-1].text == "first"
