"""One step for every running request: its next token, and as many more as its draft foretold."""

from collections.abc import Hashable, Mapping
from functools import partial

import torch

from desktop.engine.qwen.graph import Graphs, Work
from desktop.engine.qwen.language import LanguageModel, Step
from desktop.engine.qwen.pace import WIDTHS, size_for
from desktop.engine.qwen.rows import Rows


class Decoder:
    """Steps the first rows: their newest tokens, and drafts where they are verified, go into the cache.

    What the device finds likeliest behind them takes the newest tokens' place, as far as the drafts were right.
    """

    def __init__(self, language: LanguageModel, rows: Rows, graphs: Graphs) -> None:
        self._language = language
        self._rows = rows
        self._graphs = graphs

    def works(self) -> Mapping[Hashable, Work]:
        """What is captured, by the number of requests and the tokens of each, the largest first."""
        keys = [(size, width) for size, widths in WIDTHS.items() for width in widths]
        pages = self._rows.table.shape[1]
        return {
            key: partial(self._work, *key, pages) for key in sorted(keys, key=lambda key: key[0] * key[1], reverse=True)
        }

    def step(self, count: int, width: int, pages: int) -> None:
        """Step so many rows by so many tokens each, none of which has more pages than that.

        `said`, `hits` and `logits` of the rows hold what came of it, once the device is there.
        """
        self._graphs.run((size_for(count), width), partial(self._work, count, width, pages))

    def _work(self, count: int, width: int, pages: int) -> None:
        rows = self._rows
        newest = rows.tokens[:count]
        rows.seen[:count].scatter_(1, newest[:, None], True)
        tokens, draft = newest[:, None], newest[:, None][:, :0]
        places, positions = rows.lengths[:count, None], rows.positions[:count, None]
        if width > 1:
            draft = rows.drafts.propose(newest, width - 1)
            tokens = torch.cat([tokens, draft.clamp(min=0)], 1)
            places, positions = (first + rows.steps[:width] for first in (places, positions))
        step = Step(
            tokens.flatten(),
            positions.flatten(),
            rows.slots(places).flatten(),
            rows.table[:count, :pages],
            (rows.lengths[:count] + width).int(),
        )
        logits = self._language.decode(step)
        logits = rows.penalise(logits.view(count, width, -1), tokens, slice(count))
        rows.advance(tokens, logits.argmax(-1), draft)
