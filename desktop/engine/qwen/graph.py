"""Work on fixed tensors as CUDA graphs, on an NVIDIA GPU; elsewhere the same work as it is."""

import logging
from collections.abc import Callable, Hashable, Mapping

import torch

from desktop.engine.qwen.device import Device

log = logging.getLogger(__name__)

Work = Callable[[], None]


class Graphs:
    """Captured work by its key; all graphs share the memory of the first."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._graphs: dict[Hashable, torch.cuda.CUDAGraph] = {}

    @torch.inference_mode()
    def capture(self, works: Mapping[Hashable, Work], possible: Callable[[], bool]) -> None:
        """Capture all works anew, the ones that need most memory first, as long as that is possible."""
        self.drop()
        if not self._device.on_cuda:
            return
        pool = None
        for key, work in works.items():
            if not possible():  # also where attention stepped down just now
                return
            try:
                work()  # compiles kernels and sets up libraries, which a capture cannot
                graph = torch.cuda.CUDAGraph()
                with torch.cuda.graph(graph, pool=pool, capture_error_mode="thread_local"):
                    work()
            except Exception as error:  # noqa: BLE001 - whatever keeps a capture from working, the steps do
                log.warning("no CUDA graph for %s: %s", key, error)
                return
            self._graphs[key] = graph
            pool = graph.pool()
        torch.cuda.synchronize()

    def drop(self) -> None:
        """Let all work be done as it is from now on."""
        self._graphs.clear()

    def run(self, key: Hashable, work: Work) -> None:
        """Replay the work of that key; do the work given where none was captured."""
        if graph := self._graphs.get(key):
            graph.replay()
        else:
            work()
