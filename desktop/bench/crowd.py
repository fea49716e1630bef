"""Several requests together, about pictures of one size or of several."""

import gc
from itertools import cycle, islice

from desktop.bench.effort import Effort, Size
from desktop.bench.level import Crowd
from desktop.bench.random_model import made_shot
from desktop.bench.report import median_of
from desktop.bench.rig import Question, Rig


def measure_crowd(rig: Rig, size: Size | None, together: int, effort: Effort) -> Crowd:
    """So many requests at once, each with a picture of its own, mixed without a size; nothing is kept from before."""
    rig.take_note()
    rig.footprint.begin()
    batches, notes = [], []
    for number in range(effort.rounds + 1):
        gc.collect()
        rig.forget()
        sizes = islice(cycle([size] if size else effort.mixed), together)
        shots = [made_shot(*one, seed=number * together + place) for place, one in enumerate(sizes)]
        questions = [Question(shot, rig.tasks["text"], effort.tokens) for shot in shots]
        batches.append(rig.run(questions, together))
        notes.append(rig.take_note())
    answers = [one for batch in batches[1:] for one in batch.done]  # the first round warms up
    return Crowd(
        size,
        together,
        effort.rounds,
        median_of(batch.rate for batch in batches[1:]),
        median_of(one.first_s for one in answers),
        median_of(one.each_s for one in answers),
        median_of(one.whole_s for one in answers),
        rig.footprint.peak,
        tuple(str(failure) or type(failure).__name__ for batch in batches for failure in batch.failures),
        tuple(filter(None, notes)),
        sum(one.answer.reduced for batch in batches for one in batch.done),
        rig.footprint.shortages,
    )
