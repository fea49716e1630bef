"""Tokens of several answers at once, with nothing else going on: what a step of the device takes."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.bench.effort import Effort, Size
from desktop.bench.random_model import made_shot
from desktop.bench.rig import Question, Rig, Watched

_STEPS = 16  # that are timed together: a token is read while the next one is computed
_BEFORE = 4  # that every answer has made until then


def measure_step(rig: Rig, size: Size, together: int, effort: Effort) -> float:
    """The median seconds of a step, all answers about pictures of that size."""
    return statistics.median([_step_s(rig, size, together, seed) for seed in range(effort.rounds + 1)][1:])


def _step_s(rig: Rig, size: Size, together: int, seed: int) -> float:
    with answering(rig, size, together, seed) as running:
        start = time.perf_counter()
        for _ in range(_STEPS):
            rig.step(*running)
        rig.synchronise()
        return (time.perf_counter() - start) / _STEPS


@contextmanager
def answering(rig: Rig, size: Size, together: int, seed: int = 0) -> Iterator[list[Watched]]:
    """So many answers in the middle of what they have to say, and a device with nothing left to do."""
    rig.forget()
    shots = [made_shot(*size, seed=seed * together + place) for place in range(together)]
    running = [rig.begin(Question(shot, rig.tasks["text"], 1024)) for shot in shots]
    while any(len(one.times) < _BEFORE for one in running if not one.ended):
        rig.step(*running)
    rig.synchronise()
    yield running
    for one in running:
        rig.end(one)
        if one.error:
            raise one.error
