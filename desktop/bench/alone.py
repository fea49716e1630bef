"""One request by itself: time to the first token, from token to token, and to the end."""

import statistics
from dataclasses import dataclass
from itertools import pairwise

from desktop.bench.effort import Effort, Size
from desktop.bench.random_model import made_shot
from desktop.bench.rig import Question, Rig, Watched

_SEEN = 8  # tokens of the running answer before another picture comes, and behind its first one
_LONG = 1024  # tokens that the running answer may have meanwhile


@dataclass(frozen=True, slots=True)
class Alone:
    """Medians in seconds for one size of picture; `kept_s` is a second task's first token on the same picture.

    `tokens` are the prompt's, `reused` those that the second task found computed.
    """

    size: Size
    tokens: int
    first_s: float
    kept_s: float
    each_s: float
    whole_s: float
    reused: int

    @property
    def decode_s(self) -> float:
        """From the first token to the last."""
        return self.whole_s - self.first_s


def measure_alone(rig: Rig, size: Size, effort: Effort) -> Alone:
    """A new picture each time, and nothing kept from before but for the second task."""
    pairs = [_ask_twice(rig, size, seed, effort.tokens) for seed in range(effort.rounds + 1)]
    firsts, seconds = zip(*pairs[1:], strict=True)  # the first pair warms up
    return Alone(
        size,
        firsts[0].tokens,
        statistics.median(one.first_s for one in firsts),
        statistics.median(one.first_s for one in seconds),
        statistics.median(one.each_s for one in firsts),
        statistics.median(one.whole_s for one in firsts),
        seconds[0].reused,
    )


def _ask_twice(rig: Rig, size: Size, seed: int, tokens: int) -> tuple[Watched, Watched]:
    rig.forget()
    shot = made_shot(*size, seed=seed)
    return rig.ask(Question(shot, rig.tasks["text"], tokens)), rig.ask(Question(shot, rig.tasks["describe"], 2))


def measure_gap(rig: Rig, size: Size, effort: Effort) -> float:
    """The longest that a running answer waited for a token, in seconds, while a picture of that size came.

    The answer is about a picture of the usual size. The longest of all rounds, the first one aside.
    """
    return max([_gap(rig, size, effort, seed) for seed in range(effort.rounds + 1)][1:])


def _gap(rig: Rig, size: Size, effort: Effort, seed: int) -> float:
    rig.forget()
    task = rig.tasks["text"]
    running = rig.begin(Question(made_shot(*effort.sizes[0], seed=seed), task, _LONG))
    while len(running.times) < _SEEN and not running.ended:
        rig.step(running)
    question = Question(made_shot(*size, seed=seed + 1000), task, 2 * _SEEN)
    rig.synchronise()
    rig.step(running)
    before = len(running.times)
    coming = rig.begin(question)
    while len(coming.times) < _SEEN and not (running.ended or coming.error):
        rig.step(running, coming)
    for one in (running, coming):
        rig.end(one)
        if one.error:
            raise one.error
    times = running.times[before - 1 :]
    return max(later - earlier for earlier, later in pairwise(times))
