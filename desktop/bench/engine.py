"""`shotglass bench engine`: the resident model on this GPU, with random weights of a real shape."""

import gc
import statistics
import time
from collections.abc import Iterator
from functools import partial

import torch
from tokenizers import Tokenizer, models
from torch import Tensor

from desktop.bench.report import Figure
from desktop.engine.qwen.config import LanguageConfig, QwenConfig, VisionConfig
from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.loader import arrange_weights, expected_shapes
from desktop.engine.qwen.model import QwenModel, choose_device
from desktop.engine.qwen.prompt import Prompt, place_tokens
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.scheduler import Request
from desktop.errors import UserError
from desktop.job import Shot

_VISION = partial(
    VisionConfig, 32, 1280, 16, 3420, patch=14, merge=2, frames=2, window=112, full_blocks=(7, 15, 23, 31)
)
_LANGUAGE = partial(LanguageConfig, theta=1e6, epsilon=1e-6, sections=(16, 24, 24))
SHAPES = {
    "7b": QwenConfig(_VISION(out=3584), _LANGUAGE(28, 3584, 28, 4, 18944, 152064, tied=False), 151655, (), 1.05),
    "3b": QwenConfig(_VISION(out=2048), _LANGUAGE(36, 2048, 16, 2, 11008, 151936, tied=True), 151655, (), 1.05),
}
SIZES = ((1280, 720), (1920, 1080))
TOGETHER = (1, 3, 6, 12)
TOKENS = 48
ROUNDS = 5


def measure(shape: str, cap_gb: float | None = None) -> list[Figure]:
    """Time to first token, time a token, pictures a second and peak memory. Raises UserError without a GPU."""
    if not torch.cuda.is_available():
        raise UserError("bench engine needs an NVIDIA GPU; `shotglass bench ocr` measures the embedded engine.")
    if cap_gb is not None:
        total = torch.cuda.mem_get_info()[1]
        torch.cuda.set_per_process_memory_fraction(min(1.0, cap_gb * 1e9 / total))
    model = random_model(shape)
    figures = []
    for width, height in SIZES:
        first, each = _time_one(model, made_shot(width, height))
        figures.append(Figure(f"time to first token, {width}x{height}", "ms", first * 1000, samples=ROUNDS))
        figures.append(Figure(f"time a token, {width}x{height}", "ms", each * 1000, samples=ROUNDS))
    torch.cuda.reset_peak_memory_stats()
    for together in TOGETHER:
        rate = statistics.median(_rate(model, together) for _ in range(ROUNDS))
        figures.append(Figure(f"pictures a second, {together} together", "1/s", rate, samples=ROUNDS))
    peak = torch.cuda.max_memory_reserved() / 2**30
    return [*figures, Figure(f"peak memory, {TOGETHER[-1]} together", "GiB", peak)]


def random_model(shape: str) -> QwenModel:
    """A model of a real shape with random weights, made on the device."""
    config = SHAPES[shape]
    device, dtype = choose_device()
    weights = arrange_weights(_random_tensors(config, device, dtype), config, dtype, lambda _share, _words: None)
    return QwenModel(config, weights, Tokenizer(models.BPE()))


def _random_tensors(config: QwenConfig, device: torch.device, dtype: torch.dtype) -> Iterator[tuple[str, Tensor]]:
    torch.manual_seed(0)
    for name, shape in expected_shapes(config).items():
        if "norm" in name or "ln_q" in name:
            yield name, torch.ones(shape, device=device, dtype=dtype)
        else:
            yield name, torch.randn(shape, device=device, dtype=dtype).mul_(0.02)


def made_shot(width: int, height: int, seed: int = 0) -> Shot:
    """A picture of noise in blocks."""
    dice = torch.Generator().manual_seed(seed)
    blocks = torch.randint(0, 256, (height // 8 + 1, width // 8 + 1, 3), generator=dice, dtype=torch.uint8)
    pixels = blocks.repeat_interleave(8, 0).repeat_interleave(8, 1)[:height, :width].contiguous()
    return Shot(width, height, pixels.numpy().tobytes())


def made_request(model: QwenModel, shot: Shot, tokens: int = TOKENS, number: int = 0) -> Request:
    """A request with a prompt of the usual length and ids of no meaning."""
    config = model.config
    grid = fit(shot, config.vision)
    head, tail = list(range(100, 115)), list(range(200, 230))
    prompt: Prompt = place_tokens(head, grid, config.vision.merge, config.image_token, tail)

    def embed() -> Tensor:
        return model.vision(cut_patches(shot, grid, config.vision, model.device, model.dtype), grid)

    return Request(f"bench {number}", prompt, embed, Sampling(config.penalty, max_tokens=tokens), config.end_tokens)


def run_to_end(model: QwenModel, requests: list[Request]) -> None:
    """Let requests run together until all have ended."""
    for request in requests:
        model.scheduler.add(request)
    while not all(request.ended for request in requests):
        model.step()


def _time_one(model: QwenModel, shot: Shot) -> tuple[float, float]:
    """Median seconds to the first token, and from token to token, of one request alone."""
    firsts, eaches = [], []
    for _ in range(ROUNDS + 1):  # the first one warms up
        torch.cuda.synchronize()
        start = time.perf_counter()
        request = made_request(model, shot)
        model.scheduler.add(request)
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
    run_to_end(model, [made_request(model, shot, number=number) for number, shot in enumerate(shots)])
    return together / (time.perf_counter() - start)
