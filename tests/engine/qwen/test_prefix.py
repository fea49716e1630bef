"""A picture that is computed before anyone asks, and the short way of what is then asked."""

import pytest
import torch
from torch import Tensor

from desktop.engine.qwen.cache import PAGE
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.shares import Shares
from desktop.engine.qwen.tail import SIZES
from desktop.job import Job, Shot, State
from tests.engine.qwen.asked import WORDS, Asked, job
from tests.engine.qwen.checkpoints import random_shot

SIZE = (641, 360)  # 299 tokens, more than a page


def answer(engine: QwenEngine, one: Job) -> str:
    """What is said in the end."""
    last = list(engine.submit(one))[-1]
    assert last.state is State.DONE
    return last.text


@pytest.fixture
def pictures(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The patches of each picture that the vision tower was given."""
    assert engine._model is not None
    embed, given = engine._model.vision.embed, []

    def work(patches: Tensor, grid: Grid) -> Shares:
        given.append(len(patches))
        return embed(patches, grid)

    monkeypatch.setattr(engine._model.vision, "embed", work)
    return given


def test_a_prepared_picture_is_computed_once(engine: QwenEngine, pictures: list[int]) -> None:
    """All that is asked about it goes on from there, with the same answers; no page is lost."""
    model = engine._model
    assert model is not None
    jobs = [job("text", 1, size=SIZE), job("describe", 1, size=SIZE), job("ask", 1, "What is this?", SIZE)]
    alone = []
    for one in jobs:
        alone.append(answer(engine, one))
        model.scheduler.prefixes.clear()
    pictures.clear()
    assert len(list(engine.prepare(jobs[0].shot))) >= 1
    assert [answer(engine, one) for one in jobs] == alone
    assert len(pictures) == 1
    model.scheduler.prefixes.clear()
    assert model.cache.free_pages == model.cache.pages


def test_a_preparation_that_is_given_up_holds_nothing(engine: QwenEngine) -> None:
    """Closed before its first step, in the middle, and behind its end."""
    model = engine._model
    assert model is not None
    for steps in (0, 1, 9):
        preparation = engine.prepare(random_shot(*SIZE))
        for _, _step in zip(range(steps), preparation, strict=False):
            pass
        preparation.close()  # type: ignore[attr-defined]
        assert model.scheduler._coming is None
        assert not model.scheduler._waiting
    model.scheduler.prefixes.clear()
    assert model.cache.free_pages == model.cache.pages


def test_a_job_on_a_picture_in_preparation(engine: QwenEngine, pictures: list[int]) -> None:
    """It goes on from what is being computed, whoever moves it on."""
    one = job("describe", 2, size=SIZE)
    expected = answer(engine, one)
    assert engine._model is not None
    engine._model.scheduler.prefixes.clear()
    engine._model.scheduler.prefill.patient = 64
    busy = engine.submit(job("text", 5, size=(120, 80)))
    next(busy)
    preparation = engine.prepare(one.shot)
    next(preparation)
    pictures.clear()
    steps = engine.submit(one)
    texts = [update.text for update in steps]
    assert texts[-1] == expected
    assert len(pictures) <= 1
    list(preparation)
    list(busy)


def test_nothing_is_prepared_without_a_model(checkpoint: object) -> None:
    """An engine that is not loaded stays so."""
    engine = QwenEngine(checkpoint)  # type: ignore[arg-type]
    assert list(engine.prepare(Shot(64, 64, bytes(64 * 64 * 3)))) == []
    assert engine._model is None


@pytest.mark.parametrize("words", [1, 5, 30, 90, SIZES[-1], 200])
def test_short_and_long_tails(asked: Asked, words: int) -> None:
    """Words behind a kept picture, in every size of the short way, over the end of a page, and too many for it."""
    shot = random_shot(*SIZE, seed=8)
    asked.run(asked.request(shot, WORDS, tokens=3))
    said = " ".join(["hello"] * words)
    request = asked.request(shot, said, tokens=24)
    asked.run(request)
    assert request.reused >= 256
    assert request.produced == asked.expected(shot, said, tokens=24)


def test_a_tail_reads_nothing_that_others_left(asked: Asked) -> None:
    """Pages may hold what is no number, of a prompt that failed: however little counts of it, no number comes out."""
    shot, cache = random_shot(*SIZE, seed=8), asked.model.cache
    asked.run(asked.request(shot, WORDS, tokens=3))
    first = asked.model.scheduler.prefixes._kept[-1]
    last = first.pages[-1] * PAGE
    for tensor in (cache.keys, cache.values):
        tensor.flatten(1, 2)[:, last + len(first.keys) % PAGE : last + PAGE] = torch.nan
        tensor[:, [*cache._free, cache.spare_page]] = torch.nan
    request = asked.request(shot, "hello", tokens=24)
    asked.run(request)
    assert request.reused >= PAGE
    assert request.produced == asked.expected(shot, "hello", tokens=24)
