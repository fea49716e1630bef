"""What goes wrong ends one job with one sentence, or not even that; the others go on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from desktop.engine.api import EngineError
from desktop.engine.qwen import failure
from desktop.engine.qwen.attention import Ladder, choose_attention
from desktop.engine.qwen.engine import LOST, SHORT_OF_MEMORY, QwenEngine
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.language import Step
from desktop.engine.qwen.model import MOST_WORDS, QwenModel
from desktop.engine.qwen.shares import Shares
from desktop.errors import UserError
from desktop.job import Job, Shot, State, Update
from tests.engine.qwen.asked import job
from tests.engine.sessions import RunningSession

CUDA_ERROR = RuntimeError("CUDA error: an illegal memory access was encountered")


def loaded(engine: QwenEngine) -> QwenModel:
    """The engine's model."""
    assert engine._model is not None
    return engine._model


def picture(width: int, height: int, seed: int = 0, question: str = "What is this?") -> Job:
    """A question about a picture of that size."""
    return job("ask", seed, question, (width, height))


def answer(engine: QwenEngine, one: Job) -> Update:
    """The last Update of a job alone."""
    return list(engine.submit(one))[-1]


@pytest.fixture
def fail_vision(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception, int], list[int]]:
    """Let the vision tower raise an error the first so many times; the tokens of each picture that it was given."""

    def arrange(error: Exception, times: int) -> list[int]:
        model = loaded(engine)
        embed, given = model.vision.embed, []

        def work(patches: Tensor, grid: Grid) -> Shares:
            given.append(len(patches))
            if len(given) <= times:
                raise error
            return embed(patches, grid)

        monkeypatch.setattr(model.vision, "embed", work)
        return given

    return arrange


def test_out_of_memory_is_tried_again_smaller(
    engine: QwenEngine, fail_vision: Callable[[Exception, int], list[int]]
) -> None:
    """The job is answered, and says that the picture was reduced, while it runs as well: it may be stopped."""
    given = fail_vision(torch.OutOfMemoryError("CUDA out of memory"), 1)
    *running, last = engine.submit(picture(640, 360))
    assert last.state is State.DONE
    for update in (running[-1], last):
        assert update.reduced
        assert "read at" in update.note
    assert len(given) == 2
    assert given[1] <= given[0] * 0.6


def test_out_of_memory_twice_is_one_sentence(
    engine: QwenEngine, fail_vision: Callable[[Exception, int], list[int]]
) -> None:
    """The next job is answered; nothing stays taken."""
    fail_vision(torch.OutOfMemoryError("CUDA out of memory"), 2)
    with pytest.raises(EngineError, match="too little memory") as failed:
        answer(engine, picture(640, 360))
    assert str(failed.value) == SHORT_OF_MEMORY
    assert answer(engine, picture(640, 360)).state is State.DONE
    loaded(engine).scheduler.prefixes.clear()
    assert loaded(engine).cache.free_pages == loaded(engine).cache.pages


def test_a_failed_job_never_harms_the_others(
    engine: QwenEngine, fail_vision: Callable[[Exception, int], list[int]]
) -> None:
    """Two jobs run, a third one breaks; the two say what they say alone."""
    jobs = [picture(120, 80, seed) for seed in range(2)]
    alone = [answer(engine, one).text for one in jobs]
    loaded(engine).scheduler.prefixes.clear()
    steps = [engine.submit(one) for one in jobs]
    for step in steps:
        next(step)
    fail_vision(ValueError("a bug"), 1)
    with pytest.raises(ValueError, match="a bug"):
        answer(engine, picture(200, 200, 7))
    assert [list(step)[-1].text for step in steps] == alone


def test_a_lost_gpu_is_one_sentence_and_loaded_anew(
    engine: QwenEngine, fail_vision: Callable[[Exception, int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All running jobs end with the sentence; the next job loads the model again."""
    steps = engine.submit(picture(120, 80, 1))
    next(steps)
    fail_vision(CUDA_ERROR, 1)
    monkeypatch.setattr(failure, "_answers", lambda _device: False)
    with pytest.raises(EngineError) as failed:
        answer(engine, picture(200, 200))
    assert str(failed.value) == LOST
    monkeypatch.undo()
    assert engine._model is None
    assert answer(engine, picture(200, 200)).state is State.DONE
    assert next(steps).state is State.RUNNING, "on a CPU the old model still answers"


def test_a_gpu_lost_in_the_middle_frees_nothing_more(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every call to the device fails, also those that end a job, its sentence is the same."""
    model = loaded(engine)
    steps = engine.submit(picture(120, 80))
    next(steps)

    def fail(*_arguments: object) -> None:
        raise CUDA_ERROR

    monkeypatch.setattr(model.language, "decode", fail)
    monkeypatch.setattr(model.scheduler._rows, "leave", fail)
    monkeypatch.setattr(failure, "_answers", lambda _device: False)
    with pytest.raises(EngineError) as failed:
        list(steps)
    assert str(failed.value) == LOST
    monkeypatch.undo()
    assert answer(engine, picture(120, 80)).state is State.DONE


def test_a_way_of_attention_that_fails_is_left_once(engine: QwenEngine, caplog: pytest.LogCaptureFixture) -> None:
    """The job goes on with the next way, with the same answer and a remark; later jobs say nothing of it."""
    model = loaded(engine)
    expected = answer(engine, picture(120, 80)).text
    model.scheduler.prefixes.clear()

    def broken(*_arguments: object) -> Tensor:
        raise RuntimeError("no kernel image is available for execution on the device")

    plain = choose_attention(model.device.place, model.device.dtype)._steps
    ladder = Ladder({name: [("flash-attn", broken), *steps] for name, steps in plain.items()}, model.device.place)
    assert ladder.name == "flash-attn"
    model.use_attention(ladder)
    last = answer(engine, picture(120, 80))
    assert last.text == expected
    assert "Attention by flash-attn failed, so sdpa took over" in last.note
    assert "attention sdpa" in last.details
    assert "took over" not in answer(engine, picture(120, 80, 1)).note
    assert caplog.text.count("took over") == 4, "once for each operation"


def test_weights_deleted_while_resident(checkpoint: Path, tmp_path: Path) -> None:
    """What is loaded answers on; loading it again names what is missing."""
    copy = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    engine = QwenEngine(copy)
    engine.load(lambda _share, _words: None)
    expected = answer(engine, picture(120, 80)).text
    (copy / "model.safetensors").write_bytes(b"")
    shutil.rmtree(copy)
    loaded(engine).scheduler.prefixes.clear()
    assert answer(engine, picture(120, 80)).text == expected
    engine.close()
    with pytest.raises(EngineError, match=r"config\.json is missing"):
        engine.load(lambda _share, _words: None)


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_a_model_that_computes_no_numbers_is_told(engine: QwenEngine, temperature: float) -> None:
    """Instead of one token without end, and drawing from it, which would lose a GPU."""
    one = picture(120, 80)
    weights = loaded(engine).language.weights
    weights["layers.0.mlp.down_proj.weight"][0, 0] = torch.nan
    with pytest.raises(EngineError, match="files are damaged"):
        answer(engine, replace(one, task=replace(one.task, temperature=temperature)))


def test_a_huge_picture_is_reduced_and_said(engine: QwenEngine) -> None:
    """12,000 x 12,000 pixels are read at the picture limit."""
    huge = Shot(12000, 12000, bytes(12000 * 12000 * 3))
    last = answer(engine, Job(huge, job("text").task))
    assert last.state is State.DONE
    assert last.reduced
    assert last.note.startswith("The picture was read at 1904 × 1904 pixels, 3 % of its size.")


def test_words_without_end_are_refused(engine: QwenEngine) -> None:
    """100,000 characters are told to be too long, before anything is computed."""
    with pytest.raises(UserError, match=f"too long .* {MOST_WORDS:,} are the most"):
        answer(engine, picture(120, 80, question="word " * 20000))


def test_a_strip_beside_words_that_fill_the_cache(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes more tokens than its pixels say, since it cannot be lower than one; the answer may be short as well."""
    monkeypatch.setattr(QwenModel, "_pages", lambda _model: 6)
    engine = QwenEngine(checkpoint)
    engine.load(lambda _share, _words: None)
    strip = picture(5572, 28, question="x " * 740)
    with pytest.raises(EngineError, match="too much for this GPU's memory"):
        answer(engine, replace(strip, task=replace(strip.task, max_tokens=8)))


def test_fifty_jobs_at_once(engine: QwenEngine) -> None:
    """All are answered, as they are alone; more than the engine takes at once wait."""
    jobs = [picture(120, 80, seed % 5) for seed in range(50)]
    alone = [answer(engine, one).text for one in jobs[:5]]
    with RunningSession(engine) as session:
        for one in jobs:
            session.session.submit(one)
        for number, one in enumerate(jobs):
            last = session.finish(one.id)
            assert last.state is State.DONE
            assert last.text == alone[number % 5]


def test_the_text_of_a_failed_job_is_kept(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure in the middle of an answer leaves what was said, in the session."""
    model = loaded(engine)
    decode, steps = model.language.decode, 0

    def break_later(step: Step) -> Tensor:
        nonlocal steps
        steps += 1
        if steps > 20:
            raise RuntimeError("a bug")
        return decode(step)

    monkeypatch.setattr(model.language, "decode", break_later)
    with RunningSession(engine) as session:
        one = picture(120, 80, 1)
        session.session.submit(one)
        last = session.finish(one.id)
    assert last.state is State.FAILED
    assert last.text
    assert "Something went wrong" in last.error
