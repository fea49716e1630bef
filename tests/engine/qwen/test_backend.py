"""Kernels that are still being compiled when the weights are there: plain torch answers until they are ready."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from desktop.engine.qwen import backend, model
from desktop.engine.qwen.backend import Backend
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.operators import Plain
from desktop.engine.qwen.quantisation import Kind
from tests.engine.qwen.asked import Asked
from tests.engine.qwen.checkpoints import Reference, random_shot

SHOT = random_shot(112, 112)


class Compiled(Plain):
    """Stands for what takes long to be ready."""


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing is compiled before this is set."""
    ready, choose = threading.Event(), backend.choose_backend

    def choose_late(device: Device, kind: Kind, attention: str) -> Backend:
        ready.wait()
        return Backend(choose(device, kind, attention).attention, Compiled())

    monkeypatch.setattr(backend, "choose_backend", choose_late)
    monkeypatch.setattr(model, "KERNELS_S", 0.0)
    yield ready
    ready.set()


def load(reference: Reference) -> Asked:
    """A model that was not loaded before."""
    return Asked(QwenModel.load(Path(reference.folder), lambda _share, _words: None), reference)


def test_plain_torch_answers_until_then(compiled: threading.Event, reference: Reference) -> None:
    """An answer that runs goes on by what was compiled, without torch's times; nothing else disturbs it."""
    asked = load(reference)
    means, pace = asked.model.language.backend, asked.model.scheduler.pace
    running = asked.request(SHOT)
    asked.model.scheduler.add(running)
    while len(running.produced) < 5:
        asked.model.step()
    assert type(means.operators) is Plain
    compiled.set()
    better = asked.model._better
    assert better is not None
    better.result(60)
    asked.model.step()
    assert type(means.operators) is Compiled
    assert asked.model.scheduler.pace is not pace
    while not running.ended:
        assert asked.model._cold
        asked.model.step()
    asked.model.end(running)
    assert not asked.model._cold
    assert running.produced == asked.expected(SHOT)


def test_they_are_taken_over_behind_an_answer(compiled: threading.Event, reference: Reference) -> None:
    """Not before the next one, which somebody would wait for."""
    asked = load(reference)
    first = asked.request(SHOT)
    asked.model.scheduler.add(first)
    asked.model.step()
    compiled.set()
    better = asked.model._better
    assert better is not None
    better.result(60)
    asked.model.end(first)
    assert type(asked.model.language.backend.operators) is Compiled


def test_an_answer_needs_no_warming_up(
    compiled: threading.Event, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where memory is too short for that just then, it goes on without, and no page is lost."""
    asked = load(reference)
    model, prefill, shortages = asked.model, asked.model.language.prefill, ["out of memory"]

    def fail_first(*arguments: Any) -> Tensor:
        if shortages:
            raise torch.OutOfMemoryError(shortages.pop())
        return prefill(*arguments)

    compiled.set()
    assert model._better is not None
    model._better.result(60)
    monkeypatch.setattr(Device, "on_cuda", True)
    monkeypatch.setattr(model.language, "prefill", fail_first)
    request = asked.request(SHOT)
    asked.run(request)
    assert not shortages
    assert request.produced == asked.expected(SHOT)
    model.scheduler.prefixes.clear()
    assert model.cache.free_pages == model.cache.pages


def test_what_is_ready_with_the_weights_is_taken_at_once(
    compiled: threading.Event, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at every start but the first one."""
    monkeypatch.setattr(model, "KERNELS_S", 60.0)
    compiled.set()
    asked = load(reference)
    assert type(asked.model.language.backend.operators) is Compiled
    assert asked.model._better is None
