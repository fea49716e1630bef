"""Where the device spends its time, kernel by kernel, as torch's profiler sees it."""

from collections.abc import Callable, Iterator, Mapping

import torch
from torch.profiler import ProfilerActivity

from desktop.bench.effort import Effort, size_name
from desktop.bench.machine import describe_machine
from desktop.bench.random_model import made_shot
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Rig
from desktop.bench.steps import answering
from desktop.bench.subject import Subject
from desktop.settings import Settings

_MOST = 12  # kernels that are named
_LONGEST = 60  # letters of a kernel's name
Spans = list[tuple[float, float]]


def profile_kernels(subject: Subject, settings: Settings, effort: Effort) -> Record:
    """A token of one answer and of most together, a picture and a prompt: the time of each kernel that takes much.

    Without an NVIDIA GPU they are torch's operations. Raises UserError where the subject cannot be measured here.
    """
    rig = Rig(subject.load(settings))
    sections = {title: _figures(rig, work, effort.rounds) for title, work in _works(rig, effort)}
    machine = describe_machine(subject.title, rig.model.device, rig.model.attention.name)
    return Record("profile", machine, sections)


def _works(rig: Rig, effort: Effort) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is looked at; each is ready as long as the next one is not asked for."""
    for together in (effort.together[0], effort.together[-1]):
        with answering(rig, effort.sizes[0], together) as running:
            yield f"A token, {together} together", lambda: rig.step(*running)  # called before the next one is ready
    for size in effort.sizes:
        shot = made_shot(*size)
        prompt = rig.compose(shot, rig.tasks["text"])
        patches = rig.cut(shot, prompt.grid)
        picture = rig.embed(patches, prompt.grid)
        yield f"Vision, {size_name(size)}", lambda: rig.embed(patches, prompt.grid)  # noqa: B023 - likewise
        yield f"Prompt, {size_name(size)}", lambda: rig.prefill(prompt, picture)  # noqa: B023 - likewise


def _figures(rig: Rig, work: Callable[[], object], rounds: int) -> list[Figure]:
    """The kernels of one piece of work, at the mean of several, and how long the device was at none."""
    work()  # warms up
    rig.synchronise()
    on_cuda = rig.model.device.on_cuda
    with torch.profiler.profile(activities=[ProfilerActivity.CPU, *[ProfilerActivity.CUDA] * on_cuda]) as found:
        for _ in range(rounds):
            work()
        rig.synchronise()
    kernels = _kernels(found, "CUDA" if on_cuda else "CPU")
    busy, whole = _covered([span for spans in kernels.values() for span in spans])
    figures = [
        Figure("from first to last", "ms", whole / rounds / 1000, samples=rounds),
        Figure("in no kernel", "ms", (whole - busy) / rounds / 1000, samples=rounds),
    ]
    slowest = sorted(((_length(spans), name) for name, spans in kernels.items()), reverse=True)[:_MOST]
    return figures + [
        Figure(name[:_LONGEST], "ms", length / rounds / 1000, samples=len(kernels[name]), digits=3)
        for length, name in slowest
    ]


def _kernels(found: torch.profiler.profile, kind: str) -> Mapping[str, Spans]:
    """Begin and end of every call, in microseconds, by name; of operations that call others the outer ones alone."""
    calls: dict[str, Spans] = {}
    for event in found.events() or ():  # type: ignore[no-untyped-call]
        if event.device_type.name == kind and event.cpu_parent is None:
            calls.setdefault(event.name, []).append((event.time_range.start, event.time_range.end))
    return calls


def _covered(spans: Spans) -> tuple[float, float]:
    """How long there was any span, and from the first to the last."""
    spans = sorted(spans)
    first = end = spans[0][0]
    busy = 0.0
    for start, stop in spans:
        busy += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return busy, end - first


def _length(spans: Spans) -> float:
    return sum(stop - start for start, stop in spans)
