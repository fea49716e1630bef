"""What follows on the same picture: exact, and without computing again what is kept."""

from itertools import pairwise

import pytest
import torch

from desktop.engine.qwen.cache import PAGE
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.prefixes import MOST_KEPT
from desktop.engine.qwen.shares import Shares
from tests.engine.qwen.asked import WORDS, Asked
from tests.engine.qwen.checkpoints import random_shot

SIZE = (641, 360)  # 299 tokens, more than a page
FIRST, SECOND, THIRD = WORDS, "Describe this picture:", "hello world"


def test_three_turns_on_one_picture(asked: Asked) -> None:
    """Follow-ups are exact, and the picture is computed once."""
    shot = random_shot(*SIZE)
    turns: list[tuple[str, str]] = []
    for words in (FIRST, SECOND, THIRD):
        request = asked.request(shot, words, turns)
        asked.run(request)
        assert request.produced == asked.expected(shot, words, turns)
        assert request.reused >= (PAGE if turns else 0)
        turns.append((words, asked.text(request)))
    assert asked.towers == 1


def test_another_task_on_the_same_picture(asked: Asked) -> None:
    """Two tasks share the picture's pages, also while both run; each gets the tokens that it gets alone."""
    shot = random_shot(*SIZE, seed=4)
    first = asked.request(shot, FIRST)
    asked.run(first)
    others = [asked.request(shot, SECOND), asked.request(shot, THIRD), asked.request(shot, FIRST)]
    asked.run(*others, join_every=5)
    assert asked.towers == 1
    for request, words in zip([first, *others], (FIRST, SECOND, THIRD, FIRST), strict=True):
        assert request.produced == asked.expected(shot, words)


def test_two_tasks_at_once_on_a_new_picture(asked: Asked) -> None:
    """The picture is computed for the first of them alone; cancelling either leaves the other what it needs."""
    model, shot = asked.model, random_shot(*SIZE, seed=6)
    cancelled, *others = (asked.request(shot, words) for words in (FIRST, SECOND, THIRD))
    for request in (*others, cancelled):
        model.scheduler.add(request)
    while not all(request.produced for request in others):
        model.step()
    model.scheduler.remove(cancelled)
    while not all(request.ended for request in others):
        model.step()
    assert asked.towers == 1
    for request, words in zip(others, (SECOND, THIRD), strict=True):
        assert request.produced == asked.expected(shot, words)
    model.scheduler.prefixes.clear()
    assert model.cache.free_pages == model.cache.pages


def test_a_prompt_that_computes_no_numbers_is_not_gone_on_with(asked: Asked) -> None:
    """Nor does it harm whoever runs beside it, or takes its pages."""
    model, shot = asked.model, random_shot(*SIZE, seed=7)
    model.cache._free = model.cache._free[:6]
    damaged, beside = asked.request(shot, FIRST), asked.request(random_shot(112, 112), FIRST)

    embed = damaged.embed_picture

    def embed_damaged() -> Shares:
        return torch.nan * (yield from embed())

    damaged.embed_picture = embed_damaged
    asked.run(damaged, beside)
    assert "files are damaged" in str(damaged.error)
    others = [asked.request(shot, words) for words in (FIRST, SECOND)]
    asked.run(*others)
    assert others[1].reused >= PAGE
    for request, words in zip(others, (FIRST, SECOND), strict=True):
        assert request.produced == asked.expected(shot, words)
    assert beside.produced == asked.expected(random_shot(112, 112), FIRST)


def test_another_picture_shares_nothing(asked: Asked) -> None:
    """Pictures of one size and different pixels are told apart."""
    for seed in range(2):
        shot = random_shot(*SIZE, seed=seed)
        request = asked.request(shot, FIRST)
        asked.run(request)
        assert request.reused == 0
        assert request.produced == asked.expected(shot, FIRST)


def test_a_cancelled_answer_can_be_followed(asked: Asked) -> None:
    """What was computed before the cancel is kept, and nothing that was not."""
    shot = random_shot(*SIZE)
    request = asked.request(shot, FIRST)
    asked.model.scheduler.add(request)
    for _ in range(9):
        asked.model.step()
    asked.model.scheduler.remove(request)
    turns = [(FIRST, asked.text(request))]
    follow = asked.request(shot, SECOND, turns)
    asked.run(follow)
    assert follow.produced == asked.expected(shot, SECOND, turns)
    assert follow.reused >= len(request.prompt.ids)


def test_conversations_make_room_for_new_ones(asked: Asked) -> None:
    """The oldest are forgotten where pages are short or very many are kept; no page is lost."""
    model = asked.model
    model.cache._free = model.cache._free[:5]  # 299 + about 30 + 64 tokens take two pages
    for seed in range(4):
        shot = random_shot(*SIZE, seed=seed)
        request = asked.request(shot, FIRST)
        asked.run(request)
        assert request.produced == asked.expected(shot, FIRST)
    assert len(model.scheduler.prefixes) == 2
    model.scheduler.prefixes.clear()
    assert model.cache.free_pages == 5


def test_what_is_kept_makes_room_for_warming_up(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels that were compiled meanwhile are measured on pages of the cache, which may all be kept by then."""
    model = asked.model
    model.scheduler.prefixes.keep(tuple(range(model.cache.pages * PAGE)), model.cache.take(model.cache.pages))
    monkeypatch.setattr(Device, "on_cuda", True)
    model.scheduler.warm_up()
    assert model.cache.free_pages == model.cache.pages


def test_who_waits_in_vain_costs_nobody_a_conversation(asked: Asked) -> None:
    """While running answers hold the pages that a request needs, forgetting what is kept would not help it."""
    model = asked.model
    model.cache._free = model.cache._free[:6]
    kept = random_shot(*SIZE, seed=1)
    asked.run(asked.request(kept, FIRST))
    running, waiting = (
        asked.request(random_shot(*SIZE, seed=2), FIRST, tokens=500),
        asked.request(kept, FIRST, tokens=900),
    )
    model.scheduler.add(running)
    while len(running.produced) < 5:
        model.step()
    model.scheduler.add(waiting)
    for _ in range(5):
        model.step()
    assert not waiting.pages
    assert len(model.scheduler.prefixes) == 2  # what was kept, and the running answer's prompt
    model.scheduler.remove(running)
    while not waiting.produced:
        model.step()
    assert waiting.reused == len(waiting.prompt.ids) - 1


def test_only_so_many_are_kept(asked: Asked) -> None:
    """Looking for a prefix stays quick."""
    for seed in range(MOST_KEPT + 3):
        asked.run(asked.request(random_shot(64, 64, seed=seed), FIRST, tokens=1))
    assert len(asked.model.scheduler.prefixes) == MOST_KEPT
    asked.model.scheduler.prefixes.clear()
    assert asked.model.cache.free_pages == asked.model.cache.pages


def test_a_running_answer_goes_on_while_a_picture_arrives(asked: Asked) -> None:
    """The new prompt is computed in pieces, a token of the running answer after each; both say what they say alone."""
    scheduler = asked.model.scheduler
    scheduler.prefill.patient = 64
    shots = [random_shot(112, 112), random_shot(*SIZE, seed=2)]
    running, arriving = (asked.request(shot, FIRST) for shot in shots)
    scheduler.add(running)
    while len(running.produced) < 5:
        asked.model.step()
    scheduler.add(arriving)
    counts = [len(running.produced)]
    while not arriving.produced:
        asked.model.step()
        counts.append(len(running.produced))
    assert len(counts) > 1.5 * len(arriving.prompt.ids) // 64, "the picture comes in shares as well"
    assert all(after == before + 1 for before, after in pairwise(counts))
    while not (running.ended and arriving.ended):
        asked.model.step()
    for request, shot in zip((running, arriving), shots, strict=True):
        assert request.produced == asked.expected(shot, FIRST)


@pytest.mark.parametrize("kept", [True, False])
def test_small_prompts_that_come_together_come_in_turn(asked: Asked, kept: bool) -> None:
    """However short they are, a step of a running answer waits for no more of them than its allowance has crumbs."""
    scheduler, shot = asked.model.scheduler, random_shot(*SIZE)
    scheduler.prefill.patient = 2 * scheduler.prefill.crumb
    asked.run(asked.request(shot, FIRST))
    running = asked.request(random_shot(112, 112), FIRST)
    scheduler.add(running)
    while len(running.produced) < 5:
        asked.model.step()
    shots = [shot] * 5 if kept else [random_shot(32, 32, seed) for seed in range(5)]
    coming = [asked.request(each, SECOND) for each in shots]
    for request in coming:
        scheduler.add(request)
    begun = [0]
    while begun[-1] < len(coming):
        asked.model.step()
        begun.append(sum(bool(request.produced) for request in coming))
    assert max(after - before for before, after in pairwise(begun)) == (2 if kept else 1), "a picture is a crumb, too"
    while not all(request.ended for request in (running, *coming)):
        asked.model.step()
    assert all(request.produced == asked.expected(each, SECOND) for each, request in zip(shots, coming, strict=True))


def test_the_speed_of_prompts_is_measured_without_a_trace(asked: Asked) -> None:
    """What one token takes is a time, and the pages that it took are free again."""
    assert 0 < asked.model.scheduler.prefill._seconds(256) < 1
    assert asked.model.cache.free_pages == asked.model.cache.pages


def test_a_request_that_waits_for_pages_changes_nothing(asked: Asked) -> None:
    """Step by step nothing is copied, taken or forgotten for it; once there is room it goes on from what is kept."""
    model = asked.model
    shot = random_shot(*SIZE, seed=9)
    asked.run(asked.request(shot, FIRST, tokens=4))
    kept = len(model.scheduler.prefixes)
    others = model.cache.take(model.cache.free_pages - 1)
    request = asked.request(shot, SECOND, tokens=600)
    model.scheduler.add(request)
    for _ in range(5):
        model.step()
    assert (model.cache.free_pages, len(model.scheduler.prefixes), request.pages) == (1, kept, [])
    model.cache.give_back(others)
    while not request.ended:
        model.step()
    assert request.reused >= PAGE
    assert request.produced == asked.expected(shot, SECOND, tokens=600)
