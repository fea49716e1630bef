"""`shotglass bench engine`: the resident model on this machine, from its start to twelve requests together."""

from dataclasses import dataclass
from pathlib import Path

from desktop.bench.alone import measure_alone, measure_gap
from desktop.bench.crowd import measure_crowd
from desktop.bench.effort import Effort, Size
from desktop.bench.figures import (
    Goals,
    alone_figures,
    foretold_figures,
    gap_figure,
    hardware_figures,
    likeness_figures,
    peak_figure,
    portion_figures,
    rate_figure,
    stage_figures,
    start_figures,
    step_figure,
    weights_figure,
)
from desktop.bench.footprint import GIB
from desktop.bench.foretold import measure_foretold
from desktop.bench.goals import goals_for
from desktop.bench.hardware import measure_hardware
from desktop.bench.kinds import measure_kinds
from desktop.bench.level import Level
from desktop.bench.likeness import measure_likeness
from desktop.bench.limits import Limits
from desktop.bench.machine import describe_machine
from desktop.bench.order import Answers
from desktop.bench.random_model import make_sure
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Rig
from desktop.bench.stages import Stages, measure_stages
from desktop.bench.start import Start, drop_from_memory, measure_start
from desktop.bench.steps import measure_step
from desktop.bench.subject import Subject
from desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Bench:
    """A model on its rig, and what its figures are held against."""

    rig: Rig
    limits: Limits
    goals: Goals
    effort: Effort

    def alone(self, stages: dict[Size, Stages]) -> dict[str, list[Figure]]:
        """One request at a time, of every size; and what a running answer feels of a picture that comes."""
        one, parts, gaps = list[Figure](), list[Figure](), list[Figure]()
        for size, found in stages.items():
            alone = measure_alone(self.rig, size, self.effort)
            one += alone_figures(alone, found, self.limits, self.goals, self.effort)
            parts += stage_figures(alone, found, self.limits, self.goals, self.effort)
            gaps.append(gap_figure(size, measure_gap(self.rig, size, self.effort), self.goals, self.effort.rounds))
        gaps += portion_figures(*self.rig.portions)
        return {"One request": one, "Stages": parts, "While a picture comes": gaps}

    def steps(self) -> list[Figure]:
        """Tokens of several answers at once while nothing else comes, and the memory of the weights."""
        size, most = self.effort.sizes[0], self.effort.together[-1]
        step_s = measure_step(self.rig, size, most, self.effort)
        return [step_figure(size, most, step_s, self.goals, self.effort), weights_figure(self.rig.weights, self.goals)]

    def drafts(self) -> list[Figure]:
        """Answers that were foretold, more or less rightly."""
        found = measure_foretold(self.rig, self.effort.sizes[0], self.effort)
        return foretold_figures(found, self.goals, self.effort)

    def levels(self, stages: dict[Size, Stages]) -> tuple[Level, ...]:
        """Requests together about the usual size; at the most of them about each other size as well, and about all."""
        usual, *others = self.effort.sizes
        most = self.effort.together[-1]
        wanted = [*((usual, together) for together in self.effort.together), *((size, most) for size in others)]
        return *(self._level(stages[size], together) for size, together in wanted), self._level(None, most)

    def _level(self, stages: Stages | None, together: int) -> Level:
        """Without stages of mixed sizes, for which no limit is told."""
        effort, tokens = self.effort, stages.tokens if stages else 0
        crowd = measure_crowd(self.rig, stages.size if stages else None, together, effort)
        limit = self.limits.rate(stages.grid, tokens, effort.tokens, together) if stages else None
        least = self.limits.memory(together * (tokens + effort.tokens))
        return Level(
            crowd,
            rate_figure(crowd, limit, self.goals, effort),
            peak_figure(crowd, least, self.goals),
            self.rig.footprint.whole / GIB,
        )


def measure(subject: Subject, settings: Settings, effort: Effort, answers: Answers) -> Record:
    """Everything; raises UserError where the subject cannot be measured here."""
    config = subject.config
    started = _start(subject.folder, settings, effort.sizes[0]) if subject.folder else None  # the GPU is theirs alone
    device = subject.device(settings)
    hardware = measure_hardware(device)
    limits = Limits(config, device.dtype.itemsize, hardware.copied, hardware.multiplied)
    rig = Rig(subject.load(settings))
    machine = describe_machine(subject.title, device, rig.model.attention.name)
    machine |= {"weights": rig.model.packed} if rig.model.packed else {}
    goals = goals_for(machine["device"], subject.real_shape)
    bench = Bench(rig, limits, goals, effort)
    stages = {size: measure_stages(rig, size, effort) for size in effort.sizes}
    sections = {
        "Hardware": hardware_figures(hardware, machine["precision"]),
        "Start": start_figures(*started, goals) if started else [],
        "Exactness": likeness_figures(measure_likeness(rig, effort.sizes[0])),
        **bench.alone(stages),
        "Steps": bench.steps(),
    }
    levels, kinds = bench.levels(stages), tuple(measure_kinds(rig, effort, answers))
    if subject.folder or make_sure(rig.model.language.weights):
        sections["With a draft"] = bench.drafts()
    return Record("engine", machine, sections, levels, kinds)


def _start(folder: Path, settings: Settings, size: Size) -> tuple[Start | None, Start]:
    """A start with the weights on the disk, where they can be put back there, and one with them in memory."""
    from_disk = measure_start(folder, settings, size) if drop_from_memory(folder) else None
    return from_disk, measure_start(folder, settings, size)
