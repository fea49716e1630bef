"""Jobs and requests to our engine, and what transformers says to the same words about the same picture."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pytest
from torch import Tensor

from desktop import paths
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.prompt import Prompt, write_words
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.shares import Shares
from desktop.engine.tasks import read_tasks
from desktop.job import Job, Shot
from tests.engine.qwen.checkpoints import Reference, random_shot

MOST_PIXELS = 2560 * 1440
WORDS = "Read all the text in the image."
Turns = Sequence[tuple[str, str]]


def job(task_id: str, seed: int = 0, question: str = "", size: tuple[int, int] = (120, 80)) -> Job:
    """A shipped task asked of a random picture, for 64 tokens at most."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    task = next(task for task in tasks if task.id == task_id)
    return Job(random_shot(*size, seed), replace(task, max_tokens=64), question=question)


class Asked:
    """Requests with the pixels of transformers' own processor, so that only the models are compared.

    `towers` counts how often a picture was computed.
    """

    def __init__(self, model: QwenModel, reference: Reference) -> None:
        self.model, self.reference = model, reference
        self.towers = 0

    def prompt(self, shot: Shot, words: str = WORDS, earlier: Turns = ()) -> Prompt:
        """What our engine makes of a picture and words."""
        return self.model.compose(shot, write_words(self.model.tokenizer, words, earlier), MOST_PIXELS)[0]

    def request(
        self, shot: Shot, words: str = WORDS, earlier: Turns = (), tokens: int = 64, penalty: float | None = None
    ) -> Request:
        """One that is not yet added; the penalty is the checkpoint's own unless it is given."""
        prompt = self.prompt(shot, words, earlier)
        pixels = self.reference.pixels(shot)[:, :, 0].flatten(1)

        def embed() -> Shares:
            self.towers += 1
            return (yield from self.model.vision.embed(pixels, prompt.grid))

        sampling = Sampling(self.model.config.penalty if penalty is None else penalty, max_tokens=tokens)
        return Request("x", prompt, embed, sampling, self.model.config.end_tokens)

    def run(self, *requests: Request, join_every: int = 1) -> None:
        """Let requests join one after the other and run until all have ended."""
        waiting = list(requests)
        step = 0
        while waiting or not all(request.ended for request in requests):
            if waiting and step % join_every == 0:
                self.model.scheduler.add(waiting.pop(0))
            self.model.step()
            step += 1

    def text(self, request: Request) -> str:
        """What it said."""
        return str(self.model.tokenizer.decode(request.produced))

    def expected(
        self, shot: Shot, words: str = WORDS, earlier: Turns = (), tokens: int = 64, penalty: float | None = None
    ) -> list[int]:
        """What transformers says."""
        penalty = self.model.config.penalty if penalty is None else penalty
        return self.reference.generate(shot, words, tokens, penalty, tuple(earlier))


def force_words(engine: QwenEngine, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a loaded engine say these words again and again."""
    assert engine._model is not None
    prefill, decode = engine._model.language.prefill, engine._model.language.decode
    forced = cycle(engine._model.tokenizer.encode(words, add_special_tokens=False).ids)

    def force(logits: Tensor) -> Tensor:
        logits[0] = -1e9
        logits[0, next(forced)] = 1e9
        return logits

    monkeypatch.setattr(engine._model.language, "prefill", lambda *args: force(prefill(*args)))
    monkeypatch.setattr(engine._model.language, "decode", lambda *args: force(decode(*args)))
