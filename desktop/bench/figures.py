"""What was measured as figures with their goals and limits."""

from collections.abc import Iterable, Mapping

from desktop.bench.alone import Alone
from desktop.bench.effort import Effort, Size, size_name
from desktop.bench.footprint import GIB
from desktop.bench.foretold import Foretold
from desktop.bench.hardware import SAMPLES, Hardware
from desktop.bench.level import Crowd
from desktop.bench.likeness import Likeness
from desktop.bench.limits import Limits
from desktop.bench.report import Figure
from desktop.bench.stages import Stages
from desktop.bench.start import Start

Goals = Mapping[str, float]
Line = tuple[str, float, float | None, float | None]  # a name, and seconds: measured, the goal in ms, the limit


def hardware_figures(hardware: Hardware, precision: str) -> list[Figure]:
    """What the limits are made of."""
    return [
        Figure("copying, bytes read and written, fastest", "GB/s", hardware.copied / 1e9, samples=SAMPLES),
        Figure(
            f"multiplying matrices, {precision}, fastest",
            "TFLOP/s",
            hardware.multiplied / 1e12,
            samples=SAMPLES,
            digits=2,
        ),
    ]


def start_figures(from_disk: Start | None, cached: Start, goals: Goals) -> list[Figure]:
    """Loading; from the disk only where the system could be told to read it again."""
    disk = (
        [Figure("load, weights from the disk", "s", from_disk.load_s, goals.get("load"), digits=2)] if from_disk else []
    )
    return [
        *disk,
        Figure("load, weights in the page cache", "s", cached.load_s, digits=2),
        Figure("start to first token, weights in the page cache", "s", cached.first_s, goals.get("start"), digits=2),
    ]


def alone_figures(alone: Alone, stages: Stages, limits: Limits, goals: Goals, effort: Effort) -> list[Figure]:
    """One request; a second task where it found the picture kept."""
    size, tokens, answer = size_name(alone.size), alone.tokens, effort.tokens
    rows: list[Line] = [
        ("time to first token", alone.first_s, goals.get(f"first {size}"), limits.first_s(stages.grid, tokens)),
        ("time to first token, picture kept", alone.kept_s, goals.get("kept"), limits.each_s),
        ("time a token", alone.each_s, goals.get(f"each {size}"), limits.each_s),
        (f"whole answer of {answer} tokens", alone.whole_s, goals.get("whole"),
         limits.whole_s(stages.grid, tokens, answer)),
    ]  # fmt: skip
    figures = [
        _milliseconds(f"{name}, {size}", seconds, goal, limit, effort.rounds) for name, seconds, goal, limit in rows
    ]
    return figures if alone.reused else [figures[0], *figures[2:]]


def stage_figures(alone: Alone, stages: Stages, limits: Limits, goals: Goals, effort: Effort) -> list[Figure]:
    """What a whole answer is made of."""
    size, steps = size_name(stages.size), effort.tokens - 1
    rows: list[Line] = [
        ("preprocess", stages.preprocess_s, goals.get("preprocess"), None),
        ("vision", stages.vision_s, None, limits.vision_s(stages.grid)),
        ("prefill", stages.prefill_s, None, limits.prefill_s(stages.tokens)),
        (f"decode {steps} tokens", alone.decode_s, None, steps * limits.each_s),
    ]
    return [
        _milliseconds(f"{name}, {size}", seconds, goal, limit, effort.rounds) for name, seconds, goal, limit in rows
    ]


def foretold_figures(found: Iterable[Foretold], goals: Goals, effort: Effort) -> list[Figure]:
    """How much sooner answers come with drafts, and how many of their tokens stay the same."""
    figures = []
    for one in found:
        name, goal = f"draft {one.right} % right", goals.get(f"draft {one.right}")
        gain = Figure(
            f"{name}, time a token without over with", "x", one.gain, goal, effort.rounds, more_is_better=True
        )
        figures += [gain, Figure(f"{name}, tokens the same", "%", 100 * one.same, samples=effort.rounds)]
    return figures


def likeness_figures(likeness: Likeness) -> list[Figure]:
    """In percent."""
    found = (("a prompt", likeness.prompt), ("a step", likeness.step))
    size = size_name(likeness.size)
    return [Figure(f"logits of {name} from plain torch's, {size}", "%", 100 * far, digits=2) for name, far in found]


def gap_figure(size: Size, seconds: float, goals: Goals, rounds: int) -> Figure:
    """The longest wait."""
    name = f"longest gap between tokens, {size_name(size)} coming"
    return _milliseconds(name, seconds, goals.get("gap"), None, rounds)


def portion_figures(most: int, least: int) -> list[Figure]:
    """How much of others' prompts a step computes, as it was measured at the model's start."""
    return [
        Figure("of prompts between two tokens, at most", "tokens", most, digits=0),
        Figure("of a prompt at once, at least", "tokens", least, digits=0),
    ]


def step_figure(size: Size, together: int, seconds: float, goals: Goals, effort: Effort) -> Figure:
    """A token for each of several answers."""
    name = f"a token for {together} answers at once, {size_name(size)}"
    return _milliseconds(name, seconds, goals.get(f"step {together}"), None, effort.rounds)


def weights_figure(held: int, goals: Goals) -> Figure:
    """What the weights take, and the room in which packed ones are unpacked."""
    return Figure("memory of the weights", "GiB", held / GIB, goals.get("weights"), digits=2)


def rate_figure(crowd: Crowd, limit: float | None, goals: Goals, effort: Effort) -> Figure:
    """Pictures a second; goals were set for the usual size."""
    name = f"pictures a second, {crowd.together} together of {crowd.pictures}"
    goal = goals.get(f"rate {crowd.together}") if crowd.size == effort.sizes[0] else None
    return Figure(name, "1/s", crowd.rate, goal, crowd.samples, limit, more_is_better=True, digits=2)


def peak_figure(crowd: Crowd, least: int, goals: Goals) -> Figure:
    """The most memory that was held; at `least` so many bytes, the weights and what the answers keep in the cache."""
    name = f"peak memory, {crowd.together} together of {crowd.pictures}"
    goal = goals.get(f"peak {crowd.together}")
    return Figure(name, "GiB", crowd.peak / GIB, goal, crowd.samples, least / GIB, digits=2)


def _milliseconds(name: str, seconds: float, goal: float | None, limit: float | None, samples: int) -> Figure:
    shown = None if limit is None else limit * 1000
    return Figure(name, "ms", seconds * 1000, goal, samples, shown, digits=2 if seconds < 0.01 else 1)
