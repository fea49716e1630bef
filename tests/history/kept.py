"""Conversations to keep, and an open store on a real file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.history.database import open_to_write
from desktop.history.reader import Reader
from desktop.history.store import Store
from desktop.job import Box, Job, Line, Shot, State, Task, Update, Word
from desktop.panel.conversation import Conversation

NOW = datetime(2026, 11, 24, 15, 30).astimezone()
TASKS = {task.id: task for task in read_tasks([paths.resources() / "tasks"])[0]}


def picture(number: int = 0, width: int = 40, height: int = 20) -> Shot:
    """A picture that no other number gives."""
    pixel = bytes((number % 256, number // 256 % 256, 99))
    return Shot(width, height, pixel * (width * height), 2.0, Box(10, -20, 50, 0), "screen")


def answered(talk: Conversation, text: str, **more: object) -> Conversation:
    """The conversation with the answer to what was asked last."""
    update = Update(talk.job.id, State.DONE, text, engine="Test engine", seconds=1.5)
    return replace(talk, latest=replace(update, **more))  # type: ignore[arg-type]


def talk_of(text: str = "The quick brown fox", task: str | Task = "text", shot: Shot | None = None) -> Conversation:
    """A conversation whose first answer is whole."""
    asked = TASKS[task] if isinstance(task, str) else task
    job = Job(shot or picture(), asked, question="How many foxes?" if asked.needs_question else "")
    word = Word("The", Box(1, 2, 3, 4))
    return answered(Conversation.start(job), text, lines=(Line(text, Box(1, 2, 30, 4), (word,), 1, ""),))


def asked_on(talk: Conversation, question: str, answer: str) -> Conversation:
    """The conversation with another question and its answer."""
    return answered(talk.follow(TASKS["ask"], question), answer, words=f"{answer} In my own words.")


def same(one: Conversation, other: Conversation) -> bool:
    """Tell whether two conversations differ in nothing but the id of their last job."""
    jobs = [replace(talk.job, id="") for talk in (one, other)]
    said = [replace(talk.latest, job_id="", words=talk.latest.words or talk.latest.text) for talk in (one, other)]
    return (one.key, jobs[0], said[0], one.before) == (other.key, jobs[1], said[1], other.before)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """A store on the file."""
    store = Store(open_to_write(path))
    yield store
    store.db.close()


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A reader of the file."""
    reader = Reader(path)
    reader.reopen()
    yield reader
    reader.close()
