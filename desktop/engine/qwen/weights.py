"""The Qwen2.5-VL checkpoints that Shotglass knows, and which of them stand on this disk."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preset:
    """A checkpoint. `parameters` in billions; `gpu_gib` is the GPU memory it asks for."""

    id: str
    repository: str
    parameters: float
    bits: int
    gpu_gib: int

    @property
    def name(self) -> str:
        """The repository without its owner."""
        return self.repository.rpartition("/")[2]

    def folder(self, models: Path) -> Path:
        """Where it stands below the folder of all models."""
        return models / self.name

    def installed(self, models: Path) -> bool:
        """Tell whether every file that its index names is there."""
        folder = self.folder(models)
        try:
            index = json.loads((folder / "model.safetensors.index.json").read_text("utf-8"))
            names = {str(name) for name in index["weight_map"].values()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            names = {"model.safetensors"}
        return bool(names) and all((folder / name).is_file() for name in (*names, "config.json"))


PRESETS = (
    Preset("7b", "Qwen/Qwen2.5-VL-7B-Instruct", 8.3, 16, 20),
    Preset("7b-awq", "Qwen/Qwen2.5-VL-7B-Instruct-AWQ", 8.3, 4, 10),
    Preset("3b", "Qwen/Qwen2.5-VL-3B-Instruct", 3.8, 16, 10),
    Preset("3b-awq", "Qwen/Qwen2.5-VL-3B-Instruct-AWQ", 3.8, 4, 6),
)
