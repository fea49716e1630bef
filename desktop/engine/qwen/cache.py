"""The KV cache: pages of tokens, handed to requests and taken back."""

import torch
from torch import Tensor

from desktop.engine.qwen.config import LanguageConfig

PAGE = 256  # tokens; what FlashAttention 2 asks of paged caches


class KVCache:
    """Keys and values of every layer: (layers, pages * PAGE, kv_heads, head_dim) each."""

    def __init__(self, config: LanguageConfig, pages: int, device: torch.device, dtype: torch.dtype) -> None:
        shape = (config.layers, pages * PAGE, config.kv_heads, config.head_dim)
        self.keys = torch.zeros(shape, device=device, dtype=dtype)
        self.values = torch.zeros(shape, device=device, dtype=dtype)
        self.pages = pages
        self._free = list(reversed(range(pages)))

    @property
    def free_pages(self) -> int:
        """How many pages nobody holds."""
        return len(self._free)

    def take(self, tokens: int) -> list[int] | None:
        """Pages for so many tokens, or None where there are not enough."""
        pages = pages_for(tokens)
        if pages > len(self._free):
            return None
        return [self._free.pop() for _ in range(pages)]

    def give_back(self, pages: list[int]) -> None:
        """Let others use the pages."""
        self._free.extend(reversed(pages))

    def slots(self, pages: list[int], tokens: int) -> Tensor:
        """Where the first `tokens` tokens of these pages lie: int64 (tokens)."""
        starts = torch.tensor(pages, device=self.keys.device)[:, None] * PAGE
        return (starts + torch.arange(PAGE, device=self.keys.device)).flatten()[:tokens]

    def write(self, layer: int, slots: Tensor, key: Tensor, value: Tensor) -> None:
        """Keep key and value (tokens, kv_heads, head_dim) of a layer at their slots."""
        self.keys[layer].index_copy_(0, slots, key)
        self.values[layer].index_copy_(0, slots, value)


def pages_for(tokens: int) -> int:
    """How many pages hold so many tokens."""
    return -(-tokens // PAGE)


def bytes_per_page(config: LanguageConfig, dtype: torch.dtype) -> int:
    """The size of one page over all layers, keys and values."""
    return 2 * config.layers * PAGE * config.kv_heads * config.head_dim * dtype.itemsize
