"""A model of a real shape with random weights, made on the device: true speed and memory without a download."""

from collections.abc import Iterator
from functools import partial

import torch
from tokenizers import Tokenizer, models
from torch import Tensor

from desktop.engine.qwen.config import LanguageConfig, QwenConfig, VisionConfig
from desktop.engine.qwen.device import Device, choose_device
from desktop.engine.qwen.loader import arrange_weights, expected_shapes
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.prompt import Words
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.sampling import Sampling
from desktop.job import Shot
from desktop.settings import Settings

_VISION = partial(
    VisionConfig, 32, 1280, 16, 3420, patch=14, merge=2, frames=2, window=112, full_blocks=(7, 15, 23, 31)
)
_LANGUAGE = partial(LanguageConfig, theta=1e6, epsilon=1e-6, sections=(16, 24, 24))
SHAPES = {
    "7b": QwenConfig(_VISION(out=3584), _LANGUAGE(28, 3584, 28, 4, 18944, 152064, tied=False), 151655, (), 1.05),
    "3b": QwenConfig(_VISION(out=2048), _LANGUAGE(36, 2048, 16, 2, 11008, 151936, tied=True), 151655, (), 1.05),
}
DEVIATION = 0.02
TOKENS = 48
WORDS = Words(list(range(100, 115)), list(range(200, 230)))


def random_model(shape: str, settings: Settings) -> QwenModel:
    """A model of a real shape."""
    device = choose_device(settings.dtype, settings.memory_cap_gib)
    model = build_model(shape, _random_tensors(SHAPES[shape], device), device, settings)
    model.scheduler.warm_up()
    return model


def build_model(shape: str, tensors: Iterator[tuple[str, Tensor]], device: Device, settings: Settings) -> QwenModel:
    """A model of these weights, by the names of `expected_shapes`; it has no vocabulary."""
    weights = arrange_weights(tensors, SHAPES[shape], device.dtype, lambda _share, _words: None)
    return QwenModel(SHAPES[shape], weights, Tokenizer(models.BPE()), device, settings)


def _random_tensors(config: QwenConfig, device: Device) -> Iterator[tuple[str, Tensor]]:
    torch.manual_seed(0)
    for name, shape in expected_shapes(config).items():
        if "norm" in name or "ln_q" in name:
            yield name, torch.ones(shape, device=device.place, dtype=device.dtype)
        else:
            yield name, torch.randn(shape, device=device.place, dtype=device.dtype).mul_(DEVIATION)


def made_shot(width: int, height: int, seed: int = 0) -> Shot:
    """A picture of noise in blocks."""
    dice = torch.Generator().manual_seed(seed)
    blocks = torch.randint(0, 256, (height // 8 + 1, width // 8 + 1, 3), generator=dice, dtype=torch.uint8)
    pixels = blocks.repeat_interleave(8, 0).repeat_interleave(8, 1)[:height, :width].contiguous()
    return Shot(width, height, pixels.numpy().tobytes())


def made_request(model: QwenModel, shot: Shot, tokens: int = TOKENS) -> Request:
    """A request with a prompt of the usual length and ids of no meaning."""
    prompt, embed = model.compose(shot, WORDS, model.budget.most_pixels)
    sampling = Sampling(model.config.penalty, max_tokens=tokens)
    return Request("bench", prompt, embed, sampling, model.config.end_tokens)


def run_to_end(model: QwenModel, requests: list[Request]) -> None:
    """Let requests run together until all have ended; nothing is kept from before. Raises what ended one of them."""
    model.scheduler.prefixes.clear()
    for request in requests:
        model.scheduler.add(request)
    while not all(request.ended for request in requests):
        model.step()
    for request in requests:
        if request.error:
            raise request.error
