"""How tokens are chosen: seeds, nucleus, stop words, limits; and what the user sets of them."""

from dataclasses import replace

import torch

from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.sampling import Sampler, Sampling
from desktop.job import Job, Task
from desktop.settings import Settings
from tests.engine.qwen.asked import job
from tests.engine.qwen.checkpoints import random_shot

LOGITS = torch.tensor([1.0, 3.0, 2.5, -1.0, 2.9, 0.0])


def drawn(sampling: Sampling, count: int = 400) -> list[int]:
    """Tokens drawn one after the other from the same logits."""
    sampler = Sampler(sampling, LOGITS.device)
    return [int(sampler.choose(LOGITS)) for _ in range(count)]


def test_greedy_takes_the_likeliest() -> None:
    """At temperature 0, whatever the rest says."""
    assert drawn(Sampling(temperature=0.0, top_p=0.5, seed=3), 5) == [1] * 5


def test_a_seed_draws_the_same_again() -> None:
    """And another seed others."""
    first, again, other = (drawn(Sampling(temperature=1.0, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_draws_follow_the_chances() -> None:
    """Each token comes about as often as softmax says, within 5 of 100."""
    tokens = torch.tensor(drawn(Sampling(temperature=1.0, seed=1), 4000))
    shares = torch.bincount(tokens, minlength=len(LOGITS)) / len(tokens)
    assert (shares - LOGITS.softmax(-1)).abs().max() < 0.05


def test_the_nucleus_leaves_the_tail_out() -> None:
    """The likeliest tokens that make up top_p, the one that reaches it among them."""
    chances = LOGITS.softmax(-1)
    nearly = float(chances[1] + chances[4]) - 1e-4
    assert set(drawn(Sampling(temperature=1.0, top_p=nearly, seed=1))) == {1, 4}
    assert set(drawn(Sampling(temperature=1.0, top_p=nearly + 2e-4, seed=1))) == {1, 4, 2}
    assert set(drawn(Sampling(temperature=1.0, top_p=1e-6, seed=1))) == {1}


def test_nothing_is_drawn_from_what_is_no_number() -> None:
    """But a token all the same: torch's multinomial would end the GPU's work for good."""
    token = Sampler(Sampling(temperature=1.0), LOGITS.device).choose(LOGITS * torch.nan)
    assert 0 <= int(token) < len(LOGITS)


def text_of(engine: QwenEngine, task: Task) -> str:
    """The whole answer about one picture."""
    return list(engine.submit(Job(random_shot(120, 80), task)))[-1].words


def test_what_the_user_sets_reaches_the_tokens(engine: QwenEngine) -> None:
    """Temperature and seed change the words; the same seed says the same; max_tokens and stop cut them."""
    task = job("text").task
    greedy = text_of(engine, task)
    warm = {seed: {"temperature": 1.5, "top_p": 0.95, "seed": seed} for seed in (1, 2)}
    texts = [text_of(engine, Settings(sampling={"text": warm[seed]}).adjust(task)) for seed in (1, 2, 1)]
    assert texts[0] == texts[2]
    assert len({greedy, *texts}) == 3
    word = greedy[len(greedy) // 2 :][:2]
    stopped = text_of(engine, Settings(sampling={"text": {"stop": [word]}}).adjust(task))
    assert stopped == greedy[: greedy.index(word)]
    short = text_of(engine, Settings(sampling={"text": {"max_tokens": 5}}).adjust(task))
    assert len(short) < len(greedy)
    assert greedy.startswith(short.rstrip("\ufffd"))


def test_other_tasks_stay_as_they_are() -> None:
    """Only the named task is adjusted, only in what is set."""
    task = job("describe").task
    settings = Settings(sampling={"describe": {"temperature": 0.7}})
    assert settings.adjust(task) == replace(task, temperature=0.7)
    assert settings.adjust(job("text").task) == job("text").task
