"""What is kept and what is not, and what is told of answers that went wrong."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Never

import pytest

from desktop.bench.effort import QUICK
from desktop.errors import UserError
from desktop.settings import Settings

if TYPE_CHECKING:  # torch takes seconds
    from torch import Tensor

    from desktop.bench.rig import Question, Rig

SIZE = (640, 360)
EFFORT = replace(QUICK, tokens=4)


def question(rig: "Rig", seed: int = 0, size: tuple[int, int] = SIZE) -> "Question":
    from desktop.bench.random_model import made_shot
    from desktop.bench.rig import Question

    return Question(made_shot(*size, seed=seed), rig.tasks["text"], 4)


def test_answers_have_the_wanted_length_and_their_times(rig: "Rig") -> None:
    """An end token does not end them, and each token has its time."""
    watched = rig.ask(question(rig))
    assert len(watched.answer.request.produced) == len(watched.times) == 4
    assert watched.begun < watched.times[0]
    assert watched.times == sorted(watched.times)
    assert watched.whole_s == pytest.approx(watched.first_s + 3 * watched.each_s)


def test_nothing_is_kept_between_cold_answers(rig: "Rig") -> None:
    rig.ask(question(rig))
    assert rig.ask(question(rig)).reused > 256
    rig.forget()
    assert rig.ask(question(rig)).reused == 0


def test_a_second_task_finds_the_picture_kept(rig: "Rig") -> None:
    from desktop.bench.alone import measure_alone

    alone = measure_alone(rig, SIZE, EFFORT)
    pads = (640 // 28) * (360 // 28)
    assert pads < alone.reused < alone.tokens


def test_what_says_otherwise_than_plain_torch_is_told(rig: "Rig") -> None:
    """Plain torch is as itself; of operators that turn keys wrongly the figure says so, and the model keeps them."""
    from desktop.bench.likeness import measure_likeness
    from desktop.engine.qwen.operators import Plain

    class Wrong(Plain):
        def rotate(self, x: "Tensor", heads: int, cos: "Tensor", sin: "Tensor") -> None:
            super().rotate(x, heads, cos.flip(0), sin.flip(0))

    right = measure_likeness(rig, SIZE)
    assert right.prompt == 0
    assert right.step < 1e-4
    backend = rig.model.language.backend
    backend.operators = Wrong()
    assert measure_likeness(rig, SIZE).prompt > 0.1
    assert type(backend.operators) is Wrong


def test_as_many_run_together_as_are_asked_for(rig: "Rig") -> None:
    """The next one begins where one has ended, and not before."""
    batch = rig.run([question(rig, seed) for seed in range(5)], 2)
    assert len(batch.done) == 5
    ended: list[float] = []
    for place, one in enumerate(sorted(batch.done, key=lambda one: one.begun)):
        if place >= 2:
            assert one.begun >= ended[place - 2]
        ended = sorted([*ended, one.times[-1]])


def test_pictures_that_are_refused_are_counted(rig: "Rig") -> None:
    thin = replace(question(rig, size=(4000, 10)), tokens=1)
    batch = rig.run([thin, question(rig)], 2)
    assert len(batch.done) == 1
    assert "too thin" in str(batch.failures[0])
    with pytest.raises(UserError, match="too thin"):
        rig.ask(thin)


def test_a_fallback_of_attention_is_told(rig: "Rig") -> None:
    from desktop.bench.crowd import measure_crowd
    from desktop.engine.qwen.attention import Ladder
    from desktop.engine.qwen.attention_ways import Sdpa

    def fail(*_arguments: object) -> Never:
        raise RuntimeError("no such kernel")

    sdpa = Sdpa()
    steps = {name: [("sdpa", getattr(sdpa, name))] for name in sdpa.offers}
    steps["whole"].insert(0, ("broken", fail))
    rig.model.use_attention(Ladder(steps, rig.model.device.place))
    crowd = measure_crowd(rig, SIZE, 2, EFFORT)
    assert crowd.fallbacks == ("Attention by broken failed, so sdpa took over; answers may come slower.",)
    assert crowd.errors == ()
    assert crowd.rate > 0
    assert crowd.reduced == 0


def test_pictures_that_are_reduced_are_counted(checkpoint: Path) -> None:
    from desktop.bench.crowd import measure_crowd
    from desktop.bench.rig import Rig
    from desktop.bench.subject import Subject

    rig = Rig(Subject(folder=checkpoint).load(Settings(picture_limit="320x200")))
    crowd = measure_crowd(rig, SIZE, 2, EFFORT)
    assert crowd.reduced == 2 * (EFFORT.rounds + 1)


def test_a_crowd_of_failures_is_told_and_not_timed(rig: "Rig") -> None:
    from desktop.bench.crowd import measure_crowd

    crowd = measure_crowd(rig, (4000, 10), 2, EFFORT)
    assert len(crowd.errors) == 2 * (EFFORT.rounds + 1)
    assert (crowd.rate, crowd.first_s) == (0, 0)


def test_the_made_vocabulary_writes_prompts_as_long_as_the_real_one() -> None:
    """Qwen's tokens of the fixed words before the picture are fifteen."""
    from desktop.bench.pictures.series import bench_tasks
    from desktop.bench.random_model import made_vocabulary
    from desktop.engine.qwen.prompt import write_words
    from desktop.engine.tasks import fill

    made = {name: write_words(made_vocabulary(), fill(task)) for name, task in bench_tasks().items() if name != "ask"}
    assert {len(words.head) for words in made.values()} == {15}
    assert len({tuple(words.tail) for words in made.values()}) == len(made)
