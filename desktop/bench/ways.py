"""Every way of attention that this machine has, side by side: its time, and how far it is from SDPA."""

import statistics

from torch import Tensor

from desktop.bench.alone import measure_alone
from desktop.bench.effort import Effort
from desktop.bench.machine import describe_machine
from desktop.bench.random_model import made_shot
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Rig
from desktop.bench.stages import timed
from desktop.bench.subject import Subject
from desktop.engine.qwen.attention_ways import WAYS
from desktop.settings import Settings


def compare_ways(subject: Subject, settings: Settings, effort: Effort) -> Record:
    """Time of the vision tower and of a token, and how far the picture's tokens lie from SDPA's, in percent.

    Raises UserError where the subject cannot be measured here.
    """
    rig = Rig(subject.load(settings))
    figures: list[Figure] = []
    rig.use_attention("sdpa")
    reference, _seconds = _embed(rig, effort)
    for name in [way.name for way in reversed(WAYS[rig.model.device.place.type])]:
        in_use = rig.use_attention(name)
        if name not in in_use:
            continue
        picture, seconds = _embed(rig, effort)
        each = measure_alone(rig, effort.sizes[0], effort).each_s
        apart = float((picture - reference).norm() / reference.norm())
        title = f"{name} ({in_use})" if name != in_use else name
        figures += [
            Figure(f"{title}: vision tower", "ms", seconds * 1000, samples=effort.rounds),
            Figure(f"{title}: time a token", "ms", each * 1000, samples=effort.rounds),
            Figure(f"{title}: picture tokens apart from sdpa's", "%", apart * 100),
        ]
    machine = describe_machine(subject.title, rig.model.device, "each in turn")
    return Record("ways", machine, {"Ways of attention": figures})


def _embed(rig: Rig, effort: Effort) -> tuple[Tensor, float]:
    """A picture's tokens in float32, and the median seconds that they take."""
    shot = made_shot(*effort.sizes[0])
    grid = rig.compose(shot, rig.tasks["text"]).grid
    patches = rig.cut(shot, grid)
    found = [timed(rig, lambda: rig.embed(patches, grid)) for _ in range(effort.rounds + 1)]  # the first one warms up
    return found[0][0].float(), statistics.median(seconds for _, seconds in found[1:])
