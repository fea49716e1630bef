"""How far what the fast ways say is from what plain torch says of the same weights, on the same device."""

from dataclasses import dataclass

from torch import Tensor

from desktop.bench.effort import Size
from desktop.bench.random_model import made_shot
from desktop.bench.rig import Rig


@dataclass(frozen=True, slots=True)
class Likeness:
    """The distance of logits from plain torch's, as a share of these: behind a whole prompt, and of a step.

    Rounding makes some hundredths in bfloat16; what is wrong makes more.
    """

    size: Size
    prompt: float
    step: float


def measure_likeness(rig: Rig, size: Size) -> Likeness:
    """Of one picture, from its pixels on."""
    shot = made_shot(*size)
    prompt, step = rig.read(shot, rig.tasks["text"])
    with rig.plainly():
        plain, _step = rig.read(shot, rig.tasks["text"])
    return Likeness(size, distance(prompt, plain), distance(step, plain))


def distance(left: Tensor, right: Tensor) -> float:
    """As a share of the right one's length."""
    return float((left - right).norm() / right.norm())
