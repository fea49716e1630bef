"""Made conversations for the history: words of the sample pages and Chinese, a small picture each."""

import random
import re
from dataclasses import replace
from itertools import accumulate

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.job import Box, Job, Line, Shot, State, Update
from desktop.panel.conversation import Conversation

WIDTH, HEIGHT = 96, 60
_CHINESE = 3000
_SHARE = 0.3


class Made:
    """The conversation of a number is always the same; `word(number)` stands in that one alone."""

    def __init__(self) -> None:
        self.tasks, _problems = read_tasks([paths.resources() / "tasks"])
        self._words = _page_words()
        self._word_weights = list(accumulate(1 / (place + 1) for place in range(len(self._words))))
        chance = random.Random(1)  # noqa: S311 - no secret
        self._signs = [chr(code) for code in range(0x4E00, 0x4E00 + _CHINESE)]
        chance.shuffle(self._signs)
        self._sign_weights = list(accumulate(1 / (place + 10) for place in range(_CHINESE)))

    @staticmethod
    def word(number: int) -> str:
        """A word that no other conversation has."""
        return f"№{number}№"

    def text(self, number: int) -> str:
        """An answer of some 700 characters, three in ten of them Chinese."""
        chance = random.Random(number)  # noqa: S311 - no secret
        if chance.random() < _SHARE:
            signs = "".join(chance.choices(self._signs, cum_weights=self._sign_weights, k=chance.randint(40, 500)))
            return f"{signs}\n{self.word(number)}"
        words = chance.choices(self._words, cum_weights=self._word_weights, k=chance.randint(40, 200))
        lines = [" ".join(words[start : start + 9]) for start in range(0, len(words), 9)]
        return "\n".join([*lines, self.word(number)])

    def talk(self, number: int) -> Conversation:
        """A conversation whose answer is whole; every third one was asked on."""
        task = self.tasks[number % len(self.tasks)]
        job = Job(_shot(number), task, question="What does it say?" if task.needs_question else "")
        text = self.text(number)
        lines = tuple(Line(line, Box(2, 2, 90, 12)) for line in text.splitlines())
        talk = replace(_answered(Conversation.start(job), text), key=str(number))
        talk = replace(talk, latest=replace(talk.latest, lines=lines))
        return _answered(talk.follow(self.tasks[-1], "And then?"), "Nothing more.") if number % 3 == 0 else talk


def _answered(talk: Conversation, text: str) -> Conversation:
    return replace(talk, latest=Update(talk.job.id, State.DONE, text, engine="Made engine", seconds=0.5))


def _shot(number: int) -> Shot:
    chance = random.Random(number)  # noqa: S311 - no secret
    row = bytes(chance.choices((0, 40, 200, 255), k=WIDTH)) * 3
    return Shot(WIDTH, HEIGHT, row * HEIGHT, source=f"picture {number}")


def _page_words() -> list[str]:
    """Every word of the sample pages, and of this program's own texts, in an order that is always the same."""
    folder = paths.resources() / "samples" / "pages"
    text = " ".join(path.read_text("utf-8") for path in sorted(folder.glob("*.html")))
    found = sorted(set(re.findall(r"[^\W\d_]{2,14}", re.sub(r"<[^>]*>", " ", text))))
    joined = [f"{one}{other}" for one, other in zip(found, reversed(found), strict=True)]
    words = [*found, *joined]
    random.Random(2).shuffle(words)  # noqa: S311 - no secret
    return words
