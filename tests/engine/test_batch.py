"""Many jobs on an engine without a session: several at once, in the order of the files, each with its own fate."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from desktop.engine.api import EngineError
from desktop.engine.batch import Outcome, answer_all
from desktop.engine.fake import FakeEngine
from desktop.errors import CALM, UserError
from desktop.job import Job, Task, Update
from tests.engine.sessions import MODEL_TASK, TEXT_TASK, LateEngine, make_job


class Crowd(FakeEngine):
    """The later a job comes, the sooner it is answered; counts how many run together."""

    def __init__(self, model: bool = True, parallel_jobs: int = 3) -> None:
        self.asked: list[str] = []
        self.most = self._running = 0
        super().__init__(self._words, model=model, parallel_jobs=parallel_jobs)

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer, counted."""
        self.asked.append(job.id)
        self._running += 1
        self.most = max(self.most, self._running)
        yield from super().submit(job)
        self._running -= 1

    def _words(self, job: Job) -> str:
        return "word " * (20 - 2 * self.asked.index(job.id)) + job.id


def answer(engine: FakeEngine, begins: list[Callable[[], Job]]) -> list[Outcome]:
    """Every outcome."""
    return list(answer_all(engine, begins, lambda _share, _words: None))


def jobs(count: int, task: Task = TEXT_TASK) -> list[Callable[[], Job]]:
    """So many jobs to begin."""
    made = [make_job(task) for _ in range(count)]
    return [partial(made.__getitem__, number) for number in range(count)]


def fail() -> Job:
    """A picture that cannot be read."""
    raise UserError("There is no such file.")


def test_a_model_is_kept_busy_and_the_order_holds() -> None:
    """As many run together as the engine takes; answers that are early wait for those before them."""
    engine, begins = Crowd(), jobs(8)
    outcomes = answer(engine, begins)
    assert engine.most == 3
    assert [outcome.answer.text.split()[-1] for outcome in outcomes] == [begin().id for begin in begins]
    assert all((outcome.width, outcome.height) == (4, 4) for outcome in outcomes)


def test_without_a_model_one_comes_after_the_other() -> None:
    """An engine that gains nothing from several gives its first answer soonest."""
    engine = Crowd(model=False)
    answer(engine, jobs(3))
    assert engine.most == 1


def test_a_picture_is_read_when_its_turn_comes() -> None:
    """A thousand files are not in memory at once, and the first answer is handed out before the last is read."""
    begun: list[int] = []

    def begin(number: int) -> Job:
        begun.append(number)
        return make_job()

    outcomes = answer_all(FakeEngine(parallel_jobs=2), [partial(begin, i) for i in range(9)], lambda _s, _w: None)
    next(outcomes)
    assert len(begun) <= 3


def test_each_job_has_its_own_fate() -> None:
    """What cannot be read, asked or answered is told in its place and stops nobody."""

    class Picky(FakeEngine):
        def submit(self, job: Job) -> Iterator[Update]:
            if job.task is MODEL_TASK:
                raise EngineError("Not this one; try another.")
            if job.task is bad_task:
                raise ValueError("a bug")
            return super().submit(job)

    bad_task = replace(TEXT_TASK, id="bad")
    outcomes = answer(Picky(), [*jobs(1), fail, *jobs(1, MODEL_TASK), *jobs(1, bad_task), *jobs(1)])
    assert [str(outcome.error or "") for outcome in outcomes] == [
        "", "There is no such file.", "Not this one; try another.", CALM, ""
    ]  # fmt: skip
    refused = answer(FakeEngine(model=False), jobs(1, MODEL_TASK))
    assert str(refused[0].error).startswith("Describe needs the Qwen2.5-VL model")


def test_an_engine_that_cannot_be_loaded_is_tried_for_each() -> None:
    """The sentence stands for each job that met it; nothing is loaded where no picture can be read."""
    outcomes = answer(LateEngine(failures=1), [fail, *jobs(3)])
    assert [outcome.error is None for outcome in outcomes] == [False, False, True, True]
    shares: list[float] = []
    list(answer_all(LateEngine(failures=0), [fail], lambda share, _words: shares.append(share)))
    assert shares == []
