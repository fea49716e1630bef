"""Checkpoints of few bits, written straight from the formats' definitions, each beside what it stands for in full."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor

GROUP = 128
ORDER = [0, 2, 4, 6, 1, 3, 5, 7]  # the output, of eight, that stands in each 4 bits, from the lowest on
AWQ = {
    "bits": 4,
    "group_size": GROUP,
    "modules_to_not_convert": ["visual"],
    "quant_method": "awq",
    "version": "gemm",
    "zero_point": True,
}
PROJECTION = re.compile(r"model\.(language_model\.)?layers\.\d+\.\w+\.\w+_proj\.weight")


def pack_awq(codes: NDArray[np.uint32]) -> Tensor:
    """Codes (rows, columns) from 0 to 15 as int32 (rows, columns / 8)."""
    words = np.zeros((codes.shape[0], codes.shape[1] // 8), np.uint32)
    for row in range(words.shape[0]):
        for word in range(words.shape[1]):
            for place, column in enumerate(ORDER):
                words[row, word] |= codes[row, 8 * word + column] << np.uint32(4 * place)
    return torch.from_numpy(words.view(np.int32))


def quantise_awq(weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """A weight (out, in) as AWQ stores it, and what that stands for in float32: (code - zero) * scale."""
    grouped = weight.double().numpy().T.reshape(-1, GROUP, len(weight))
    low, high = np.minimum(grouped.min(1), 0), np.maximum(grouped.max(1), 0)
    scales = ((high - low) / 15).astype(np.float16)
    zeros = np.clip(np.rint(-low / scales), 0, 15).astype(np.uint32)
    codes = np.clip(np.rint(grouped / scales[:, None]) + zeros[:, None], 0, 15).astype(np.uint32)
    stands_for = (codes.astype(np.float32) - zeros[:, None]) * scales[:, None].astype(np.float32)
    stored = {
        "qweight": pack_awq(codes.reshape(-1, len(weight))),
        "qzeros": pack_awq(zeros),
        "scales": torch.from_numpy(np.ascontiguousarray(scales)),
    }
    return stored, torch.from_numpy(stands_for.reshape(-1, len(weight)).T.astype(np.float32)).contiguous()


def quantise_int8(weight: Tensor) -> Tensor:
    """What a weight (out, in) stands for once every output has a scale and 8 bits a weight."""
    numbers = weight.numpy()
    scales = np.abs(numbers).max(1, keepdims=True) / np.float32(127)
    return torch.from_numpy(np.rint(numbers / scales).astype(np.float32) * scales)


def make_awq(plain: Path, folder: Path, full: Path) -> None:
    """Write what is in `plain` as the official checkpoints are, names included, and `full`, what it stands for."""
    stored: dict[str, Tensor] = {}
    stands_for: dict[str, Tensor] = {}
    for name, tensor in load_file(plain / "model.safetensors").items():
        official = name.replace("model.visual.", "visual.").replace("model.language_model.", "model.")
        if PROJECTION.fullmatch(name):
            parts, stands_for[name] = quantise_awq(tensor)
            stored |= {f"{official.removesuffix('weight')}{part}": value for part, value in parts.items()}
        else:
            stored[official] = tensor.half()
            stands_for[name] = stored[official].float()
    for target, weights in ((folder, stored), (full, stands_for)):
        shutil.copytree(plain, target, dirs_exist_ok=True)
        save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"quantization_config": AWQ}), "utf-8")


def make_int8(plain: Path, full: Path) -> None:
    """Write what is in `plain` as it is once its projections have 8 bits a weight."""
    shutil.copytree(plain, full, dirs_exist_ok=True)
    weights = load_file(plain / "model.safetensors")
    quantised = {name: quantise_int8(tensor) for name, tensor in weights.items() if PROJECTION.fullmatch(name)}
    save_file(weights | quantised, full / "model.safetensors", metadata={"format": "pt"})
