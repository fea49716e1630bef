"""A model of a real shape with random weights, made on the device: true speed and memory without a download."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from torch import Tensor

from desktop.bench.pictures.series import bench_tasks
from desktop.engine.qwen.config import LanguageConfig, QwenConfig, VisionConfig
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.loader import arrange_weights, expected_shapes
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.quant import SCHEMES, random_tensor
from desktop.engine.tasks import SYSTEM
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
PARTS_OF_AWQ = tuple(SCHEMES["awq"].stored(8, 128))
SURE = 32  # the deviation of embeddings that outweigh what all layers add
_MARKS = ["<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "\n"]


def build_model(
    config: QwenConfig, tensors: Iterable[tuple[str, Tensor]], tokenizer: Tokenizer, device: Device, settings: Settings
) -> QwenModel:
    """A model of these weights, by the names of `expected_shapes`."""
    weights = arrange_weights(tensors, config, device.dtype, lambda _share, _words: None)
    return QwenModel(config, weights, tokenizer, device, settings)


def random_tensors(config: QwenConfig, device: Device) -> Iterator[tuple[str, Tensor]]:
    """Every tensor of a checkpoint by its name, made on the device."""
    torch.manual_seed(0)
    dice = torch.Generator(device.place).manual_seed(0)
    for name, shape in expected_shapes(config).items():
        if "norm" in name or "ln_q" in name:
            yield name, torch.ones(shape, device=device.place, dtype=device.dtype)
        elif name.endswith(PARTS_OF_AWQ):
            yield name, random_tensor(name.rpartition(".")[2], shape, DEVIATION, dice)
        else:
            yield name, torch.randn(shape, device=device.place, dtype=device.dtype).mul_(DEVIATION)


def make_sure(weights: Mapping[str, Tensor]) -> bool:
    """Let each token be followed by the next one of the vocabulary; False where the head is the embedding.

    A trained model is mostly sure of what it says; for random weights many tokens are nearly as likely, and rounding
    chooses. With a tied head each token would be followed by itself for ever.
    """
    embedding, head = weights["embed_tokens.weight"], weights["lm_head.weight"]
    if head is embedding:
        return False
    embedding.mul_(SURE / DEVIATION)
    head[1:] = embedding[:-1]
    head[0] = embedding[-1]
    return True


def made_vocabulary() -> Tokenizer:
    """A token for each word and sign of the shipped tasks, so that prompts are about as long as with the real one."""
    tokenizer = Tokenizer(models.WordLevel(unk_token="?"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    said = [SYSTEM, "system user assistant", *(task.prompt for task in bench_tasks().values())]
    trainer = trainers.WordLevelTrainer(special_tokens=["?"], show_progress=False)
    tokenizer.train_from_iterator(said, trainer)
    tokenizer.add_special_tokens(_MARKS)
    return tokenizer


def made_shot(width: int, height: int, seed: int = 0) -> Shot:
    """A picture of noise in blocks."""
    dice = torch.Generator().manual_seed(seed)
    blocks = torch.randint(0, 256, (height // 8 + 1, width // 8 + 1, 3), generator=dice, dtype=torch.uint8)
    pixels = blocks.repeat_interleave(8, 0).repeat_interleave(8, 1)[:height, :width].contiguous()
    return Shot(width, height, pixels.numpy().tobytes())
