"""Prompts and conversations that stay in the KV cache, so that what follows on them need not be computed again."""

from collections import Counter
from dataclasses import dataclass

from desktop.engine.qwen.cache import PAGE, KVCache, pages_for

Keys = tuple[int, ...]
MOST_KEPT = 16
HELD = 3  # the newest conversations, which a new picture does not push out while a smaller one would do


@dataclass(frozen=True, slots=True)
class Prefix:
    """The tokens of a conversation by their keys, and the pages that hold them."""

    keys: Keys
    pages: list[int]


class Prefixes:
    """What is kept, the newest last. A key is a token's id, or for a picture's tokens a hash of its pixels."""

    def __init__(self, cache: KVCache) -> None:
        self._cache = cache
        self._kept: list[Prefix] = []

    def __len__(self) -> int:
        return len(self._kept)

    def held_pages(self, keys: Keys) -> int:
        """The pages of the newest conversations, but those that `keys` goes on with."""
        others = [prefix for prefix in self._kept[-HELD:] if not go_together(prefix.keys, keys)]
        return len({page for prefix in others for page in prefix.pages})

    def holds(self, keys: Keys) -> bool:
        """Tell whether there is something for `keys` to go on with."""
        return any(go_together(prefix.keys, keys) for prefix in self._kept)

    def keep(self, keys: Keys, pages: list[int]) -> None:
        """Take over the pages that hold these tokens; a conversation that this one goes on with is told once."""
        needed = pages_for(len(keys))
        self._cache.give_back(pages[needed:])
        for prefix in [kept for kept in self._kept if keys[: len(kept.keys)] == kept.keys]:
            self._forget(prefix)
        if keys:
            self._kept.append(Prefix(keys, pages[:needed]))
        for prefix in self._kept[:-MOST_KEPT]:
            self._forget(prefix)

    def share(self, keys: Keys, pages: list[int]) -> None:
        """Keep these tokens while somebody goes on behind them, in the same pages."""
        held = pages[: pages_for(len(keys))]
        self._cache.share(held)
        self.keep(keys, held)

    def take(self, keys: Keys, pages: int) -> tuple[int, list[int]] | None:
        """So many pages for a conversation, and how many of its first tokens, fewer than all, they hold already.

        Whole pages of kept tokens are shared; where these end within a page, it is a copy. Less than a page is not
        worth it. None, and nothing forgotten, where there is no room.
        """
        tokens, held = self._find(keys)
        return self._fill_up(tokens, held, pages) or (self._fill_up(0, [], pages) if tokens else None)

    def _find(self, keys: Keys) -> tuple[int, list[int]]:
        """The first tokens of `keys` that are kept, and the pages they lie in; these are the newest then."""
        prefix = max(self._kept, key=lambda kept: _common(kept.keys, keys), default=None)
        tokens = min(_common(prefix.keys, keys), len(keys) - 1) if prefix else 0
        if prefix is None or tokens < PAGE:
            return 0, []
        self._kept.remove(prefix)
        self._kept.append(prefix)
        return tokens, prefix.pages[: pages_for(tokens)]

    def _fill_up(self, tokens: int, held: list[int], pages: int) -> tuple[int, list[int]] | None:
        """As `take`, with these kept tokens."""
        whole = tokens // PAGE
        self._cache.share(held)  # so that they stay, whoever makes room
        if not self.make_room(pages - whole):
            self._cache.give_back(held)
            return None
        fresh = self._cache.take(pages - whole)
        for last in held[whole:]:
            self._cache.copy_page(last, fresh[0])
        self._cache.give_back(held[whole:])
        return tokens, [*held[:whole], *fresh]

    def make_room(self, pages: int) -> bool:
        """Forget the oldest until so many pages are free; False, and nothing forgotten, where all is not enough."""
        if self._cache.free_pages + self._forgettable() < pages:
            return False
        while self._cache.free_pages < pages:
            self._forget(self._kept[0])
        return True

    def forget(self, keys: Keys) -> None:
        """Forget all that somebody who begins like these tokens would go on with."""
        for prefix in [kept for kept in self._kept if go_together(kept.keys, keys)]:
            self._forget(prefix)

    def clear(self) -> None:
        """Forget everything."""
        for prefix in list(self._kept):
            self._forget(prefix)

    def _forgettable(self) -> int:
        """The pages that nobody but kept conversations holds."""
        holds = Counter(page for prefix in self._kept for page in prefix.pages)
        return sum(self._cache.holders(page) == count for page, count in holds.items())

    def _forget(self, prefix: Prefix) -> None:
        self._kept.remove(prefix)
        self._cache.give_back(prefix.pages)


def go_together(left: Keys, right: Keys) -> bool:
    """Tell whether one may go on with the other: both begin with the same page at least."""
    return left[:PAGE] == right[:PAGE] and min(len(left), len(right)) >= PAGE


def _common(left: Keys, right: Keys) -> int:
    """How many keys both begin with."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
