"""The engine's life under a session: exchanged, freed, left alone and called back, and no job lost over it."""

import random
import threading
import time
from collections import Counter

import pytest

from desktop.engine.api import Phase
from desktop.engine.fallback import FallbackEngine
from desktop.errors import CALM
from desktop.job import State
from tests.engine.sessions import MODEL_TASK, TEXT_TASK, LateEngine, RunningSession, StuckEngine, TracedEngine
from tests.xserver import wait_until

IDLE_S = 0.2


def test_what_runs_ends_on_the_old_engine_and_what_waits_goes_to_the_new() -> None:
    """A switch cuts nothing off: the running job gets its whole answer, the queued ones are asked of the new engine."""
    old, new = StuckEngine(), TracedEngine("new")
    with RunningSession(old) as running:
        first = running.submit()
        assert old.stuck.wait(60)
        second = running.submit()
        running.session.switch(new)
        third = running.submit()
        time.sleep(0.1)
        assert (old.closes, new.loads) == (0, 0)
        old.release.set()
        assert (running.finish(first).state, running.finish(first).text) == (State.DONE, "first second")
        assert [running.finish(job).text for job in (second, third)] == ["new", "new"]
        assert (old.loads, old.closes, new.loads) == (1, 1, 1)
        assert running.wait_for_phase(Phase.READY).engine == "new"
    assert new.closes == 1


def test_an_idle_engine_is_exchanged_at_once() -> None:
    """No job is needed for it; the last of several switches holds, and the others are never loaded."""
    old, skipped, new = TracedEngine("old"), TracedEngine("skipped"), TracedEngine("new", model=False)
    with RunningSession(old) as running:
        running.wait_for_phase(Phase.READY)
        with running.session._wake:
            running.session.switch(skipped)
            running.session.switch(new)
        wait_until(lambda: running.statuses[-1].engine == "new", "the new engine")
        status = running.wait_for_phase(Phase.READY)
    assert not status.model
    assert (old.closes, skipped.loads, new.loads) == (1, 0, 1)


def test_a_new_engine_that_cannot_be_loaded_says_so_to_those_who_wait() -> None:
    """The job fails with the sentence, and the engine before it is not asked any more."""
    old = StuckEngine()
    with RunningSession(old) as running:
        running.submit()
        assert old.stuck.wait(60)
        waiting = running.submit()
        running.session.switch(LateEngine(failures=2))
        old.release.set()
        last = running.finish(waiting)
        assert (last.state, last.error) == (State.FAILED, "The weights are not there; download them.")
        assert running.wait_for_phase(Phase.FAILED).note == last.error


def test_free_stops_what_runs_and_the_next_job_loads_again() -> None:
    """The text so far is kept, what waits is stopped as well, and nothing has to be done to go on."""
    engine = StuckEngine()
    with RunningSession(engine) as running:
        first = running.submit()
        assert engine.stuck.wait(60)
        second = running.submit()
        running.session.free()
        assert (running.finish(first).state, running.finish(first).text) == (State.CANCELLED, "first")
        assert running.states(second) == [State.QUEUED, State.CANCELLED]
        running.wait_for_phase(Phase.UNLOADED)
        assert (engine.loads, engine.closes) == (1, 1)
        assert running.finish(running.submit()).state is State.DONE
        running.wait_for_phase(Phase.READY)
        assert engine.loads == 2
    assert running.phases()[-5:] == [
        Phase.BUSY, Phase.UNLOADED, Phase.LOADING, Phase.BUSY, Phase.READY
    ]  # fmt: skip


def test_free_leaves_a_reason_standing() -> None:
    """Where no engine is loaded there is nothing to free, and why stays on the icon."""
    with RunningSession(LateEngine(failures=1)) as running:
        failed = running.wait_for_phase(Phase.FAILED)
        running.session.free()
        time.sleep(0.1)
        assert running.statuses[-1] == failed


def test_free_before_a_switch_lets_the_new_engine_sleep() -> None:
    """Whoever wants the GPU free does not find another model on it."""
    old, new = StuckEngine(heeds=False), TracedEngine("new")
    with RunningSession(old) as running:
        running.submit()
        assert old.stuck.wait(60)
        running.session.switch(new)
        running.session.free()
        old.release.set()
        assert running.wait_for_phase(Phase.UNLOADED).engine == "new"
        assert (old.closes, new.loads) == (1, 0)
        assert running.finish(running.submit()).text == "new"


def test_an_idle_model_is_freed_and_comes_back() -> None:
    """Time without work counts from the last answer; a change of the limit is followed at once."""
    engine = TracedEngine()
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        running.session.free_after(3600)
        time.sleep(2 * IDLE_S)
        assert engine.closes == 0
        running.session.free_after(IDLE_S)
        running.wait_for_phase(Phase.UNLOADED)
        done = running.finish(running.submit())
        assert done.state is State.DONE
        wait_until(lambda: engine.closes == 2, "the engine to be freed again")
        assert time.monotonic() - running.time_of(done) >= IDLE_S
        running.session.free_after(0)
        assert running.finish(running.submit()).state is State.DONE
        time.sleep(2 * IDLE_S)
        assert running.statuses[-1].phase is Phase.READY
    assert engine.loads == 3


def test_work_keeps_a_model_awake() -> None:
    """A job that takes longer than the limit is not idle time."""
    engine = StuckEngine()
    with RunningSession(engine) as running:
        job = running.submit()
        assert engine.stuck.wait(60)
        running.session.free_after(IDLE_S)
        time.sleep(2 * IDLE_S)
        engine.release.set()
        assert running.finish(job).state is State.DONE
        assert engine.loads == 1


@pytest.mark.parametrize("idle_s", [IDLE_S, 1e12], ids=["an engine without a model", "a limit beyond all clocks"])
def test_what_holds_no_gpu_stays(idle_s: float) -> None:
    """Only a model is freed, and only where its time comes."""
    engine = TracedEngine(model=idle_s > 1)
    with RunningSession(engine) as running:
        running.session.free_after(idle_s)
        running.wait_for_phase(Phase.READY)
        time.sleep(2 * IDLE_S)
        assert running.finish(running.submit()).state is State.DONE
    assert engine.loads == 1


def test_a_model_that_fails_gives_way_to_the_spare_engine() -> None:
    """Text is answered, other tasks are refused with the reason, and the icon tells it."""
    with RunningSession(FallbackEngine(LateEngine(failures=1), TracedEngine("spare", model=False))) as running:
        status = running.wait_for_phase(Phase.READY)
        assert (status.engine, status.model) == ("spare", False)
        assert status.note.startswith("The weights are not there; download them.")
        assert running.finish(running.submit()).text == "spare"
        refused = running.finish(running.submit(MODEL_TASK))
        assert (refused.state, refused.error) == (State.FAILED, status.note)


def test_a_job_that_waits_for_the_model_is_refused_once_it_fails() -> None:
    """What the model was expected to do is not asked of the spare engine."""
    with RunningSession(FallbackEngine(LateEngine(failures=1), TracedEngine("spare", model=False))) as running:
        refused = running.finish(running.submit(MODEL_TASK))
    assert refused.state is State.FAILED
    assert refused.error.startswith("The weights are not there")


def test_a_closed_fallback_tries_its_model_again() -> None:
    """Free and load: what has been mended meanwhile is found."""
    model, spare = LateEngine(failures=1), TracedEngine("spare", model=False)
    engine = FallbackEngine(model, spare)
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        running.session.free()
        assert running.wait_for_phase(Phase.UNLOADED).model
        assert running.finish(running.submit(MODEL_TASK)).state is State.DONE
        status = running.wait_for_phase(Phase.READY)
    assert (status.engine, status.model, status.note) == ("Late engine", True, "")
    assert (spare.loads, spare.closes) == (1, 1)


def test_a_model_that_breaks_while_it_loads_is_told_calmly(caplog: pytest.LogCaptureFixture) -> None:
    """Also a bug or a driver's error leaves the spare engine; its traceback is in the log."""

    class Broken(TracedEngine):
        def load(self, _progress: object) -> None:
            raise RuntimeError("CUDA error: unspecified launch failure")

    model = Broken("broken")
    with RunningSession(FallbackEngine(model, TracedEngine("spare", model=False))) as running:
        status = running.wait_for_phase(Phase.READY)
        assert (status.engine, model.closes) == ("spare", 1)
        assert status.note.startswith(CALM)
    assert "unspecified launch failure" in caplog.text


def meddle(running: RunningSession, seed: int, submitted: list[str]) -> None:
    """Be a user who submits and cancels, exchanges the engine, frees it and lets it sleep."""
    dice = random.Random(seed)
    for _turn in range(150):
        submitted.append(running.submit(MODEL_TASK if dice.random() < 0.2 else TEXT_TASK))
        match dice.randrange(6):
            case 0:
                running.session.switch(TracedEngine("next", dice.random() < 0.5, dice.randint(1, 4)))
            case 1:
                running.session.free()
            case 2:
                running.session.free_after(dice.choice([0, 0.001, 10]))
            case 3:
                running.session.cancel(dice.choice(submitted))


@pytest.mark.parametrize("seed", range(4))
def test_every_job_ends_exactly_once_whatever_happens_to_the_engine(seed: int) -> None:
    """Switches, frees and idle times from several threads lose no job and say nothing after its end."""
    mine: list[list[str]] = [[] for _ in range(3)]
    with RunningSession(FallbackEngine(LateEngine(seed % 2), TracedEngine("spare", model=False))) as running:
        users = [threading.Thread(target=meddle, args=(running, 10 * seed + i, mine[i])) for i in range(len(mine))]
        for user in users:
            user.start()
        for user in users:
            user.join()
        submitted = {job for jobs in mine for job in jobs}
        wait_until(lambda: sum(u.state.final for u in list(running.updates)) >= len(submitted), "all to end")
    final = Counter(update.job_id for update in running.updates if update.state.final)
    assert set(final) == submitted
    assert set(final.values()) == {1}
    assert all(update.state.final for update in {update.job_id: update for update in running.updates}.values())
