"""What is measured: a checkpoint on disk, or random weights of a real shape."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from desktop.bench.random_model import SHAPES, build_model, made_vocabulary, random_tensors
from desktop.engine.qwen.config import QwenConfig, read_config
from desktop.engine.qwen.device import Device, choose_device
from desktop.engine.qwen.model import QwenModel, read_tokenizer
from desktop.engine.qwen.quantisation import Kind
from desktop.errors import UserError
from desktop.settings import Settings

NEEDS_GPU = (
    "Random weights of a real shape need an NVIDIA GPU; measure a small checkpoint with --model FOLDER, or the "
    "embedded engine with `shotglass bench ocr`."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """`folder` holds a checkpoint; without one there are random weights of `shape`, both of that kind."""

    shape: str = "7b"
    folder: Path | None = None
    kind: Kind = "dense"

    @property
    def title(self) -> str:
        """For people."""
        name = self.folder.name if self.folder else f"{self.shape}, random weights"
        return name if self.kind == "dense" else f"{name}, {self.kind}"

    @property
    def config(self) -> QwenConfig:
        """Its sizes; raises EngineError where the folder holds no checkpoint."""
        config = read_config(self.folder) if self.folder else SHAPES[self.shape]
        return config if self.kind == "dense" else replace(config, kind=self.kind)

    @property
    def tokenizer(self) -> Tokenizer:
        """Its own, or a made one; raises EngineError."""
        return read_tokenizer(self.folder) if self.folder else made_vocabulary()

    @property
    def real_shape(self) -> str:
        """Which of the real models it is as large as, such as "7b" or "7b awq"; '' where none."""
        config = self.config
        shapes = ((name, (shape.vision, shape.language)) for name, shape in SHAPES.items())
        kind = "" if config.kind == "dense" else f" {config.kind}"
        return next((f"{name}{kind}" for name, parts in shapes if parts == (config.vision, config.language)), "")

    def device(self, settings: Settings) -> Device:
        """Where it is measured; raises UserError where the CPU would take hours."""
        if not self.folder and not torch.cuda.is_available():
            raise UserError(NEEDS_GPU)
        return choose_device(settings.dtype, settings.memory_cap_gib)

    def load(self, settings: Settings) -> QwenModel:
        """Ready to answer. Raises EngineError, and UserError as `device` does."""
        device = self.device(settings)
        if self.folder:
            return QwenModel.load(self.folder, lambda _share, _words: None, settings)
        model = build_model(self.config, random_tensors(self.config, device), self.tokenizer, device, settings)
        model.warm_up()
        return model
