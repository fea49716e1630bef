"""The KV cache: pages of tokens, held by one or several conversations."""

from collections.abc import Iterable

import torch
from torch import Tensor

from desktop.engine.qwen.config import LanguageConfig
from desktop.engine.qwen.device import upload
from desktop.engine.qwen.operators import Place

PAGE = 256  # tokens; what FlashAttention 2 asks of paged caches


class KVCache:
    """Keys and values of every layer: (layers, pages + 1, PAGE, kv_heads, head_dim) each."""

    def __init__(self, config: LanguageConfig, pages: int, device: torch.device, dtype: torch.dtype) -> None:
        shape = (config.layers, pages + 1, PAGE, config.kv_heads, config.head_dim)
        self.keys = torch.zeros(shape, device=device, dtype=dtype)
        self.values = torch.zeros(shape, device=device, dtype=dtype)
        self.pages = pages
        self.spare_page = pages  # for what nobody reads
        self._free = list(reversed(range(pages)))
        self._holders = [0] * pages

    @property
    def free_pages(self) -> int:
        """How many pages nobody holds."""
        return len(self._free)

    def holders(self, page: int) -> int:
        """How many hold a page."""
        return self._holders[page]

    def take(self, count: int) -> list[int]:
        """So many free pages; there must be enough."""
        pages = [self._free.pop() for _ in range(count)]
        self.share(pages)
        return pages

    def share(self, pages: Iterable[int]) -> None:
        """Hold pages that somebody holds already; nobody may write to them then."""
        for page in pages:
            self._holders[page] += 1

    def give_back(self, pages: Iterable[int]) -> None:
        """Hold the pages no longer; the ones that nobody holds are free."""
        for page in pages:
            self._holders[page] -= 1
            if not self._holders[page]:
                self._free.append(page)

    def copy_page(self, source: int, target: int) -> None:
        """Copy what one page holds to another one."""
        self.keys[:, target] = self.keys[:, source]
        self.values[:, target] = self.values[:, source]

    def slots(self, pages: list[int], tokens: int) -> Tensor:
        """Where the first `tokens` tokens of these pages lie: int64 (tokens)."""
        starts = torch.tensor(pages)[:, None] * PAGE
        return upload((starts + torch.arange(PAGE)).flatten()[:tokens], self.keys.device)

    def place(self, layer: int, slots: Tensor) -> Place:
        """Where keys and values of a layer go for these slots."""
        return Place(self.keys[layer].flatten(0, 1), self.values[layer].flatten(0, 1), slots)

    def read(self, layer: int, slots: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values (tokens, kv_heads, head_dim) of a layer at these slots."""
        return self.keys[layer].flatten(0, 1)[slots], self.values[layer].flatten(0, 1)[slots]


def pages_for(tokens: int) -> int:
    """How many pages hold so many tokens."""
    return -(-tokens // PAGE)


def bytes_per_page(config: LanguageConfig, dtype: torch.dtype) -> int:
    """The size of one page over all layers, keys and values."""
    return 2 * config.layers * PAGE * config.kv_heads * config.head_dim * dtype.itemsize
