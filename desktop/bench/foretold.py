"""Answers whose tokens a draft foretells, more or less rightly: how much sooner they come, and whether the same."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bench.effort import Effort, Size
from desktop.bench.random_model import made_shot
from desktop.bench.rig import Question, Rig, Watched

RIGHT = (60, 80, 95)  # percent of a draft's tokens that are right


@dataclass(frozen=True, slots=True)
class Foretold:
    """`gain` is the time from token to token without a draft over that with one; `same` the share of equal tokens."""

    right: int
    gain: float
    same: float


def measure_foretold(rig: Rig, size: Size, effort: Effort) -> list[Foretold]:
    """Drafts are answers that are known, with other tokens in the places that are wrong."""
    found = [_measure(rig, Question(made_shot(*size, seed=seed), rig.tasks["text"], effort.foretold), seed)
             for seed in range(effort.rounds + 1)][1:]  # fmt: skip
    return [
        Foretold(right, statistics.median(one.gain for one in rounds), statistics.mean(one.same for one in rounds))
        for right, rounds in zip(RIGHT, zip(*found, strict=True), strict=True)
    ]


def _measure(rig: Rig, question: Question, seed: int) -> list[Foretold]:
    rig.forget()
    plain = rig.ask(question)
    answer = plain.answer.request.produced
    out = []
    for right in RIGHT:
        rig.forget()
        helped = _ask_with(rig, question, _corrupt(answer, right, random.Random(seed)))  # noqa: S311 - no secret
        said = helped.answer.request.produced
        same = statistics.mean(one == other for one, other in zip(said, answer, strict=True))
        out.append(Foretold(right, plain.each_s / helped.each_s, same))
    return out


def _ask_with(rig: Rig, question: Question, draft: Sequence[int]) -> Watched:
    helped = rig.begin(question)
    helped.answer.request.draft.offer(draft)
    while not helped.ended:
        rig.step(helped)
    rig.end(helped)
    if helped.error:
        raise helped.error
    return helped


def _corrupt(tokens: Sequence[int], right: int, dice: random.Random) -> list[int]:
    return [token if dice.random() * 100 < right else max(token - 1, 0) for token in tokens]
