"""Reads a checkpoint's safetensors straight to the device, with query, key, value and gate, up fused."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from safetensors import SafetensorError, safe_open
from torch import Tensor

from desktop.engine.api import EngineError, Progress
from desktop.engine.qwen.config import QwenConfig, VisionConfig
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.meter import size_in_words
from desktop.language import tr, tr_later

Shape = tuple[int, ...]

_PREFIXES = (
    (re.compile(r"^(model\.)?visual\."), "visual."),
    (re.compile(r"^(model\.)?language_model\.(model\.)?"), ""),
    (re.compile(r"^model\."), ""),
)
_FUSED = {
    "self_attn.q_proj": ("self_attn.qkv", 0),
    "self_attn.k_proj": ("self_attn.qkv", 1),
    "self_attn.v_proj": ("self_attn.qkv", 2),
    "mlp.gate_proj": ("mlp.gate_up", 0),
    "mlp.up_proj": ("mlp.gate_up", 1),
}
NO_ROOM = tr_later(
    "The weights need {needed} of memory ({device}), and {free} are free; close other programs or use a smaller model."
)
PRECISIONS = (torch.bfloat16, torch.float16, torch.float32)  # others stand for something else, by rules of their own
WHOLE = 64  # numbers of two bytes
_PART = re.compile("|".join(map(re.escape, _FUSED)))


def expected_shapes(config: QwenConfig) -> dict[str, Shape]:
    """The name and shape of every tensor of a checkpoint, prefixes aside."""
    shapes: dict[str, Shape] = {}
    v, t = config.vision, config.language
    shapes["visual.patch_embed.proj.weight"] = (v.hidden, 3, v.frames, v.patch, v.patch)
    for i in range(v.depth):
        block = f"visual.blocks.{i}."
        shapes |= {f"{block}norm1.weight": (v.hidden,), f"{block}norm2.weight": (v.hidden,)}
        shapes |= _linear(f"{block}attn.qkv", v.hidden * 3, v.hidden, bias=True)
        shapes |= _linear(f"{block}attn.proj", v.hidden, v.hidden, bias=True)
        for name in ("gate_proj", "up_proj"):
            shapes |= _linear(f"{block}mlp.{name}", v.intermediate, v.hidden, bias=True)
        shapes |= _linear(f"{block}mlp.down_proj", v.hidden, v.intermediate, bias=True)
    merged = v.hidden * v.merge**2
    shapes["visual.merger.ln_q.weight"] = (v.hidden,)
    shapes |= _linear("visual.merger.mlp.0", merged, merged, bias=True)
    shapes |= _linear("visual.merger.mlp.2", v.out, merged, bias=True)
    shapes["embed_tokens.weight"] = (t.vocabulary, t.hidden)
    for i in range(t.layers):
        layer, kv = f"layers.{i}.", t.kv_heads * t.head_dim
        shapes |= {
            f"{layer}input_layernorm.weight": (t.hidden,),
            f"{layer}post_attention_layernorm.weight": (t.hidden,),
        }
        for name, rows in (("q", t.hidden), ("k", kv), ("v", kv)):
            shapes |= _linear(f"{layer}self_attn.{name}_proj", rows, t.hidden, bias=True)
        shapes |= _linear(f"{layer}self_attn.o_proj", t.hidden, t.hidden)
        for name in ("gate_proj", "up_proj"):
            shapes |= _linear(f"{layer}mlp.{name}", t.intermediate, t.hidden)
        shapes |= _linear(f"{layer}mlp.down_proj", t.hidden, t.intermediate)
    shapes["norm.weight"] = (t.hidden,)
    if not t.tied:
        shapes["lm_head.weight"] = (t.vocabulary, t.hidden)
    return shapes


def load_weights(folder: Path, config: QwenConfig, device: Device, progress: Progress) -> dict[str, Tensor]:
    """Every tensor of the checkpoint on the device; raises EngineError naming what is missing, foreign or too large.

    Beside the weights at most one tensor of the checkpoint is held.
    """
    shapes = expected_shapes(config)
    places = _find_tensors(folder, shapes)
    needed, free = sum(map(math.prod, shapes.values())) * device.dtype.itemsize, device.free_bytes()
    if needed > free:
        raise EngineError(tr(NO_ROOM, needed=size_in_words(needed), device=device.title, free=size_in_words(free)))
    try:
        return arrange_weights(_read_tensors(folder, places, device.place), config, device.dtype, progress)
    except ValueError as error:
        words = tr_later("{folder} does not fit its config.json ({reason}); download the model again.")
        raise EngineError(tr(words, folder=folder, reason=error)) from error


def arrange_weights(
    tensors: Iterable[tuple[str, Tensor]], config: QwenConfig, dtype: torch.dtype, progress: Progress
) -> dict[str, Tensor]:
    """Tensors by the names of `expected_shapes`, fused: "qkv" and "gate_up"; a tied model's head is its embedding.

    Raises ValueError where a shape is not the expected one, or numbers are quantised.
    """
    shapes = expected_shapes(config)
    weights: dict[str, Tensor] = {}
    total = sum(map(math.prod, shapes.values()))
    done = 0
    for name, tensor in tensors:
        if tuple(tensor.shape) != shapes[name]:
            raise ValueError(f"{name} has shape {list(tensor.shape)}, not {list(shapes[name])}")
        if tensor.dtype not in PRECISIONS:
            raise ValueError(f"{name} holds {str(tensor.dtype).rpartition('.')[2]} numbers")
        _place(weights, shapes, name, tensor, dtype)
        done += tensor.numel()
        progress(done / total, tr("Loading the model"))
    weights.setdefault("lm_head.weight", weights["embed_tokens.weight"])
    _pad_vision(weights, config.vision)
    return weights


def _pad_vision(weights: dict[str, Tensor], config: VisionConfig) -> None:
    """Widen the middle of the vision tower's feed-forward layers by zeros, so that its rows begin at whole 128 bytes.

    Of 3,420 numbers a row they do not, and the whole tower takes a third longer (7B on an H200).
    """
    extra = -config.intermediate % WHOLE
    for block in range(config.depth):
        name = f"visual.blocks.{block}.mlp."
        for part in ("weight", "bias"):
            halves = weights[f"{name}gate_up.{part}"].chunk(2)
            below = (0, 0) * (halves[0].dim() - 1) + (0, extra)
            weights[f"{name}gate_up.{part}"] = torch.cat([F.pad(half, below) for half in halves])
        weights[f"{name}down_proj.weight"] = F.pad(weights[f"{name}down_proj.weight"], (0, extra))


def _place(
    weights: dict[str, Tensor], shapes: Mapping[str, Shape], name: str, tensor: Tensor, dtype: torch.dtype
) -> None:
    """Keep a tensor under its name, or copy it into its part of a fused one."""
    part = _PART.search(name)
    if part is None:
        # On a CPU the tensor may be the file itself, which must not be needed any more.
        weights[name] = tensor.to(dtype, copy=tensor.device.type == "cpu")
        return
    fused, index = _FUSED[part[0]]
    siblings = [name.replace(part[0], other) for other, (target, _) in _FUSED.items() if target == fused]
    rows = [shapes[sibling][0] for sibling in siblings]
    target = name.replace(part[0], fused)
    if target not in weights:
        weights[target] = torch.empty((sum(rows), *tensor.shape[1:]), device=tensor.device, dtype=dtype)
    start = sum(rows[:index])
    weights[target][start : start + rows[index]] = tensor


def _find_tensors(folder: Path, shapes: Mapping[str, Shape]) -> dict[str, tuple[str, str]]:
    """The file and the full name of each tensor; raises EngineError where any is missing."""
    names = _full_names(folder)
    places = {short_name(full): (file, full) for full, file in names.items()}
    if missing := [name for name in shapes if name not in places]:
        words = tr_later("{folder} lacks the tensor {name}; download the model again.")
        if len(missing) > 1:
            words = tr_later("{folder} lacks the tensor {name} and {more} more; download the model again.")
        raise EngineError(tr(words, folder=folder, name=missing[0], more=len(missing) - 1))
    return {name: places[name] for name in shapes}


def _full_names(folder: Path) -> dict[str, str]:
    """Every tensor's full name and its file."""
    index = folder / "model.safetensors.index.json"
    try:
        if index.is_file():
            return dict(json.loads(index.read_text("utf-8"))["weight_map"])
        with safe_open(folder / "model.safetensors", framework="pt") as file:
            return dict.fromkeys(file.keys(), "model.safetensors")
    except FileNotFoundError:
        raise EngineError(_absent(folder / "model.safetensors")) from None
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise EngineError(
            tr("The weights in {folder} cannot be read; download the model again.", folder=folder)
        ) from error


def _read_tensors(
    folder: Path, places: Mapping[str, tuple[str, str]], device: torch.device
) -> Iterator[tuple[str, Tensor]]:
    """Each tensor on the device, file by file."""
    for wanted in sorted({file for file, _full in places.values()}):
        try:
            with safe_open(folder / wanted, framework="pt", device=str(device)) as file:
                for name, (holder, full) in places.items():
                    if holder == wanted:
                        yield name, file.get_tensor(full)
        except FileNotFoundError:
            raise EngineError(_absent(folder / wanted)) from None
        except SafetensorError as error:
            raise EngineError(
                tr("{file} is damaged or cut off; download the model again.", file=folder / wanted)
            ) from error


def _absent(path: Path) -> str:
    """Why a file could not be opened; safetensors says the same of one that is not there and one that is forbidden."""
    if path.exists():
        return tr("{file} may not be read; allow it, or copy the folder to where you may read it.", file=path)
    return tr("{file} is missing; download the model again.", file=path)


def short_name(full: str) -> str:
    """A tensor's name without the prefix that differs between versions of the checkpoint."""
    for prefix, short in _PREFIXES:
        if prefix.match(full):
            return prefix.sub(short, full)
    return full


def _linear(name: str, rows: int, columns: int, bias: bool = False) -> dict[str, Shape]:
    return {f"{name}.weight": (rows, columns)} | ({f"{name}.bias": (rows,)} if bias else {})
