"""Attention by SDPA, the way that every device has."""

import pytest
import torch
from torch import Tensor

from desktop.engine.qwen.attention_ways import Sdpa


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
def test_each_query_of_a_prompt_hears_itself_and_what_is_before_it(tokens: int, context: int) -> None:
    dice = torch.Generator().manual_seed(0)
    query = torch.randn(tokens, 4, 16, generator=dice)
    key, value = (torch.randn(context, 2, 16, generator=dice) for _ in range(2))
    torch.testing.assert_close(Sdpa().causal(query, key, value), plain_causal(query, key, value))
