"""Attention by SDPA, the way that every device has."""

import subprocess
import sys

import pytest
import torch
from torch import Tensor

from desktop.engine.qwen.attention_ways import Matmul, Sdpa
from desktop.engine.qwen.cache import PAGE


def plain_causal(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """The definition, head by head."""
    tokens, heads, channels = query.shape
    group = heads // key.shape[1]
    out = torch.empty_like(query)
    for head in range(heads):
        scores = query[:, head] @ key[:, head // group].T / channels**0.5
        scores = scores.masked_fill(torch.ones_like(scores).triu(len(key) - tokens + 1) > 0, -torch.inf)
        out[:, head] = scores.softmax(-1) @ value[:, head // group]
    return out


@pytest.mark.parametrize(("tokens", "context"), [(1, 1), (40, 40), (1, 300), (700, 700), (256, 300), (600, 900)])
def test_a_prompt_behind_a_context_is_computed_in_bounded_pieces(
    tokens: int, context: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each query hears itself and what is before it; no call holds the scores of very many."""
    counts: list[int] = []
    attend = torch.nn.functional.scaled_dot_product_attention

    def counted(query: Tensor, *arguments: Tensor, **options: object) -> Tensor:
        counts.append(query.shape[-2])
        return attend(query, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", counted)
    dice = torch.Generator().manual_seed(0)
    query = torch.randn(tokens, 4, 16, generator=dice)
    key, value = (torch.randn(context, 2, 16, generator=dice) for _ in range(2))
    torch.testing.assert_close(Sdpa().causal(query, key, value), plain_causal(query, key, value))
    assert sum(counts) == tokens
    assert tokens == context or max(counts) <= 256


@pytest.mark.parametrize("way", [Sdpa(), Matmul()])
@pytest.mark.parametrize("newest", [1, 3])
def test_what_others_left_behind_a_request_is_not_read(way: Sdpa, newest: int) -> None:
    """A weight of zero leaves no number what is none."""
    dice = torch.Generator().manual_seed(0)
    keys, values = (torch.randn(3, PAGE, 2, 16, generator=dice) for _ in range(2))
    query = torch.randn(2 * newest, 4, 16, generator=dice)
    table, lengths = (torch.tensor(numbers, dtype=torch.int32) for numbers in ([[0, 2], [1, 2]], [PAGE - 5, 7]))
    expected = way.decode(query, keys, values, table, lengths)
    for left in (keys, values):
        left[0, PAGE - 5 :], left[1, 7:], left[2] = torch.nan, torch.nan, torch.nan
    torch.testing.assert_close(way.decode(query, keys, values, table, lengths), expected, rtol=0, atol=0)


def test_the_model_does_without_torchs_compiler() -> None:
    """Some of torch's modules for attention bring it along, which takes seconds of every start."""
    program = "import sys, desktop.engine.qwen.engine, desktop.engine.qwen.model; print('torch._dynamo' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
