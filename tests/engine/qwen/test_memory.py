"""The GPU's memory is free again as soon as nothing needs it, for other programs and for the next model."""

import gc
import json
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import torch

from desktop.engine.api import EngineError
from desktop.engine.qwen import device
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.model import QwenModel
from tests.engine.qwen.asked import job


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    """Cycles stay until somebody asks for them: when the collector comes by itself is chance."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ask_to_the_end(engine: QwenEngine) -> None:
    """Have a job answered."""
    list(engine.submit(job("text")))


def leave_in_the_middle(engine: QwenEngine) -> None:
    """Cancel a job."""
    one = job("text")
    steps = engine.submit(one)
    next(steps)
    engine.cancel(one.id)
    list(steps)


@pytest.mark.parametrize("use", [lambda _engine: None, ask_to_the_end, leave_in_the_middle])
def test_a_closed_engine_holds_nothing(engine: QwenEngine, use: Callable[[QwenEngine], None]) -> None:
    """Weights and cache are gone at once, whatever was asked before."""
    use(engine)
    model = engine._model
    assert isinstance(model, QwenModel)
    left = [weakref.ref(part) for part in (model.cache.keys, model.language, model.vision, model.scheduler)]
    del model
    engine.close()
    assert [part() for part in left] == [None] * 4


def test_others_may_ask_what_it_is_while_it_closes(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Giving memory back takes its time, and a job that is submitted meanwhile names the engine."""
    model, told = engine._model, []
    monkeypatch.setattr(device, "give_back", lambda: told.append(engine.capabilities.title))
    engine.close()
    assert told == [engine.capabilities.title]
    assert model is not None
    assert model.attention.name == "sdpa", "who had the model in hand"


def test_a_model_larger_than_the_memory_is_refused_before_it_is_read(
    checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A computer that runs out of memory ends other programs; what is free is what the system says."""
    cpu = device.choose_device()
    assert abs(cpu.free_bytes() - psutil.virtual_memory().available) < 2 << 30
    monkeypatch.setattr(device.Device, "free_bytes", lambda _device: 1_000_000)
    told: list[str] = []
    with pytest.raises(EngineError, match=r"weights need 2 MB of memory \(CPU, float32\), and 1 MB are free"):
        QwenEngine(checkpoint).load(lambda _share, words: told.append(words))
    assert told == []


def big_tensors() -> int:
    """How many tensors of the size of an embedding there are."""
    return sum(type(thing) is torch.Tensor and thing.numel() > 20_000 for thing in gc.get_objects())


def test_what_cannot_be_loaded_is_let_go(checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also while the failure is still being told, before torch is asked to give the room back."""
    copy = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    config = json.loads((copy / "config.json").read_text())
    config["text_config"]["intermediate_size"] *= 2
    (copy / "config.json").write_text(json.dumps(config))
    counts: list[int] = []
    monkeypatch.setattr(device, "give_back", lambda: counts.append(big_tensors()))
    before = big_tensors()
    with pytest.raises(EngineError, match="does not fit its config"):
        QwenEngine(copy).load(lambda _share, _words: None)
    assert counts == [before]
