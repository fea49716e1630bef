"""Reads a checkpoint's safetensors straight to the device, with query, key, value and gate, up fused."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from pydantic import TypeAdapter
from safetensors import SafetensorError, safe_open
from torch import Tensor

from desktop.amounts import size_in_words
from desktop.engine.api import EngineError, Progress
from desktop.engine.qwen.config import LanguageConfig, QwenConfig, VisionConfig
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.products import room_for
from desktop.engine.qwen.quant import SCHEMES, Piece, Shape
from desktop.engine.qwen.quantisation import Kind
from desktop.language import tr, tr_later

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
_PROJECTION = re.compile(r"(layers\.\d+\.(?:self_attn|mlp)\.\w+_proj)\.(weight|qweight|qzeros|scales)")
_PACKED = ("qweight", "qzeros")  # of int32
_FILES = TypeAdapter(dict[str, str])


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
    stored = SCHEMES[config.kind].stored
    for i in range(t.layers):
        layer = f"layers.{i}."
        shapes |= {f"{layer}{name}_layernorm.weight": (t.hidden,) for name in ("input", "post_attention")}
        for name, (outs, ins) in projections(t).items():
            shapes |= {f"{layer}{name}.{suffix}": shape for suffix, shape in stored(outs, ins).items()}
            if name.endswith(("q_proj", "k_proj", "v_proj")):
                shapes[f"{layer}{name}.bias"] = (outs,)
    shapes["norm.weight"] = (t.hidden,)
    if not t.tied:
        shapes["lm_head.weight"] = (t.vocabulary, t.hidden)
    return shapes


def projections(config: LanguageConfig) -> dict[str, tuple[int, int]]:
    """The matrices of a layer, each by its outputs and inputs."""
    c, kv = config, config.kv_heads * config.head_dim
    return {
        "self_attn.q_proj": (c.hidden, c.hidden),
        "self_attn.k_proj": (kv, c.hidden),
        "self_attn.v_proj": (kv, c.hidden),
        "self_attn.o_proj": (c.hidden, c.hidden),
        "mlp.gate_proj": (c.intermediate, c.hidden),
        "mlp.up_proj": (c.intermediate, c.hidden),
        "mlp.down_proj": (c.hidden, c.intermediate),
    }


def projection_bytes(config: QwenConfig, itemsize: int) -> int:
    """What the matrices of all layers take, where other numbers have so many bytes."""
    size = SCHEMES[config.kind].size
    return config.language.layers * sum(size(*shape, itemsize) for shape in projections(config.language).values())


def weight_bytes(config: QwenConfig, itemsize: int) -> int:
    """What all weights take."""
    others = {name: shape for name, shape in expected_shapes(config).items() if not _PROJECTION.fullmatch(name)}
    return itemsize * sum(map(math.prod, others.values())) + projection_bytes(config, itemsize)


def load_weights(folder: Path, config: QwenConfig, device: Device, progress: Progress) -> dict[str, Tensor]:
    """Every tensor of the checkpoint on the device; raises EngineError naming what is missing, foreign or too large.

    Beside the weights at most one tensor of the checkpoint is held, and what it becomes.
    """
    shapes = expected_shapes(config)
    places = _find_tensors(folder, shapes)
    needed = weight_bytes(config, device.dtype.itemsize) + room_for(config) * device.dtype.itemsize
    free = device.free_bytes()
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

    The matrices of the layers are kept as the config's kind of weights. Raises ValueError where a shape is not the
    expected one, or numbers are of another kind.
    """
    shapes = expected_shapes(config)
    weights: dict[str, Tensor] = {}
    total = sum(map(math.prod, shapes.values()))
    done = 0
    for name, tensor in tensors:
        if tuple(tensor.shape) != shapes[name]:
            raise ValueError(f"{name} has shape {list(tensor.shape)}, not {list(shapes[name])}")
        if tensor.dtype not in ((torch.int32,) if name.endswith(_PACKED) else PRECISIONS):
            raise ValueError(f"{name} holds {str(tensor.dtype).rpartition('.')[2]} numbers")
        _place(weights, shapes, name, SCHEMES[_kind(config, name)].keep(name.rpartition(".")[2], tensor, dtype))
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


def _kind(config: QwenConfig, name: str) -> Kind:
    """How a tensor of the checkpoint is kept."""
    return config.kind if _PROJECTION.fullmatch(name) else "dense"


def _place(weights: dict[str, Tensor], shapes: Mapping[str, Shape], name: str, pieces: Sequence[Piece]) -> None:
    """Keep what a tensor has become under its name, or as part of a fused matrix."""
    found = _PART.search(name)
    part = found[0] if found else ""
    fused, index = _FUSED.get(part, (part, 0))
    siblings = [name.replace(part, other) for other, (target, _) in _FUSED.items() if target == fused] or [name]
    for piece in pieces:
        share = piece.tensor.shape[piece.axis] // shapes[name][piece.axis]  # 8 where a number holds so many outputs
        outs = [shapes[sibling][piece.axis] * share for sibling in siblings]
        piece.put(weights, name.replace(part, fused).rpartition(".")[0], sum(outs[:index]), sum(outs))


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
            return _FILES.validate_python(json.loads(index.read_text("utf-8"))["weight_map"])
        with safe_open(folder / "model.safetensors", framework="pt") as file:
            return dict.fromkeys(file.keys(), "model.safetensors")
    except FileNotFoundError:
        raise EngineError(_absent(folder / "model.safetensors")) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError, SafetensorError) as error:
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
        except (OSError, SafetensorError) as error:
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
