"""What a Qwen2.5-VL checkpoint says of itself: sizes, special tokens, generation settings."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError

from desktop.engine.api import EngineError
from desktop.engine.qwen.quantisation import GROUP, Kind, read_kind
from desktop.language import tr, tr_later

MODEL_TYPE = "qwen2_5_vl"
Size = Annotated[int, Field(gt=0, strict=True)]
Token = Annotated[int, Field(ge=0, strict=True)]
Positive = Annotated[FiniteFloat, Field(gt=0)]


@dataclass(frozen=True, slots=True)
class VisionConfig:
    """The vision tower. `window` is the side of an attention window in pixels, `full_blocks` attend to everything."""

    depth: Size
    hidden: Size
    heads: Size
    intermediate: Size
    out: Size
    patch: Size
    merge: Size
    frames: Size
    window: Size
    full_blocks: tuple[Token, ...]

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

    layers: Size
    hidden: Size
    heads: Size
    kv_heads: Size
    intermediate: Size
    vocabulary: Size
    theta: Positive
    epsilon: Positive
    sections: tuple[Size, ...]
    tied: bool

    @property
    def head_dim(self) -> int:
        """Channels of one head."""
        return self.hidden // self.heads


@dataclass(frozen=True, slots=True)
class QwenConfig:
    """A checkpoint. `penalty` is the repetition penalty that its makers set, `kind` that of the layers' weights."""

    vision: VisionConfig
    language: LanguageConfig
    image_token: Token
    end_tokens: tuple[Token, ...]
    penalty: Positive
    kind: Kind = "dense"


_CONFIG = TypeAdapter(QwenConfig)
_GENERATED = ("end_tokens", "penalty")
_Fits = tuple[tuple[Callable[[VisionConfig, LanguageConfig, int], bool], str], ...]
_FITS: _Fits = (
    (lambda v, _t, _image: v.hidden % v.heads == 0 and v.head_dim % 4 == 0, "num_heads of the vision tower"),
    (lambda _v, t, _image: t.hidden % t.heads == 0 and t.heads % t.kv_heads == 0, "num_attention_heads"),
    (lambda _v, t, _image: 2 * sum(t.sections) == t.head_dim and len(t.sections) == 3, "mrope_section"),
    (lambda v, _t, _image: v.window % v.factor == 0, "window_size"),
    (lambda v, t, _image: v.out == t.hidden, "out_hidden_size"),
    (lambda _v, t, image: image < t.vocabulary, "image_token_id"),
)
_GROUPED: _Fits = (  # of AWQ weights
    (lambda _v, t, _image: t.hidden % GROUP == 0, "hidden_size"),
    (lambda _v, t, _image: t.intermediate % GROUP == 0, "intermediate_size"),
    (lambda _v, t, _image: t.kv_heads * t.head_dim % 8 == 0, "num_key_value_heads"),
)


def read_config(folder: Path) -> QwenConfig:
    """Read `config.json` and `generation_config.json`; raises EngineError where they are no Qwen2.5-VL's."""
    raw = _read_json(folder / "config.json")
    if raw.get("model_type") != MODEL_TYPE:
        kind = raw.get("model_type", tr("nothing that is named"))
        words = tr_later("{folder} holds {kind}, not Qwen2.5-VL; give the folder of a Qwen2.5-VL checkpoint.")
        raise EngineError(tr(words, folder=folder, kind=kind))
    kind = read_kind(raw, folder)
    path = folder / "generation_config.json"
    generation = _read_json(path) if path.is_file() else {}
    try:
        return _check(replace(_config(raw, generation), kind=kind))
    except KeyError as error:
        words = tr_later("{file} lacks {entry}; download the model again.")
        raise EngineError(tr(words, file=folder / "config.json", entry=error)) from error
    except (TypeError, AttributeError) as error:
        words = tr_later("{file} has values of another kind; download the model again.")
        raise EngineError(tr(words, file=folder / "config.json")) from error
    except ValueError as error:
        file = "generation_config.json" if str(error) in _GENERATED else "config.json"
        words = tr_later("{file} has a value that cannot be ({entry}); download the model again.")
        raise EngineError(tr(words, file=folder / file, entry=error)) from error


def _check(config: QwenConfig) -> QwenConfig:
    """The same with every value of its kind; raises ValueError that names what cannot be, alone or beside the rest."""
    try:
        config = _CONFIG.validate_python(asdict(config))
    except ValidationError as error:
        raise ValueError(".".join(str(part) for part in error.errors()[0]["loc"] if isinstance(part, str))) from error
    for fits, name in (*_FITS, *(_GROUPED if config.kind == "awq" else ())):
        if not fits(config.vision, config.language, config.image_token):
            raise ValueError(name)
    return config


def _config(raw: dict[str, Any], generation: dict[str, Any]) -> QwenConfig:
    # Older files hold the language model's values at the top, newer ones under "text_config".
    text = raw | raw.get("text_config", {})
    rope = text.get("rope_parameters") or text.get("rope_scaling") or {}
    vision = raw["vision_config"]
    ends = generation.get("eos_token_id")
    ends = text.get("eos_token_id") if ends is None else ends
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
            rope.get("rope_theta", text.get("rope_theta", 1e6)),
            text["rms_norm_eps"],
            tuple(rope["mrope_section"]),
            bool(raw.get("tie_word_embeddings", False)),
        ),
        raw["image_token_id"],
        tuple(ends) if isinstance(ends, list) else (ends,),
        generation.get("repetition_penalty", 1.0),
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise EngineError(tr("{file} is missing; give the folder of a Qwen2.5-VL checkpoint.", file=path)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(tr("{file} cannot be read; download the model again.", file=path)) from error
    if not isinstance(values, dict):
        raise EngineError(tr("{file} is no configuration; download the model again.", file=path))
    return values
