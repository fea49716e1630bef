"""What was asked about a Shot and what was said, as a panel shows it; frozen values, no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import uuid4

from desktop.job import Job, Line, State, Task, Turn, Update

MARK = "› "
"""What a question begins with wherever it is written."""


class Exchange(NamedTuple):
    """A question in the user's words, '' where a task was picked, and the answer as it is shown and where it stands."""

    question: str
    answer: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A job, what the engine said about it last, and what was said before, oldest first.

    `original` is the text of the picture itself where the answer puts it into another language, or ''.
    `key` stays the same from its first question to its last; the history knows it by that.
    """

    job: Job
    latest: Update
    before: tuple[Exchange, ...] = ()
    original: str = ""
    key: str = field(default_factory=lambda: uuid4().hex)

    @classmethod
    def start(cls, job: Job) -> "Conversation":
        """The conversation at the moment its first job is asked."""
        return cls(job, Update(job.id, State.QUEUED))

    @property
    def task(self) -> Task:
        """The task that it began with."""
        return self._first.task

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Everything that was asked and said; the last one may still grow."""
        return (*self.before, Exchange(self.job.question, self.latest.text, self.latest.lines))

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was picked of the options of the task that it began with."""
        return self._first.chosen

    @property
    def newest_answer(self) -> str:
        """The last answer that has text, or ''."""
        return next((said.answer for said in reversed(self.exchanges) if said.answer), "")

    @property
    def transcript(self) -> str:
        """All of it as plain text."""
        parts = [f"{MARK}{said.question}\n{said.answer}" if said.question else said.answer for said in self.exchanges]
        return "\n\n".join(parts).strip()

    def again(self, full_size: bool) -> "Conversation":
        """The same job once more."""
        return self._go_on(replace(self.job, id=uuid4().hex, full_size=full_size), self.before)

    def follow(self, task: Task, question: str) -> "Conversation":
        """The next question about the same Shot.

        One that got no answer is forgotten, and so is a change that was not told to its end.
        """
        half = bool(self.before and self.task.edit_prompt) and self.latest.state is not State.DONE
        answer = "" if half else self.latest.words or self.latest.text
        earlier, before = (self.job.turns(answer), self.exchanges) if answer else (self.job.earlier, self.before)
        job = Job(self.job.shot, task, question=question, earlier=earlier, full_size=self.job.full_size)
        return self._go_on(job, before)

    @property
    def _first(self) -> Turn | Job:
        return self.job.earlier[0] if self.job.earlier else self.job

    def _go_on(self, job: Job, before: tuple[Exchange, ...]) -> "Conversation":
        return replace(self, job=job, latest=Update(job.id, State.QUEUED), before=before)
