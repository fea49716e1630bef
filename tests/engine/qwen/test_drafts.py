"""Drafts make an answer come in fewer steps and change none of its tokens: CPU, float32, small random checkpoints."""

import random
from collections.abc import Callable, Iterable, Sequence

import pytest
import torch

from desktop.engine.qwen.draft import Draft
from desktop.engine.qwen.drafts import Drafts
from desktop.engine.qwen.pace import WIDTHS, Pace
from desktop.engine.qwen.request import Request
from tests.engine.qwen.asked import WORDS, Asked
from tests.engine.qwen.checkpoints import random_shot

TOKENS = 200
SIZE = (300, 200)


class Wide(Pace):
    """Always verifies as much as a step can."""

    def choose(self, count: int, _chances: Iterable[float]) -> int:
        return max(next(widths for size, widths in WIDTHS.items() if size >= count))


def corrupted(tokens: Sequence[int], right: float, dice: random.Random) -> list[int]:
    """Every token is right with that chance; a wrong one is another token, one too many, or missing."""
    out: list[int] = []
    for token in tokens:
        wrong = dice.random() >= right
        kind = dice.choice(["other", "more", "less"]) if wrong else ""
        out += {"": [token], "other": [dice.randrange(300)], "more": [dice.randrange(300), token], "less": []}[kind]
    return out


def run(asked: Asked, *requests: Request) -> int:
    """Let the requests run together; the steps that took."""
    steps = 0
    for request in requests:
        asked.model.scheduler.add(request)
    while not all(request.ended for request in requests):
        asked.model.step()
        steps += 1
    return steps


@pytest.fixture
def wide(asked: Asked) -> Asked:
    """Steps that always verify drafts."""
    asked.model.scheduler.pace = Wide()
    return asked


def plain(asked: Asked, seed: int, tokens: int = TOKENS) -> list[int]:
    """What transformers says."""
    return asked.expected(random_shot(*SIZE, seed=seed), tokens=tokens)


@pytest.mark.parametrize("penalty", [1.0, 1.05])
@pytest.mark.parametrize(("right", "most_steps"), [(0.0, 1.1), (0.6, 0.75), (0.8, 0.5), (0.95, 0.25), (1.0, 0.12)])
def test_the_answer_is_the_same_in_fewer_steps(wide: Asked, right: float, most_steps: float, penalty: float) -> None:
    """Whatever of the draft is right, replaced, missing or too much, and with tokens that it has several times."""
    shot = random_shot(*SIZE, seed=5)
    expected = wide.expected(shot, tokens=TOKENS, penalty=penalty)
    request = wide.request(shot, tokens=TOKENS, penalty=penalty)
    request.draft.offer(corrupted(expected, right, random.Random(1)))
    steps = run(wide, request)
    assert request.produced == expected
    assert steps <= most_steps * len(expected) + 3


def test_requests_with_and_without_drafts_share_steps(wide: Asked) -> None:
    """Four answers of different lengths, two of them with drafts, one of which is another's."""
    answers = [plain(wide, seed) for seed in range(4)]
    requests = [wide.request(random_shot(*SIZE, seed=seed), tokens=TOKENS - 30 * seed) for seed in range(4)]
    requests[1].draft.offer(answers[1])
    requests[2].draft.offer(answers[3])
    run(wide, *requests)
    for seed, (request, answer) in enumerate(zip(requests, answers, strict=True)):
        assert request.produced == answer[: TOKENS - 30 * seed]


def test_a_draft_that_comes_late_is_found_into(wide: Asked) -> None:
    """The reader is slower than the model: its first words come when these are long said, the rest later."""
    answer = plain(wide, 3)
    request = wide.request(random_shot(*SIZE, seed=3), tokens=TOKENS)
    wide.model.scheduler.add(request)
    steps = 0
    while not request.ended:
        wide.model.step()
        steps += 1
        if steps == 30:
            request.draft.offer(answer[:60])
        if steps == 50:
            request.draft.offer(answer)
    assert request.produced == answer
    assert steps < 0.6 * len(answer)


def test_what_was_drafted_can_be_followed(wide: Asked) -> None:
    """The pages hold exactly the answer, so that a follow-up on it is exact."""
    shot = random_shot(641, 360, seed=6)  # more tokens than a page
    first = wide.request(shot, WORDS, tokens=64)
    first.draft.offer(corrupted(wide.expected(shot, WORDS), 0.9, random.Random(2)))
    wide.run(first)
    turns = [(WORDS, wide.text(first))]
    follow = wide.request(shot, "hello world", turns)
    wide.run(follow)
    assert follow.reused > len(first.prompt.ids)
    assert follow.produced == wide.expected(shot, "hello world", turns)


def test_no_draft_reaches_beyond_the_room(wide: Asked) -> None:
    """A cache that is just large enough: the steps that look further write where nobody reads."""
    answer = plain(wide, 5, tokens=64)
    model = wide.model
    request = wide.request(random_shot(*SIZE, seed=5), tokens=64)
    request.draft.offer(answer + list(range(50)))
    del model.cache._free[: -(-request.room // 256)]
    model.cache._free = model.cache._free[: -(-request.room // 256)]
    run(wide, request)
    assert request.produced == answer


def test_a_useless_draft_is_left_alone(asked: Asked) -> None:
    """What a step takes is measured: where nothing is ever right, one token a step is verified soon."""
    scheduler = asked.model.scheduler
    for width in WIDTHS[1]:
        scheduler.pace.feed(1, width, 1 + 0.02 * width)
    widths: list[int] = []
    step = scheduler._decoder.step

    def spy(count: int, width: int, pages: int) -> None:
        widths.append(width)
        step(count, width, pages)

    scheduler._decoder.step = spy  # type: ignore[method-assign]
    scheduler.pace.feed = lambda *_arguments: None  # type: ignore[method-assign]
    request = asked.request(random_shot(*SIZE, seed=5), tokens=TOKENS)
    request.draft.offer([7] * 500)
    run(asked, request)
    assert widths[0] > 1
    assert sum(width > 1 for width in widths) < len(widths) / 4


def test_the_place_in_a_draft() -> None:
    """It stays where the draft is right, moves on by one where a token was replaced, and finds two tokens again."""
    drafts = Drafts(1, torch.device("cpu"))
    drafts.begin(0)
    drafts.put(0, [10, 11, 12, 13, 14, 15, 10, 11, 99])

    def propose(newest: int) -> list[int]:
        return list(drafts.propose(torch.tensor([newest]), 3)[0].tolist())

    assert propose(10) == [11, 12, 13]
    drafts.advance(torch.tensor([11]), torch.tensor([3]))  # 11 was right, then 50 came for 12
    assert propose(50) == [14, 15, 10]
    drafts.advance(torch.tensor([10]), torch.tensor([2]))
    assert propose(11) == [99, -2, -2], "the nearest of both places"
    drafts.advance(torch.tensor([98]), torch.tensor([9]))
    assert propose(97) == [-2, -2, -2]


def test_chances() -> None:
    """Even at first, none without a draft; they follow what is seen and are even again after a while without."""
    draft = Draft()
    assert draft.chance == 0
    draft.offer([1, 2])
    assert draft.take() == [1, 2]
    assert draft.take() is None
    assert draft.chance == 0.5
    for _ in range(20):
        draft.judge(15, 16)
    assert draft.chance > 0.95
    for _ in range(60):
        draft.judge(0, 16)
    assert draft.chance < 0.1
    for _ in range(300):
        draft.judge(0, 1)
    assert draft.chance > 0.4


@pytest.mark.parametrize(
    ("chances", "cost", "width"),
    [
        ([0.9], lambda width: 1 + 0.01 * width, 16),
        ([0.9], float, 1),
        ([0.0], lambda _width: 1.0, 1),
        ([0.02], lambda width: 1 + 0.1 * width, 1),
        ([0.5], lambda width: 1 + 0.05 * width, 4),
    ],
)
def test_the_width_that_pays(chances: Sequence[float], cost: Callable[[int], float], width: int) -> None:
    """More tokens a step where drafts are right and wide steps are cheap, else one."""
    pace = Pace()
    for known in WIDTHS[1]:
        pace.feed(1, known, cost(known))
    assert pace.choose(1, chances) == width
