"""The language model over fused weights: a prompt at a time, or some tokens for each of several requests."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.backend import Backend
from desktop.engine.qwen.cache import KVCache
from desktop.engine.qwen.config import LanguageConfig
from desktop.engine.qwen.operators import Linear, Norm, Turn
from desktop.engine.qwen.quant import find_weight

Attend = Callable[[int, Tensor, Tensor, Tensor], Tensor]


class Step(NamedTuple):
    """The newest tokens of requests, as many of each, request by request.

    `tokens`, `positions` (rotary, the same on all three axes) and `slots` in the cache are (tokens); `table` and
    `lengths` as in `Sdpa.decode`.
    """

    tokens: Tensor
    positions: Tensor
    slots: Tensor
    table: Tensor
    lengths: Tensor


class LanguageModel:
    """Embeddings and three-axis positions to logits, float32 (requests, vocabulary), for the last token of each."""

    def __init__(
        self,
        config: LanguageConfig,
        weights: Mapping[str, Tensor],
        backend: Backend,
        cache: KVCache,
    ) -> None:
        self._config = config
        self.weights = weights
        self.backend = backend
        self._cache = cache
        device = weights["norm.weight"].device
        half = config.head_dim // 2
        self._frequencies = config.theta ** -(torch.arange(half, device=device, dtype=torch.float32) / half)
        # Which axis (time, row, column) each rotary frequency follows.
        self._axis = torch.arange(3).repeat_interleave(torch.tensor(config.sections)).to(device)

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        return self._config.vocabulary

    def embed(self, tokens: Tensor) -> Tensor:
        """Token ids (n) to embeddings (n, hidden)."""
        return F.embedding(tokens, self.weights["embed_tokens.weight"])

    def prefill(self, embeddings: Tensor, positions: Tensor, slots: Tensor, begun: int = 0) -> Tensor:
        """Logits (1, vocabulary) after a prompt.

        `embeddings` (n, hidden) and `positions` (3, n) are of the tokens from `begun` on; `slots` (begun + n) is where
        the whole context lies in the cache.
        """

        def attend(layer: int, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
            if begun:
                key, value = self._cache.read(layer, slots)
            return self.backend.attention.causal(query, key, value)

        return self._head(self._layers(embeddings, positions, slots[begun:], attend, 1))

    def decode(self, step: Step, wanted: int = 0) -> Tensor:
        """Logits (tokens, vocabulary) after the tokens of a step, or after the last so many of one request."""

        def attend(layer: int, query: Tensor, _key: Tensor, _value: Tensor) -> Tensor:
            keys, values = self._cache.keys[layer], self._cache.values[layer]
            return self.backend.attention.decode(query, keys, values, step.table, step.lengths)

        wanted = wanted or len(step.tokens)
        return self._head(self._layers(self.embed(step.tokens), step.positions, step.slots, attend, wanted))

    def _layers(self, x: Tensor, positions: Tensor, slots: Tensor, attend: Attend, wanted: int) -> Tensor:
        """The normed hidden states (wanted, hidden) of the last tokens, behind the last layer.

        All tokens' keys and values go to their slots; of the last layer nothing more is computed than is wanted.
        """
        c, operators, linear = self._config, self.backend.operators, self._linear
        turn = Turn(c.heads, c.kv_heads, self._angles(positions))
        norms = [self._norm(f"layers.{layer}.input_layernorm") for layer in range(c.layers)] + [self._norm("norm")]
        x, normed = operators.add_norm(x, None, norms[0])
        for layer in range(c.layers):
            name = f"layers.{layer}."
            place = self._cache.place(layer, slots)
            query, key, value = operators.project_rotate_write(normed, linear(f"{name}self_attn.qkv"), turn, place)
            if layer == c.layers - 1:
                query, x = query[-wanted:], x[-wanted:]
            out, norm = attend(layer, query, key, value).flatten(1), self._norm(f"{name}post_attention_layernorm")
            x, normed = operators.project_add_norm(out, linear(f"{name}self_attn.o_proj"), x, norm)
            out = operators.gate(normed, linear(f"{name}mlp.gate_up"))
            x, normed = operators.project_add_norm(out, linear(f"{name}mlp.down_proj"), x, norms[layer + 1])
        return normed

    def _head(self, normed: Tensor) -> Tensor:
        return self.backend.operators.score(normed, self._linear("lm_head"))

    def _linear(self, name: str) -> Linear:
        return Linear(find_weight(self.weights, name), self.weights.get(f"{name}.bias"))

    def _norm(self, name: str) -> Norm:
        return Norm(self.weights[f"{name}.weight"], self._config.epsilon)

    def _angles(self, positions: Tensor) -> Tensor:
        """Multimodal rotary positions (3, n), or (n) where the axes agree, as angles, float32 (n, head_dim / 2)."""
        each = positions[:, None] if positions.dim() == 1 else positions[self._axis].T
        return each * self._frequencies
