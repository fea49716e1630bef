"""One more token for every running request: the same work as a CUDA graph a batch size, where there is a GPU."""

import logging

import torch

from desktop.engine.qwen.device import Device
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.rows import Rows

log = logging.getLogger(__name__)

SIZES = (1, 2, 3, 4, 6, 8, 12)


class Decoder:
    """Steps the first rows: their newest tokens go into the cache, the likeliest next ones take their place."""

    def __init__(self, language: LanguageModel, rows: Rows, device: Device) -> None:
        self._language = language
        self._rows = rows
        self._device = device
        self._graphs: dict[int, torch.cuda.CUDAGraph] = {}

    @torch.inference_mode()
    def capture(self) -> None:
        """Capture the graphs anew, the largest first since all share its memory.

        None is captured where attention would read the whole width of the table.
        """
        self._graphs.clear()
        if not self._device.on_gpu:
            return
        pool, width = None, self._rows.table.shape[1]
        for size in reversed(SIZES):
            if not self._language.attention.reads_true_lengths:  # also where it stepped down just now
                return
            try:
                self._work(size, width)  # compiles kernels and sets up libraries, which a capture cannot
                graph = torch.cuda.CUDAGraph()
                with torch.cuda.graph(graph, pool=pool, capture_error_mode="thread_local"):
                    self._work(size, width)
            except Exception as error:  # noqa: BLE001 - whatever keeps a capture from working, the steps do
                log.warning("no CUDA graph for %d requests: %s", size, error)
                return
            self._graphs[size] = graph
            pool = graph.pool()
        torch.cuda.synchronize()

    def step(self, count: int, pages: int) -> None:
        """Step so many rows, none of which has more pages than that.

        `rows.tokens` and `rows.logits` hold what came of it, once the device is there.
        """
        size = next((size for size in SIZES if size >= count), 0)
        if graph := self._graphs.get(size):
            graph.replay()
        else:
            self._work(count, pages)

    def _work(self, count: int, pages: int) -> None:
        rows = self._rows
        tokens = rows.tokens[:count]
        rows.seen[:count].scatter_(1, tokens[:, None], True)
        logits = self._language.decode(
            tokens,
            rows.positions[:count],
            rows.newest_slots(count),
            rows.table[:count, :pages],
            rows.lengths[:count] + 1,
        )
        rows.logits[:count] = rows.penalise(logits, slice(count))
        rows.tokens[:count] = rows.logits[:count].argmax(-1)
        rows.positions[:count] += rows.used[:count]
        rows.lengths[:count] += rows.used[:count]
