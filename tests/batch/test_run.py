"""A batch on a running session: everything is answered, and whoever asks meanwhile is answered first."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.batch.run import Order, Outlet, Progress, Run, Stage
from desktop.engine.api import Engine
from desktop.engine.fake import SENTENCE, FakeEngine
from desktop.engine.session import Session
from desktop.errors import UserError
from desktop.job import Job, State, Update
from desktop.panel.conversation import Conversation
from tests.batch.held import Held
from tests.batch.pictures import make_folder
from tests.command_line import make_picture
from tests.engine.sessions import TEXT_TASK, make_job
from tests.xserver import wait_until


class Desk:
    """A session, a batch on it, and a person who asks through the same session, as the app joins them."""

    def __init__(self, engine: Engine, order: Order) -> None:
        self.finished: list[str] = []
        self.begun_before: dict[str, int] = {}
        self.reports: list[Progress] = []
        self.submitted: list[Job] = []
        self._others: set[str] = set()
        self.session = Session(engine, self._hear, lambda _status: None)
        outlet = Outlet(self._submit, self.session.cancel, lambda: self.session.capabilities)
        self.kept: list[Conversation] = []
        self.run = Run(order, outlet, self.reports.append, self.kept.append)
        self.thread = threading.Thread(target=lambda: self.reports.append(self.run.run()))

    def ask(self) -> str:
        """Ask about a picture of one's own."""
        job = make_job()
        self._others.add(job.id)
        self.run.waiting(len(self._others))
        self.session.submit(job)
        return job.id

    def end(self) -> Progress:
        """Wait for the end; how it was."""
        self.thread.join(60)
        assert not self.thread.is_alive()
        return self.reports[-1]

    def _submit(self, job: Job) -> None:
        self.submitted.append(job)
        self.session.submit(job)

    def _hear(self, update: Update) -> None:
        self.run.take(update)
        if update.state is State.DONE:
            self.begun_before[update.job_id] = len(self.submitted)
            self.finished.append(update.job_id)
        if update.state.final and update.job_id in self._others:
            self._others.discard(update.job_id)
            self.run.waiting(len(self._others))


@contextmanager
def desk(engine: Engine, *paths: Path, folder: Path, again: bool = False) -> Iterator[Desk]:
    """Everything at work."""
    desk = Desk(engine, Order([str(path) for path in paths], TEXT_TASK, folder, again=again))
    session = threading.Thread(target=desk.session.run)
    session.start()
    desk.thread.start()
    try:
        yield desk
    finally:
        desk.run.halt()
        desk.thread.join(60)
        desk.session.close()
        session.join(60)


def many(folder: Path, count: int) -> Path:
    """A folder with so many pictures."""
    for number in range(count):
        make_picture(folder / f"{number:03}.png")
    return folder


def test_a_folder_is_answered_and_then_left_alone(tmp_path: Path) -> None:
    """Sub-folders are mirrored; what fails is told and stops nobody; a second run asks only for what failed."""
    scans, out = make_folder(tmp_path / "scans"), tmp_path / "out"
    (scans / "bad.png").write_bytes(b"no picture")
    with desk(FakeEngine(), scans, folder=out) as first:
        ended = first.end()
    assert (ended.stage, ended.tally.answered, len(ended.tally.failures)) == (Stage.DONE, 5, 1)
    assert "bad.png is not a picture" in ended.tally.failures[0]
    names = sorted(str(path.relative_to(out)) for path in out.rglob("*.txt"))
    pages = ["paper.pdf.page-1.text.txt", "paper.pdf.page-2.text.txt"]
    assert names == ["A.png.text.txt", "b.png.text.txt", *pages, "sub/c.JPG.text.txt"]
    assert (out / "sub/c.JPG.text.txt").read_text() == f"{SENTENCE}\n"
    kept = {(Path(talk.job.shot.source).name, talk.latest.state, talk.newest_answer) for talk in first.kept}
    assert kept >= {("A.png", State.DONE, SENTENCE), ("paper.pdf, page 2", State.DONE, SENTENCE)}
    assert len(first.kept) == len(kept) == 5
    with desk(FakeEngine(), scans, folder=out) as second:
        ended = second.end()
    assert (ended.tally.skipped, ended.tally.answered, second.submitted) == (5, 0, [])
    with desk(FakeEngine(), scans, folder=out, again=True) as third:
        assert third.end().tally.answered == 5


class Crowd(FakeEngine):
    """Counts how many jobs run together, and the most of them."""

    def __init__(self, parallel_jobs: int, model: bool = True) -> None:
        super().__init__(lambda _job: "word " * 20, 0.002, model, parallel_jobs)
        self.now = self.most = 0

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer, counted."""
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            yield from super().submit(job)
        finally:
            self.now -= 1


def test_a_model_is_kept_busy_but_for_one_place(tmp_path: Path) -> None:
    engine = Crowd(4)
    with desk(engine, many(tmp_path / "in", 12), folder=tmp_path / "out") as busy:
        assert busy.end().tally.answered == 12
    assert engine.most == 3


def test_an_engine_that_gains_nothing_gets_one_at_a_time(tmp_path: Path) -> None:
    engine = Crowd(4, model=False)
    with desk(engine, many(tmp_path / "in", 4), folder=tmp_path / "out") as busy:
        assert busy.end().tally.answered == 4
    assert engine.most == 1


def test_whoever_asks_is_let_by_on_a_model(tmp_path: Path) -> None:
    """No picture is begun before the answer, but for one that was being read; after it all are."""
    with desk(Crowd(4), many(tmp_path / "in", 9), folder=tmp_path / "out") as busy:
        wait_until(lambda: len(busy.submitted) > 3, "the batch to be at work")
        with busy.session._wake:  # nothing is answered between the two
            begun = len(busy.submitted)
            mine = busy.ask()
        wait_until(lambda: mine in busy.begun_before, "my answer")
        assert busy.begun_before[mine] <= begun + 1
        ended = busy.end()
        assert (ended.stage, ended.tally.answered, ended.tally.failures) == (Stage.DONE, 9, ())


def test_whoever_asks_is_let_by_where_only_one_runs(tmp_path: Path) -> None:
    """The picture at work is taken back, and answered later: nothing is lost."""
    engine = Held({0}, parallel_jobs=1)
    with desk(engine, many(tmp_path / "in", 3), folder=tmp_path / "out") as busy:
        wait_until(lambda: engine.begun, "the first picture to be at work")
        mine = busy.ask()
        wait_until(lambda: mine in busy.finished, "my answer")
        assert busy.finished[0] == mine, "the picture that was at work made way"
        assert busy.end().tally.answered == 3
    assert len(busy.submitted) == 4


def test_halting_keeps_what_came(tmp_path: Path) -> None:
    with desk(Held(range(2, 50)), many(tmp_path / "in", 50), folder=tmp_path / "out") as busy:
        wait_until(lambda: any(report.tally.answered for report in list(busy.reports)), "an answer")
        busy.run.halt()
        ended = busy.end()
    kept = len(list((tmp_path / "out").iterdir()))
    assert (ended.stage, ended.tally.failures) == (Stage.ENDED, ())
    assert 0 < ended.tally.answered == kept <= 2


def test_freeing_the_engine_ends_it(tmp_path: Path) -> None:
    """Whoever frees the GPU wants it now: the batch does not load the model again."""
    with desk(Held(range(9)), many(tmp_path / "in", 9), folder=tmp_path / "out") as busy:
        wait_until(lambda: len(busy.submitted) == 3, "the first pictures")
        busy.session.free()
        ended = busy.end()
    assert ended.stage is Stage.ENDED
    assert ended.tally.left == 9


def test_answers_that_cannot_be_written_are_failures(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with desk(FakeEngine(), many(tmp_path / "in", 2), folder=tmp_path / "file" / "out") as busy:
        ended = busy.end()
    assert [failure.count("part of that path is a file") for failure in ended.tally.failures] == [1, 1]
    assert busy.kept == [], "they are asked once more"


def test_an_engine_that_refuses_is_told_for_each(tmp_path: Path) -> None:
    def refuse(_job: Job) -> str:
        raise UserError("Not today; try tomorrow.")

    with desk(FakeEngine(refuse), many(tmp_path / "in", 2), folder=tmp_path / "out") as busy:
        ended = busy.end()
    assert sum(failure.endswith("/000.png: Not today; try tomorrow.") for failure in ended.tally.failures) == 1
    assert len(ended.tally.failures) == 2


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with desk(FakeEngine(), tmp_path, folder=tmp_path / "out") as busy:
        ended = busy.end()
    assert (ended.stage, busy.kept) == (Stage.ENDED, [])
    assert "There is no picture" in ended.trouble
