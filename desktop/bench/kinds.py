"""The made pictures, read once kind by kind: one at a time, and many together."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.bench.effort import Effort
from desktop.bench.level import Kind
from desktop.bench.order import Answers
from desktop.bench.pictures.series import DRAWERS, MadePicture, made_pictures
from desktop.bench.report import median_of
from desktop.bench.rig import Question, Rig
from desktop.job import Shot

_MOST = 2048  # tokens of an answer that may come to its end


def measure_kinds(rig: Rig, effort: Effort, answers: Answers) -> list[Kind]:
    """Every picture once at each end of `effort.together`, nothing kept from before.

    Answers are cut at `effort.tokens`, all of them as long as that, or "whole": as long as the model wants.
    """
    found: list[Kind] = []
    for task_id in DRAWERS if answers != "none" else ():
        pictures = list(made_pictures(task_id, effort.pictures))
        _warm_up(rig, pictures)
        ends = sorted({effort.together[0], effort.together[-1]})
        found += [_measure(rig, pictures, together, effort, answers) for together in ends]
    return found


def _measure(rig: Rig, pictures: Sequence[MadePicture], together: int, effort: Effort, answers: Answers) -> Kind:
    rig.forget()
    tokens, to_end = (_MOST, True) if answers == "whole" else (effort.tokens, False)
    task = rig.tasks[pictures[0].task_id]
    batch = rig.run([Question(_copy(picture.shot), task, tokens, to_end) for picture in pictures], together)
    lengths = [len(one.times) for one in batch.done]
    return Kind(
        task.id,
        together,
        len(pictures),
        batch.rate,
        median_of(one.first_s for one in batch.done),
        median_of(one.whole_s for one in batch.done),
        statistics.mean(lengths) if lengths else 0.0,
        tuple(str(failure) or type(failure).__name__ for failure in batch.failures),
    )


def _warm_up(rig: Rig, pictures: Iterable[MadePicture]) -> None:
    """Let the model see every size once."""
    sizes = {(picture.shot.width, picture.shot.height): picture for picture in pictures}
    for picture in sizes.values():
        rig.ask(Question(picture.shot, rig.tasks[picture.task_id], 1))


def _copy(shot: Shot) -> Shot:
    """One whose bytes nobody has looked at: Python keeps the hash of those it has."""
    return replace(shot, rgb=bytes(bytearray(shot.rgb)))
