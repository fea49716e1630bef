"""What a Qwen2.5-VL checkpoint says of itself: sizes, special tokens, generation settings."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.engine.api import EngineError

MODEL_TYPE = "qwen2_5_vl"


@dataclass(frozen=True, slots=True)
class VisionConfig:
    """The vision tower. `window` is the side of an attention window in pixels, `full_blocks` attend to everything."""

    depth: int
    hidden: int
    heads: int
    intermediate: int
    out: int
    patch: int
    merge: int
    frames: int
    window: int
    full_blocks: tuple[int, ...]

    @property
    def factor(self) -> int:
        """The side of what becomes one token, in pixels."""
        return self.patch * self.merge

    @property
    def head_dim(self) -> int:
        """Channels of one head."""
        return self.hidden // self.heads


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """The language model. `sections` says how many rotary frequencies follow time, row and column."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    intermediate: int
    vocabulary: int
    theta: float
    epsilon: float
    sections: tuple[int, ...]
    tied: bool

    @property
    def head_dim(self) -> int:
        """Channels of one head."""
        return self.hidden // self.heads


@dataclass(frozen=True, slots=True)
class QwenConfig:
    """A checkpoint. `penalty` is the repetition penalty that its makers set."""

    vision: VisionConfig
    language: LanguageConfig
    image_token: int
    end_tokens: tuple[int, ...]
    penalty: float


def read_config(folder: Path) -> QwenConfig:
    """Read `config.json` and `generation_config.json`; raises EngineError where they are no Qwen2.5-VL's."""
    raw = _read_json(folder / "config.json")
    if raw.get("model_type") != MODEL_TYPE:
        kind = raw.get("model_type", "nothing that is named")
        raise EngineError(f"{folder} holds {kind}, not Qwen2.5-VL; give the folder of a Qwen2.5-VL checkpoint.")
    if "quantization_config" in raw:
        raise EngineError(f"{folder} holds quantised weights, which cannot be loaded yet; use the bf16 checkpoint.")
    path = folder / "generation_config.json"
    generation = _read_json(path) if path.is_file() else {}
    try:
        return _config(raw, generation)
    except KeyError as error:
        raise EngineError(f"{folder / 'config.json'} lacks {error}; download the model again.") from error
    except (TypeError, ValueError, ArithmeticError) as error:
        raise EngineError(f"{folder / 'config.json'} has values of another kind; download the model again.") from error


def _config(raw: dict[str, Any], generation: dict[str, Any]) -> QwenConfig:
    # Older files hold the language model's values at the top, newer ones under "text_config".
    text = raw | raw.get("text_config", {})
    rope = text.get("rope_parameters") or text.get("rope_scaling") or {}
    vision = raw["vision_config"]
    if text["hidden_size"] % text["num_attention_heads"] or vision["hidden_size"] % vision["num_heads"]:
        raise ValueError("the heads do not divide the channels")
    ends = generation.get("eos_token_id", text.get("eos_token_id"))
    return QwenConfig(
        VisionConfig(
            vision["depth"],
            vision["hidden_size"],
            vision["num_heads"],
            vision["intermediate_size"],
            vision["out_hidden_size"],
            vision["patch_size"],
            vision["spatial_merge_size"],
            vision["temporal_patch_size"],
            vision["window_size"],
            tuple(vision["fullatt_block_indexes"]),
        ),
        LanguageConfig(
            text["num_hidden_layers"],
            text["hidden_size"],
            text["num_attention_heads"],
            text["num_key_value_heads"],
            text["intermediate_size"],
            text["vocab_size"],
            float(rope.get("rope_theta", text.get("rope_theta", 1e6))),
            text["rms_norm_eps"],
            tuple(rope["mrope_section"]),
            bool(raw.get("tie_word_embeddings", False)),
        ),
        raw["image_token_id"],
        tuple(ends) if isinstance(ends, list) else (int(ends),),
        float(generation.get("repetition_penalty") or 1.0),
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise EngineError(f"{path} is missing; give the folder of a Qwen2.5-VL checkpoint.") from None
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(f"{path} cannot be read; download the model again.") from error
    if not isinstance(values, dict):
        raise EngineError(f"{path} is no configuration; download the model again.")
    return values
