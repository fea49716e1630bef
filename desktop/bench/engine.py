"""`shotglass bench engine`: the resident model on this GPU, with random weights of a real shape."""

import gc
import statistics
import time

import torch

from desktop.bench.random_model import made_request, made_shot, random_model, run_to_end
from desktop.bench.report import Figure
from desktop.engine.qwen.model import QwenModel
from desktop.errors import UserError
from desktop.job import Shot
from desktop.settings import Settings

SIZES = ((1280, 720), (1920, 1080))
TOGETHER = (1, 3, 6, 12)
ROUNDS = 5


def measure(shape: str, settings: Settings) -> list[Figure]:
    """Time to first token, time a token, pictures a second, and peak memory. Raises UserError without a GPU."""
    require_gpu()
    model = random_model(shape, settings)
    figures = []
    for width, height in SIZES:
        first, each = time_one(model, made_shot(width, height))
        figures.append(Figure(f"time to first token, {width}x{height}", "ms", first * 1000, samples=ROUNDS))
        figures.append(Figure(f"time a token, {width}x{height}", "ms", each * 1000, samples=ROUNDS))
    torch.cuda.reset_peak_memory_stats()
    for together in TOGETHER:
        rate = statistics.median(_rate(model, together) for _ in range(ROUNDS))
        figures.append(Figure(f"pictures a second, {together} together", "1/s", rate, samples=ROUNDS))
    peak = torch.cuda.max_memory_reserved() / 2**30
    return [*figures, Figure(f"peak memory, {TOGETHER[-1]} together", "GiB", peak)]


def require_gpu() -> None:
    """Raise UserError where there is none."""
    if not torch.cuda.is_available():
        raise UserError("bench engine needs an NVIDIA GPU; `shotglass bench ocr` measures the embedded engine.")


def time_one(model: QwenModel, shot: Shot) -> tuple[float, float]:
    """Median seconds to the first token, and from token to token, of one request alone."""
    firsts, eaches = [], []
    for _ in range(ROUNDS + 1):  # the first one warms up
        model.scheduler.prefixes.clear()
        torch.cuda.synchronize()
        start = time.perf_counter()
        request = made_request(model, shot)
        model.scheduler.add(request)
        while not request.produced:
            model.step()
        firsts.append(time.perf_counter() - start)
        start = time.perf_counter()
        while not request.ended:
            model.step()
        eaches.append((time.perf_counter() - start) / (len(request.produced) - 1))
    return statistics.median(firsts[1:]), statistics.median(eaches[1:])


def _rate(model: QwenModel, together: int) -> float:
    gc.collect()
    shots = [made_shot(*SIZES[0], seed=seed) for seed in range(together)]
    torch.cuda.synchronize()
    start = time.perf_counter()
    run_to_end(model, [made_request(model, shot) for shot in shots])
    return together / (time.perf_counter() - start)
