"""Every way of attention that this GPU has, side by side: its time, and how far its picture tokens are from SDPA's."""

import statistics
import time

import torch
from torch import Tensor

from desktop.bench.engine import ROUNDS, require_gpu, time_one
from desktop.bench.random_model import made_shot, random_model
from desktop.bench.report import Figure
from desktop.engine.qwen.attention import choose_attention
from desktop.engine.qwen.attention_ways import WAYS
from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.model import QwenModel
from desktop.settings import Settings

WIDTH, HEIGHT = 1280, 720


def compare_ways(shape: str, settings: Settings) -> list[Figure]:
    """Time of the vision tower and of a token, and how far the picture's tokens lie from SDPA's, in percent.

    Raises UserError without a GPU.
    """
    require_gpu()
    model = random_model(shape, settings)
    figures = []
    reference = _embed(model, "sdpa")[0]
    for name in [way.name for way in reversed(WAYS)]:
        picture, seconds = _embed(model, name)
        if name not in model.attention.name:
            continue
        each = time_one(model, made_shot(WIDTH, HEIGHT))[1]
        apart = float((picture - reference).norm() / reference.norm())
        title = f"{name} ({model.attention.name})" if name != model.attention.name else name
        figures += [
            Figure(f"{title}: vision tower", "ms", seconds * 1000, samples=ROUNDS),
            Figure(f"{title}: time a token", "ms", each * 1000, samples=ROUNDS),
            Figure(f"{title}: picture tokens apart from sdpa's", "%", apart * 100),
        ]
    return figures


@torch.inference_mode()
def _embed(model: QwenModel, wanted: str) -> tuple[Tensor, float]:
    """Let the model go on with that way; the picture's tokens in float32, and the median seconds they take."""
    ladder = choose_attention(model.device.place, model.device.dtype, wanted)
    model.use_attention(ladder)
    shot = made_shot(WIDTH, HEIGHT)
    grid = fit(shot, model.config.vision, WIDTH * HEIGHT)
    patches = cut_patches(shot, grid, model.config.vision, model.device.place, model.device.dtype)
    times = []
    for _ in range(ROUNDS + 1):  # the first one warms up
        torch.cuda.synchronize()
        start = time.perf_counter()
        picture = model.vision(patches, grid)
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return picture.float(), statistics.median(times[1:])
