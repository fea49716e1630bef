"""Memory that is short at any place of a step: the step is done once more, no token is lost, and nothing hangs."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from desktop.engine.qwen import scheduler
from desktop.engine.qwen.cache import KVCache
from desktop.engine.qwen.drafts import Drafts
from desktop.engine.qwen.flight import Flight
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.pace import Pace
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.rows import Rows
from desktop.engine.qwen.sampling import Sampler
from tests.engine.qwen.asked import WORDS, Asked
from tests.engine.qwen.checkpoints import random_shot

SHORTAGE = torch.OutOfMemoryError("CUDA out of memory")
SHOTS = [random_shot(120, 80, seed) for seed in range(2)]
Break = Callable[..., None]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Let a function raise an error in these of its calls, which are counted from 0."""

    def arrange(owner: object, name: str, calls: range, error: Exception = SHORTAGE) -> None:
        function, number = getattr(owner, name), count()

        def work(*arguments: object, **named: object) -> object:
            if next(number) in calls:
                raise error
            return function(*arguments, **named)

        monkeypatch.setattr(owner, name, work)

    return arrange


def requests(asked: Asked) -> list[Request]:
    """Two answers, the first of which is drawn by chance; the second one has a draft."""
    drawn, likeliest = (asked.request(shot, tokens=24) for shot in SHOTS)
    drawn.sampling = replace(drawn.sampling, temperature=1.0, seed=1)
    likeliest.draft.offer([1, 2, 3])
    return [drawn, likeliest]


def free_pages(model: QwenModel) -> int:
    """The pages that nobody holds, once what is kept is forgotten."""
    model.scheduler.prefixes.clear()
    return model.cache.free_pages


@pytest.mark.parametrize(
    ("owner", "name", "call"),
    [
        (Sampler, "choose", 0),
        (Sampler, "choose", 6),
        (Flight, "__init__", 0),
        (Flight, "__init__", 6),
        (KVCache, "slots", 1),
        (Drafts, "put", 0),
        (LanguageModel, "decode", 4),
    ],
)
def test_no_token_is_lost(asked: Asked, fail: Break, owner: type, name: str, call: int) -> None:
    """Each answer is what it is alone, whoever runs and whatever the device was at."""
    alone = []
    for request in requests(asked):
        asked.run(request)
        alone.append(request.produced)
        asked.model.scheduler.prefixes.clear()
    fail(owner, name, range(call, call + 1))
    together = requests(asked)
    asked.run(*together, join_every=3)
    assert [request.error for request in together] == [None, None]
    assert [request.produced for request in together] == alone


class Short(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Has no memory for one operation, counted from 0 among those that take some; `left` is below 0 from then on."""

    def __init__(self, number: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.left = number

    def __torch_dispatch__(self, function: Any, _types: object, arguments: Any = (), named: Any = None) -> Any:
        takes = all(result.alias_info is None for result in function._schema.returns)
        self.left -= takes
        if takes and self.left == -1:
            raise SHORTAGE
        return function(*arguments, **(named or {}))


def test_a_step_with_a_draft_changes_nothing_before_it_has_its_memory(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the draft had right would count as said before it was, and be less likely when the step is done again."""
    answer, advance = asked.expected(SHOTS[0], tokens=24), Rows.advance
    for number in count():
        short = Short(number)

        def work(*arguments: Any, short: Short = short) -> None:
            with short:
                advance(*arguments)

        monkeypatch.setattr(Rows, "advance", work)
        request = asked.request(SHOTS[0], tokens=24)
        request.draft.offer(answer[:9])
        asked.model.scheduler.pace = Pace()  # which tries the widest first
        asked.run(request)
        assert request.produced == answer
        if short.left >= 0:
            return


def test_a_conversation_outlasts_a_shortage(asked: Asked, fail: Break) -> None:
    """Forgetting it would give no memory back: the cache stays as it is."""
    shot = random_shot(641, 360)
    first = asked.request(shot, tokens=8)
    asked.run(first)
    fail(asked.model.language, "decode", range(2, 3))
    asked.run(asked.request(SHOTS[0], tokens=8))
    turns = [(WORDS, asked.text(first))]
    follow = asked.request(shot, "hello world", turns, tokens=8)
    asked.run(follow)
    assert follow.reused >= len(first.prompt.ids)
    assert follow.produced == asked.expected(shot, "hello world", turns, tokens=8)


def test_a_prompt_that_never_fits_ends(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is computed anew once, not again and again, though its first piece fits each time."""
    language, running, large = asked.model.language, asked.request(SHOTS[0]), asked.request(random_shot(641, 360))
    prefill = language.prefill

    def fail_behind(embeddings: Tensor, positions: Tensor, slots: Tensor, begun: int) -> Tensor:
        if begun:
            raise SHORTAGE
        return prefill(embeddings, positions, slots, begun)

    asked.model.scheduler.prefill.patient = 128
    asked.model.scheduler.add(running)
    asked.model.step()
    monkeypatch.setattr(language, "prefill", fail_behind)
    asked.run(large)
    assert large.error is SHORTAGE
    assert running in asked.model.scheduler._running
    while not running.ended:
        asked.model.step()
    assert running.produced == asked.expected(SHOTS[0])


def test_a_request_that_fails_as_it_joins_leaves_its_row(asked: Asked, fail: Break) -> None:
    """Steps for more requests than there are would go on writing to its pages, which are somebody else's by then."""
    fail(Sampler, "choose", range(1), ValueError("a bug"))
    request = asked.request(SHOTS[0])
    asked.run(request)
    rows = asked.model.scheduler._rows
    assert str(request.error) == "a bug"
    assert not rows.used.any()
    assert (rows.table == asked.model.cache.spare_page).all()
    assert free_pages(asked.model) == asked.model.cache.pages


def test_a_draw_that_fails_ends_its_own_answer(asked: Asked, fail: Break) -> None:
    """The others go on."""
    drawn, likeliest = requests(asked)
    fail(Sampler, "choose", range(6, 7), ValueError("a bug"))
    asked.run(drawn, likeliest)
    assert str(drawn.error) == "a bug"
    assert likeliest.produced == asked.expected(SHOTS[1], tokens=24)
    assert free_pages(asked.model) == asked.model.cache.pages


def test_a_larger_picture_is_never_kept_as_the_smaller_one(asked: Asked, fail: Break) -> None:
    """Where memory is too short even to begin with the smaller one, what was computed of the larger one goes."""
    model, shot = asked.model, random_shot(641, 360)
    request = asked.request(shot)
    smaller = asked.request(random_shot(320, 180))
    request.smaller = lambda: (smaller.prompt, smaller.embed_picture)
    model.scheduler.prefill.patient = 64
    model.scheduler.add(asked.request(SHOTS[0], tokens=200))
    model.step()
    model.scheduler.add(request)
    while request.written < 64:
        model.step()
    fail(model.language, "prefill", range(1))
    fail(scheduler, "upload", range(1))
    while not request.ended:
        model.step()
    assert request.error is SHORTAGE
    assert len(model.scheduler.prefixes) == 1  # the running answer's prompt
