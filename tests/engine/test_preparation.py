"""The picture that is computed before its task is known: begun, replaced, closed, and never in a job's way."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from desktop.engine.api import EngineError, Phase, Progress
from desktop.engine.fallback import FallbackEngine
from desktop.engine.session import Session
from desktop.job import Job, Shot, State, Update
from tests.engine.sessions import PreparingEngine, RunningSession, TracedEngine, make_job, make_shot
from tests.xserver import wait_until


def wait_for_steps(engine: PreparingEngine, source: str, more: int = 3) -> None:
    """Wait until this picture has been computed for some more steps."""
    enough = engine.stepped[source] + more
    wait_until(lambda: engine.stepped[source] >= enough, f"{more} steps of {source}")


def wait_for_story(engine: PreparingEngine, *story: str) -> None:
    """Wait until exactly this has happened to the pictures."""
    wait_until(lambda: engine.story == list(story), f"{story} instead of {engine.story}")


def test_all_steps_are_taken_without_a_job() -> None:
    """Nobody has to wake the session for the next step, and after the last one it sleeps."""
    engine = PreparingEngine(steps=50)
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        running.session.prepare(make_shot("a"))
        wait_for_story(engine, "begin a", "complete a")
        assert engine.stepped["a"] == 50
        assert running.thread.ident
        clock = time.pthread_getcpuclockid(running.thread.ident)
        used_s = time.clock_gettime(clock)
        time.sleep(0.4)
        assert time.clock_gettime(clock) - used_s < 0.2
    assert Phase.BUSY not in running.phases()


def test_a_newer_picture_takes_the_place_of_the_older() -> None:
    """The older one is closed and gets no step more."""
    engine = PreparingEngine()
    with RunningSession(engine) as running:
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        running.session.prepare(make_shot("b"))
        wait_for_story(engine, "begin a", "close a", "begin b")
        taken = engine.stepped["a"]
        wait_for_steps(engine, "b")
        assert engine.stepped["a"] == taken


def test_the_same_picture_goes_on() -> None:
    """A region that is taken as it was kept is not begun again, also where its pixels were cut out anew."""
    engine = PreparingEngine()
    with RunningSession(engine) as running:
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        assert engine.story == ["begin a"]


def test_of_pictures_that_wait_only_the_newest_is_begun() -> None:
    """While the session is held up, what is asked for in between is passed over."""
    engine = PreparingEngine()
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        with running.session._wake:
            for source in "abc":
                running.session.prepare(make_shot(source))
        wait_for_steps(engine, "c")
        assert engine.story == ["begin c"]


def test_forget_closes_it() -> None:
    """A capture that was given up costs nothing more; to forget when there is nothing is harmless."""
    engine = PreparingEngine()
    with RunningSession(engine) as running:
        running.session.forget(make_shot("a"))
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        running.session.forget(make_shot("a"))
        wait_for_story(engine, "begin a", "close a")
        taken = engine.stepped["a"]
        assert running.finish(running.submit()).state is State.DONE
        assert engine.stepped["a"] == taken


def test_forget_leaves_another_picture_alone() -> None:
    """One that took its place, or that somebody else waits for, goes on."""
    engine = PreparingEngine()
    with RunningSession(engine) as running:
        running.session.prepare(make_shot("a"))
        running.session.prepare(make_shot("b"))
        running.session.forget(make_shot("a"))
        wait_for_steps(engine, "b")
        running.session.forget(make_shot("a"))
        wait_for_steps(engine, "b")
        assert "close b" not in engine.story


@pytest.mark.parametrize("failing_step", [0, 1, 3])
def test_a_failure_reaches_the_log_alone(failing_step: int, caplog: pytest.LogCaptureFixture) -> None:
    """Jobs are answered as if nothing was, and the next picture is prepared; step 0 is the call itself."""

    class Unfit(PreparingEngine):
        def prepare(self, shot: Shot) -> Iterator[None]:
            if shot.source != "unfit":
                return super().prepare(shot)
            if failing_step == 0:
                raise ZeroDivisionError("unfit picture")
            return self._fail()

        def _fail(self) -> Iterator[None]:
            for _step in range(1, failing_step):
                yield
            raise ZeroDivisionError("unfit picture")

    engine = Unfit()
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        running.session.prepare(make_shot("unfit"))
        wait_until(lambda: "ZeroDivisionError: unfit picture" in caplog.text, "the log")
        assert running.finish(running.submit()).state is State.DONE
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        assert caplog.text.count("Traceback") == 1
    assert set(running.phases()) == {Phase.LOADING, Phase.READY, Phase.BUSY}


class Diary(TracedEngine):
    """Writes down its steps; a job is submitted in the middle of the third step of a preparation."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.steps: list[str] = []
        self.over = threading.Event()

    def prepare(self, _shot: Shot) -> Iterator[None]:
        """Take six steps."""
        for step in range(6):
            if step == 2 and self.session:
                self.session.submit(make_job())
            self.steps.append("prepare")
            yield
        self.over.set()

    def submit(self, job: Job) -> Iterator[Update]:
        """Take three steps."""
        for state in (State.RUNNING, State.RUNNING, State.DONE):
            self.steps.append("job")
            yield Update(job.id, state)


def test_a_job_goes_first_and_then_both_take_turns() -> None:
    """A job waits for the step that runs, and for no other."""
    engine = Diary()
    with RunningSession(engine) as running:
        engine.session = running.session
        running.session.prepare(make_shot("a"))
        assert engine.over.wait(60)
    assert engine.steps == ["prepare"] * 3 + ["job", "prepare"] * 3


Act = Callable[[Session], object]


@pytest.mark.parametrize(
    "act",
    [Session.free, lambda session: session.switch(TracedEngine("next")), Session.close],
    ids=["free", "switch", "close"],
)
def test_it_is_closed_before_its_engine_goes(act: Act) -> None:
    """An engine that is freed or exchanged has nothing open any more."""

    class Watched(PreparingEngine):
        def close(self) -> None:
            super().close()
            self.story.append("engine closed")

    engine = Watched()
    with RunningSession(engine) as running:
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
        act(running.session)
        wait_for_story(engine, "begin a", "close a", "engine closed")
        running.session.prepare(make_shot("b"))
    assert "begin b" not in engine.story


def test_nothing_is_prepared_while_the_engine_is_about_to_change() -> None:
    """It ends although a job holds the old engine; what is asked for meanwhile is prepared by the new one."""

    class Slow(PreparingEngine):
        def __init__(self) -> None:
            super().__init__("slow")
            self.release = threading.Event()

        def submit(self, job: Job) -> Iterator[Update]:
            while not self.release.is_set():
                time.sleep(0.001)
                yield Update(job.id, State.RUNNING)
            yield Update(job.id, State.DONE)

    old, new = Slow(), PreparingEngine("new")
    with RunningSession(old) as running:
        job = running.submit()
        running.session.prepare(make_shot("a"))
        wait_for_steps(old, "a")
        running.session.switch(new)
        wait_for_story(old, "begin a", "close a")
        running.session.prepare(make_shot("b"))
        time.sleep(0.1)
        assert (old.story, new.loads, running.states(job)[-1]) == (["begin a", "close a"], 0, State.RUNNING)
        old.release.set()
        assert running.finish(job).state is State.DONE
        wait_for_steps(new, "b")
        assert "begin b" not in old.story


def test_nothing_is_prepared_where_no_engine_is_loaded() -> None:
    """A picture neither loads the engine nor waits for the day when a job does."""

    class Late(PreparingEngine):
        def load(self, progress: Progress) -> None:
            super().load(progress)
            if self.loads == 1:
                raise EngineError("Not yet; try later.")

    engine = Late()
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.FAILED)
        running.session.prepare(make_shot("a"))
        wait_until(lambda: not running.session._preparation.waiting, "the order to be read")
        assert running.finish(running.submit()).state is State.DONE
        running.session.prepare(make_shot("b"))
        wait_for_steps(engine, "b")
        running.session.free()
        running.wait_for_phase(Phase.UNLOADED)
        running.session.prepare(make_shot("c"))
        wait_until(lambda: not running.session._preparation.waiting, "the order to be read")
    assert engine.story == ["begin b", "close b"]
    assert engine.loads == 2


def test_an_engine_without_a_model_is_left_in_peace() -> None:
    """It is not even woken."""

    class Embedded(PreparingEngine):
        def __init__(self) -> None:
            super().__init__()
            self.capabilities = TracedEngine("embedded", model=False).capabilities

    engine = Embedded()
    with RunningSession(engine) as running:
        running.wait_for_phase(Phase.READY)
        running.session.prepare(make_shot("a"))
        assert not running.session._preparation.waiting
        assert running.finish(running.submit()).state is State.DONE
    assert engine.story == []


def test_a_fallback_lets_its_model_prepare() -> None:
    """The model behind it gets the picture."""
    engine = PreparingEngine()
    with RunningSession(FallbackEngine(engine, TracedEngine("spare", model=False))) as running:
        running.session.prepare(make_shot("a"))
        wait_for_steps(engine, "a")
    assert engine.story == ["begin a", "close a"]


@pytest.mark.parametrize("seed", range(3))
def test_one_at_a_time_whatever_is_asked(seed: int) -> None:
    """Orders, jobs, cancels, frees and switches from several threads: never two are open, and none stays open."""
    told: list[str] = []

    class Telling(PreparingEngine):
        def __init__(self) -> None:
            super().__init__(steps=5)
            self.story = told

    submitted: list[str] = []

    def meddle(running: RunningSession, dice: random.Random) -> None:
        for turn in count():
            if turn >= 150 and len(told) > 20:  # on busy cores the session may come to few of them
                return
            job = running.submit()
            submitted.append(job)
            match dice.randrange(8):
                case 0 | 1 | 2 | 3:
                    running.session.prepare(make_shot(f"{turn}"))
                case 4:
                    running.session.forget(make_shot(f"{turn - 1}"))
                case 5:
                    running.session.switch(Telling())
                case 6:
                    running.session.cancel(job)
                case 7:
                    running.session.free()
            time.sleep(dice.random() * 0.004)

    with RunningSession(Telling()) as running:
        users = [threading.Thread(target=meddle, args=(running, random.Random(10 * seed + i))) for i in range(3)]
        for user in users:
            user.start()
        for user in users:
            user.join()
    assert [words.split()[0] == "begin" for words in told] == [True, False] * (len(told) // 2)
    assert sum(update.state.final for update in running.updates) == len(submitted)
