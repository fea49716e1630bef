"""The conversations about one Shot and what is asked next in them; no Qt."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.job import AnswerKind, Job, Shot, Task, Update
from desktop.panel.conversation import Conversation
from desktop.panel.manner import ASK, LANGUAGE, Manner


class Talks:
    """One conversation a task. Whatever asks returns the Job for the engine, or None where nothing is to be asked."""

    def __init__(self, shot: Shot, task: Task, manner: Manner, kept: Sequence[Conversation] = ()) -> None:
        self.shot = shot
        self.task = task
        self.manner = manner
        self._kept = {talk.task.id: talk for talk in kept}

    @property
    def shown(self) -> Conversation | None:
        """The conversation of the task; None while the user's question is waited for.

        A translation knows the text of the picture, where that was read in this panel.
        """
        talk = self._kept.get(self.task.id)
        if talk is None or LANGUAGE not in talk.task.options:
            return talk
        return replace(talk, original=self._own_text())

    @property
    def busy(self) -> bool:
        """True while more of an answer may come."""
        return self.shown is not None and not self.shown.latest.state.final

    @property
    def takes_question(self) -> bool:
        """True where the user's own question can be asked next."""
        awaited = self.shown is None and self.task.needs_question
        return awaited or (self.manner.has_model and self.manner.task(ASK) is not None)

    @property
    def chosen(self) -> dict[str, str]:
        """What was picked of the task's options for this conversation."""
        picked = self.shown.chosen if self.shown else {}
        return {**self.manner.chosen(self.task), **picked}

    def find(self, job_id: str) -> Conversation | None:
        """The conversation whose newest job has that id, if any."""
        return next((talk for talk in self._kept.values() if talk.job.id == job_id), None)

    def holds(self, key: str) -> bool:
        """Tell whether one of its conversations has that key."""
        return any(talk.key == key for talk in self._kept.values())

    def take(self, update: Update) -> bool:
        """Keep what the engine says about a job; True where it is shown."""
        for task_id, talk in self._kept.items():
            if talk.job.id == update.job_id:
                self._kept[task_id] = replace(talk, latest=update)
        return self.shown is not None and self.shown.latest is update

    def pick(self, task: Task) -> Job | None:
        """Go to the task's conversation; begin it where nothing is said in it, or where it was shown already."""
        same, self.task = task.id == self.task.id, task  # it may have been changed meanwhile
        if not same and self.shown is not None and self.shown.newest_answer:
            return None
        return self.begin()

    def begin(self) -> Job | None:
        """Ask the task, or wait for its question; without a model the engine says what it lacks."""
        self._kept.pop(self.task.id, None)
        if self.task.needs_question and self.manner.has_model:
            return None
        return self._ask(Conversation.start(Job(self.shot, self.task, chosen=self.chosen)))

    def again(self, full_size: bool) -> Job | None:
        """Ask the same once more."""
        return self._ask(self.shown.again(full_size)) if self.shown else None

    def forget(self) -> None:
        """Forget what was said of the task; nothing is asked."""
        self._kept.pop(self.task.id, None)

    def send(self, question: str) -> Job | None:
        """Ask in the user's words: what the task waits for, a question about what was said, or a change to that.

        Where nothing was said of a task that takes no question, it is asked as one of its own.
        """
        ask = self.manner.task(ASK)
        if self.shown is None and not self.task.needs_question:
            if ask is None:
                return None
            self.task = ask
        if self.shown is None:
            return self._ask(Conversation.start(Job(self.shot, self.task, question=question, chosen=self.chosen)))
        task = self.task.edit or ask
        return self._ask(self.shown.follow(task, question)) if task else None

    def _own_text(self) -> str:
        texts = (talk for talk in self._kept.values() if talk.task.verbatim and talk.task.answer is AnswerKind.TEXT)
        return next((talk.exchanges[0].answer for talk in texts), "")

    def _ask(self, talk: Conversation) -> Job:
        self._kept[self.task.id] = talk
        return talk.job
