"""Checkpoints whose files do not fit together are refused before anything is computed, each by what is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from desktop.engine.api import EngineError
from desktop.engine.qwen.config import read_config
from desktop.engine.qwen.engine import QwenEngine

Values = Any
Change = Callable[[Values], object]


@pytest.fixture
def copy(checkpoint: Path, tmp_path: Path) -> Path:
    """A checkpoint to spoil."""
    return Path(shutil.copytree(checkpoint, tmp_path / "copy"))


def change(file: Path, how: Change) -> None:
    """Rewrite a file of JSON."""
    values = json.loads(file.read_text("utf-8"))
    how(values)
    file.write_text(json.dumps(values), "utf-8")


def refusal(folder: Path) -> str:
    """The sentence of a checkpoint that cannot be loaded."""
    with pytest.raises(EngineError) as refused:
        QwenEngine(folder).load(lambda _share, _words: None)
    return str(refused.value)


def rope(values: Values) -> Values:
    """The rotary settings."""
    return values["text_config"]["rope_parameters"]


@pytest.mark.parametrize(
    ("how", "named"),
    [
        (lambda c: c["text_config"].update(rope_parameters="abc"), "config.json has values of another kind"),
        (lambda c: rope(c).update(mrope_section=[2, 3, 4]), "mrope_section"),
        (lambda c: rope(c).update(mrope_section=["a"]), "language.sections"),
        (lambda c: rope(c).update(mrope_section=[8]), "mrope_section"),
        (lambda c: c["text_config"].update(num_hidden_layers=-1), "language.layers"),
        (lambda c: c["text_config"].update(num_hidden_layers=2.5), "language.layers"),
        (lambda c: c["text_config"].update(num_attention_heads=0), "language.heads"),
        (lambda c: c["text_config"].update(num_attention_heads=5), "num_attention_heads"),
        (lambda c: c["text_config"].update(num_key_value_heads=3), "num_attention_heads"),
        (lambda c: c["text_config"].update(rms_norm_eps="x"), "language.epsilon"),
        (lambda c: c["vision_config"].update(window_size=0), "vision.window"),
        (lambda c: c["vision_config"].update(window_size=5), "window_size"),
        (lambda c: c["vision_config"].update(depth="3"), "vision.depth"),
        (lambda c: c["vision_config"].update(spatial_merge_size=0), "vision.merge"),
        (lambda c: c["vision_config"].update(fullatt_block_indexes=["a"]), "vision.full_blocks"),
        (lambda c: c.update(image_token_id="x"), "image_token"),
        (lambda c: c.update(image_token_id=-5), "image_token"),
        (lambda c: c.update(image_token_id=99999), "image_token_id"),
    ],
)
def test_values_that_cannot_be_are_named(copy: Path, how: Change, named: str) -> None:
    """Of `config.json`."""
    change(copy / "config.json", how)
    words = refusal(copy)
    assert "config.json has" in words
    assert named in words


@pytest.mark.parametrize("values", [{"repetition_penalty": -1}, {"repetition_penalty": "a"}, {"eos_token_id": ["a"]}])
def test_generation_settings_that_cannot_be_are_named(copy: Path, values: Values) -> None:
    """By the file that they stand in."""
    change(copy / "generation_config.json", lambda settings: settings.update(values))
    assert "generation_config.json has a value that cannot be" in refusal(copy)


def test_end_tokens_may_stand_in_either_file(copy: Path) -> None:
    """An empty place in one leaves the other's."""
    change(copy / "generation_config.json", lambda settings: settings.update(eos_token_id=None))
    expected = json.loads((copy / "config.json").read_text())["text_config"]["eos_token_id"]
    assert read_config(copy).end_tokens == (expected,)


@pytest.mark.parametrize(
    "how",
    [
        lambda t: t.update(added_tokens=[]),
        lambda t: t.update(added_tokens=[one for one in t["added_tokens"] if "im_start" not in one["content"]]),
        lambda t: t["model"]["vocab"].update(zzz=1000),
        lambda t: t["added_tokens"].reverse(),
    ],
    ids=["no special tokens", "one is missing", "beyond the vocabulary", "another number for the picture"],
)
def test_another_model_s_tokenizer_is_refused(copy: Path, how: Change) -> None:
    """A token that the model does not know would break the GPU's work, one by another name the answer."""
    change(copy / "tokenizer.json", how)
    assert "tokenizer.json belongs to another model" in refusal(copy)


@pytest.mark.parametrize(
    "index", ["[]", '["weight_map"]', "5", '{"weight_map": 5}', '{"weight_map": {"a": 5}}', "[" * 100_000]
)
def test_an_index_of_another_kind_is_told(copy: Path, index: str) -> None:
    """It names no files, so the weights cannot be read."""
    (copy / "model.safetensors.index.json").write_text(index)
    assert "cannot be read; download the model again" in refusal(copy)


def test_weights_that_cannot_be_read_are_told(copy: Path) -> None:
    """A folder stands here for what the system gives no bytes of, such as a file on a disk that is gone."""
    weights = load_file(copy / "model.safetensors")
    index = {"weight_map": dict.fromkeys(weights, "part.safetensors")}
    (copy / "model.safetensors.index.json").write_text(json.dumps(index))
    (copy / "part.safetensors").mkdir()
    assert "part.safetensors is damaged" in refusal(copy)


@pytest.mark.parametrize("numbers", [torch.int8, torch.float8_e4m3fn])
def test_quantised_weights_without_a_word_of_it_are_refused(copy: Path, numbers: torch.dtype) -> None:
    """Read as what they are not, they would answer nonsense."""
    weights = {name: tensor.to(numbers) for name, tensor in load_file(copy / "model.safetensors").items()}
    save_file(weights, copy / "model.safetensors")
    assert f"holds {str(numbers).rpartition('.')[2]} numbers" in refusal(copy)
