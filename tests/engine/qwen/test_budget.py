"""How large a picture may be, on the cards that people have."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from desktop.bench.random_model import SHAPES
from desktop.engine.qwen.budget import SMALLEST, Budget
from desktop.engine.qwen.cache import PAGE, bytes_per_page
from desktop.engine.qwen.loader import weight_bytes
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.products import room_for
from desktop.settings import Settings
from tests.engine.qwen.asked import job

GIB = 1 << 30
WEIGHTS, CONTEXT_GIB, TOKEN_BYTES = 15.45, 0.5, 57344  # of the 7B in bfloat16
KEPT_TOKENS = 2691 + 30 + 1024  # a conversation about a 1920x1080 picture
LIMITS = {"720p": 1288 * 728, "1080p": 1932 * 1092, "1440p": 2548 * 1428}  # as the model sees them


def limit(card_gib: float, kept: int = 0) -> int:
    """The limit for the 7B on a card of that size beside so many kept conversations, its cache as large as can be."""
    budget = Budget(SHAPES["7b"], 2, LIMITS["1440p"])
    free = (card_gib - WEIGHTS - CONTEXT_GIB) * GIB
    largest = budget.activations(budget.most_pixels if card_gib > 20 else SMALLEST)
    tokens = int(free - largest) // TOKEN_BYTES
    return budget.limit(largest, tokens - 1024 - kept * KEPT_TOKENS)


@pytest.mark.parametrize(("shape", "free_gb", "least"), [("7b", 10, "720p"), ("7b", 12, "1440p"), ("3b", 6, "720p")])
def test_what_is_recommended_has_room(shape: str, free_gb: float, least: str) -> None:
    """4-bit weights in so much free memory: the picture, a cache of 8,192 tokens, and what CUDA itself takes."""
    config = replace(SHAPES[shape], kind="awq")
    budget = Budget(config, 2, LIMITS["1440p"])
    free = free_gb * 10**9 - weight_bytes(config, 2) - 2 * room_for(config) - CONTEXT_GIB * GIB
    cache = 8192 // PAGE * bytes_per_page(config.language, torch.bfloat16)
    assert budget.limit(int(free - cache), 8192) >= LIMITS[least]


def test_a_lone_picture_goes_in_whole() -> None:
    """2560x1440 on a free 24 GB card."""
    assert limit(23.5) == LIMITS["1440p"]


@pytest.mark.parametrize(("card_gib", "kept", "least"), [(23.5, 3, "720p"), (39.5, 3, "1440p"), (39.5, 12, "1440p")])
def test_kept_conversations_leave_enough(card_gib: float, kept: int, least: str) -> None:
    """At least what the document asks for: 1280x720 beside three on 24 GB, 2560x1440 on 40 GB."""
    assert limit(card_gib, kept) >= LIMITS[least]


def test_the_limit_falls_with_what_is_kept() -> None:
    """On a card that is nearly full, each conversation leaves less."""
    limits = [limit(17.2, kept) for kept in range(4)]
    assert limits == sorted(limits, reverse=True)
    assert limits[0] > limits[3]


def test_memory_that_others_take_lowers_the_limit() -> None:
    """The picture's activations must fit into what is free now; with nothing free there is no picture."""
    budget = Budget(SHAPES["7b"], 2, LIMITS["1440p"])
    free = budget.activations(LIMITS["1080p"])
    assert budget.limit(free, 10**6) == LIMITS["1080p"]
    assert budget.limit(0, 10**6) == 0
    assert budget.limit(free, 0) == 0


@pytest.fixture
def model(checkpoint: Path) -> QwenModel:
    """A small checkpoint whose cache holds three conversations of 1280x720 and little more."""
    settings = Settings(picture_limit="1920x1080")
    model = QwenModel.load(checkpoint, lambda _share, _words: None, settings)
    del model.cache._free[19:]
    model.cache.pages = 19
    return model


def ask(model: QwenModel, seed: int, width: int = 1920, height: int = 1080, full_size: bool = False) -> bool:
    """Answer with 8 tokens; tell whether the picture was reduced."""
    asked = job("text", seed, size=(width, height))
    answer = model.begin(replace(asked, task=replace(asked.task, max_tokens=8), full_size=full_size))
    while not answer.request.ended:
        model.step()
    assert answer.request.error is None
    return answer.reduced


def test_kept_conversations_reduce_a_picture_until_asked(model: QwenModel) -> None:
    """Three are kept at the cost of the fourth picture's size; asked for full size, it goes in whole."""
    assert [ask(model, seed, 1280, 720) for seed in range(3)] == [False] * 3
    held = model.scheduler.prefixes.held_pages(())
    assert held * PAGE >= 3 * 1196
    assert ask(model, 3)
    assert len(model.scheduler.prefixes) >= 3
    assert not ask(model, 3, full_size=True)
    assert ask(model, 9, 1280, 720) is False, "1280x720 always goes in whole"


def test_a_reduced_picture_is_gone_on_with(model: QwenModel) -> None:
    """What is asked of it does not make it smaller each time, for the sake of what is kept of itself."""
    ask(model, 0, 1280, 720)
    one = job("ask", 3, "What is this?", (1920, 1080))
    one = replace(one, task=replace(one.task, max_tokens=8))
    prepared = model.begin_prefix(one.shot)
    assert SMALLEST < model.budget.pixels(prepared.prompt.grid) < LIMITS["1080p"]
    model.step()
    for earlier in ((), one.turns("hello"), one.turns("hello " * 100)):
        answer = model.begin(replace(one, earlier=earlier))
        while not answer.request.ended:
            model.step()
        assert answer.reduced
        assert answer.grid == prepared.prompt.grid
        assert answer.request.reused >= answer.request.prompt.picture.stop
    model.scheduler.prefixes.clear()
    assert not ask(model, 3), "there is room for all of it by now"
