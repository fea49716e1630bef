"""The language model over fused weights: a prompt at a time, or one token for each of several requests."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.attention import Attention
from desktop.engine.qwen.cache import KVCache
from desktop.engine.qwen.config import LanguageConfig

Attend = Callable[[int, Tensor, Tensor, Tensor], Tensor]


class LanguageModel:
    """Embeddings and three-axis positions to logits, float32 (requests, vocabulary), for the last token of each."""

    def __init__(
        self, config: LanguageConfig, weights: Mapping[str, Tensor], attention: Attention, cache: KVCache
    ) -> None:
        self._config = config
        self._w = weights
        self._attention = attention
        self._cache = cache
        device = weights["norm.weight"].device
        half = config.head_dim // 2
        self._frequencies = config.theta ** -(torch.arange(half, device=device, dtype=torch.float32) / half)
        # Which axis (time, row, column) each rotary frequency follows.
        self._axis = torch.arange(3).repeat_interleave(torch.tensor(config.sections)).to(device)

    def embed(self, tokens: Tensor) -> Tensor:
        """Token ids (n) to embeddings (n, hidden)."""
        return F.embedding(tokens, self._w["embed_tokens.weight"])

    def prefill(self, embeddings: Tensor, positions: Tensor, slots: Tensor, begun: int = 0) -> Tensor:
        """Logits (1, vocabulary) after a prompt.

        `embeddings` (n, hidden) and `positions` (3, n) are of the tokens from `begun` on; `slots` (begun + n) is where
        the whole context lies in the cache.
        """

        def attend(layer: int, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
            self._cache.write(layer, slots[begun:], key, value)
            if begun:
                key, value = self._cache.keys[layer][slots], self._cache.values[layer][slots]
            return self._attention.causal(query, key, value)

        return self._head(self._layers(embeddings, positions, attend)[-1:])

    def decode(self, tokens: Tensor, positions: Tensor, contexts: Sequence[Tensor]) -> Tensor:
        """Logits (requests, vocabulary) after one more token each.

        `tokens` (requests), `positions` (requests), the same on all three axes; `contexts` are the cache slots of each
        request, the new token's last.
        """
        newest = torch.stack([slots[-1] for slots in contexts])
        longest = max(len(slots) for slots in contexts)
        table = torch.stack([F.pad(slots, (0, longest - len(slots))) for slots in contexts])
        lengths = torch.tensor([len(slots) for slots in contexts], device=tokens.device)
        mask = (torch.arange(longest, device=tokens.device) < lengths[:, None])[:, None, None]

        def attend(layer: int, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
            self._cache.write(layer, newest, key, value)
            k, v = (x[layer][table].transpose(1, 2) for x in (self._cache.keys, self._cache.values))
            return F.scaled_dot_product_attention(query[:, :, None], k, v, attn_mask=mask, enable_gqa=True)[:, :, 0]

        return self._head(self._layers(self.embed(tokens), positions.expand(3, -1), attend))

    def _layers(self, x: Tensor, positions: Tensor, attend: Attend) -> Tensor:
        """The hidden states (n, hidden) behind the last layer."""
        c = self._config
        cos, sin = self._rotary(positions, x.dtype)
        heads = [c.heads, c.kv_heads, c.kv_heads]
        for layer in range(c.layers):
            name = f"layers.{layer}."
            qkv = self._linear(self._norm(x, f"{name}input_layernorm"), f"{name}self_attn.qkv")
            q, k, v = torch.split(qkv.view(-1, sum(heads), c.head_dim), heads, 1)
            out = attend(layer, _rotate(q, cos, sin), _rotate(k, cos, sin), v)
            x = x + self._linear(out.flatten(1), f"{name}self_attn.o_proj")
            gate, up = self._linear(self._norm(x, f"{name}post_attention_layernorm"), f"{name}mlp.gate_up").chunk(2, -1)
            x = x + self._linear(F.silu(gate) * up, f"{name}mlp.down_proj")
        return x

    def _head(self, x: Tensor) -> Tensor:
        return self._linear(self._norm(x, "norm"), "lm_head").float()

    def _rotary(self, positions: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """Cosine and sine (n, 1, head_dim) of multimodal rotary positions (3, n)."""
        angles = positions[self._axis].T.float() * self._frequencies
        angles = torch.cat([angles, angles], -1)[:, None]
        return angles.cos().to(dtype), angles.sin().to(dtype)

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self._w[f"{name}.weight"], self._config.epsilon)

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self._w[f"{name}.weight"], self._w.get(f"{name}.bias"))


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = x.chunk(2, -1)
    return x * cos + torch.cat([-right, left], -1) * sin
