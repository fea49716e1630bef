"""The stages of a first token, each by itself: preprocessing, vision, prefill."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop.bench.effort import Effort, Size
from desktop.bench.random_model import made_shot
from desktop.bench.rig import Rig
from desktop.engine.qwen.image import Grid

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stages:
    """Medians in seconds for one size of picture, the device awaited behind each stage."""

    size: Size
    grid: Grid
    tokens: int
    preprocess_s: float
    vision_s: float
    prefill_s: float


def measure_stages(rig: Rig, size: Size, effort: Effort) -> Stages:
    """A new picture each time."""
    times: list[tuple[float, float, float]] = []
    for seed in range(effort.rounds + 1):
        shot = made_shot(*size, seed=seed)
        prompt = rig.compose(shot, rig.tasks["text"])
        patches, cutting = timed(rig, lambda: rig.cut(shot, prompt.grid))  # noqa: B023 - called at once
        picture, seeing = timed(rig, lambda: rig.embed(patches, prompt.grid))  # noqa: B023 - likewise
        _logits, reading = timed(rig, lambda: rig.prefill(prompt, picture))  # noqa: B023 - likewise
        times.append((cutting, seeing, reading))
    medians = (statistics.median(column) for column in zip(*times[1:], strict=True))  # the first round warms up
    return Stages(size, prompt.grid, len(prompt.ids), *medians)


def timed(rig: Rig, work: Callable[[], Result]) -> tuple[Result, float]:
    """What came of the work, and its seconds, the device awaited before and after."""
    rig.synchronise()
    start = time.perf_counter()
    result = work()
    rig.synchronise()
    return result, time.perf_counter() - start
