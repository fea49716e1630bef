"""Quantised checkpoints that are foreign, damaged or of another kind are refused, each by what is wrong with it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from desktop.engine.api import EngineError
from desktop.engine.qwen.engine import QwenEngine
from desktop.settings import Settings
from tests.engine.qwen.checkpoints import make_checkpoint
from tests.engine.qwen.packed import AWQ, make_awq

FIRST = "model.layers.0.self_attn.k_proj."
Spoil = Callable[[dict[str, Tensor]], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good one."""
    plain, folder = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("awq")
    make_awq(make_checkpoint(plain, hidden=128), folder, plain.with_name("in-full"))
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """One to spoil."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def refusal(folder: Path) -> str:
    """The sentence of a checkpoint that cannot be loaded."""
    with pytest.raises(EngineError) as refused:
        QwenEngine(folder).load(lambda _share, _words: None)
    words = str(refused.value)
    assert words.startswith(str(folder))
    assert words.endswith(".")
    return words.removeprefix(str(folder))


def declare(folder: Path, quantisation: object) -> None:
    """Write what config.json says of it."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"quantization_config": quantisation}), "utf-8")


def without(part: str) -> Spoil:
    """Leave a part of the first matrix out."""
    return lambda weights: weights.pop(f"{FIRST}{part}")


def change(part: str, how: Callable[[Tensor], Tensor]) -> Spoil:
    """Have another tensor for a part of the first matrix."""
    return lambda weights: weights.update({f"{FIRST}{part}": how(weights[f"{FIRST}{part}"])})


@pytest.mark.parametrize(
    ("quantisation", "named"),
    [
        (AWQ | {"quant_method": "gptq"}, "quantised by gptq, which Shotglass does not read; use a bf16 or an AWQ"),
        ({"quant_method": "compressed-tensors", "bits": 4}, "quantised by compressed-tensors"),
        ({"bits": 4, "group_size": 128}, "quantised by nothing that is named"),
        (5, "quantised by nothing that is named"),
        (AWQ | {"bits": 8}, "AWQ weights with bits 8, and Shotglass reads bits 4;"),
        (AWQ | {"bits": "4"}, "AWQ weights with bits 4"),
        (AWQ | {"bits": True}, "AWQ weights with bits True"),
        (AWQ | {"group_size": 64}, "AWQ weights with group_size 64, and Shotglass reads group_size 128;"),
        (AWQ | {"group_size": -1}, "AWQ weights with group_size -1"),
        (AWQ | {"zero_point": False}, "AWQ weights with zero_point False"),
        (AWQ | {"version": "gemv"}, "AWQ weights with version gemv, and Shotglass reads version gemm;"),
        ({"quant_method": "awq"}, "AWQ weights with bits None"),
    ],
)
def test_another_kind_is_named(copy: Path, quantisation: object, named: str) -> None:
    declare(copy, quantisation)
    assert named in refusal(copy)


@pytest.mark.parametrize("quantisation", [AWQ | {"version": "GEMM"}, {k: v for k, v in AWQ.items() if k != "version"}])
def test_what_means_the_same_is_read(copy: Path, quantisation: object) -> None:
    declare(copy, quantisation)
    QwenEngine(copy).load(lambda _share, _words: None)


def test_weights_of_4_bits_stay_so(copy: Path) -> None:
    """Whatever is set for plain ones."""
    engine = QwenEngine(copy, Settings(weights="int8"))
    engine.load(lambda _share, _words: None)
    assert engine._model
    assert engine._model.config.kind == "awq"


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (without("qzeros"), "lacks the tensor layers.0.self_attn.k_proj.qzeros; download"),
        (without("bias"), "lacks the tensor layers.0.self_attn.k_proj.bias; download"),
        (change("scales", lambda t: t[:, :-8].clone()), "k_proj.scales has shape [1, 56]"),
        (change("qweight", lambda t: t.T.contiguous()), "k_proj.qweight has shape [8, 128]"),
        (change("qweight", torch.Tensor.float), "k_proj.qweight holds float32 numbers"),
        (change("scales", lambda t: t.to(torch.int8)), "k_proj.scales holds int8 numbers"),
    ],
)
def test_tensors_that_do_not_fit_are_named(copy: Path, spoil: Spoil, named: str) -> None:
    weights = load_file(copy / "model.safetensors")
    spoil(weights)
    save_file(weights, copy / "model.safetensors")
    assert named in refusal(copy)


def test_packed_weights_without_a_word_of_it_are_refused(copy: Path) -> None:
    """They are not what config.json announces."""
    config = json.loads((copy / "config.json").read_text("utf-8"))
    del config["quantization_config"]
    (copy / "config.json").write_text(json.dumps(config), "utf-8")
    assert "lacks the tensor layers.0.self_attn.q_proj.weight" in refusal(copy)


def test_sizes_without_whole_groups_are_named(checkpoint: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    declare(copy, AWQ)
    assert "config.json has a value that cannot be (hidden_size)" in refusal(copy)
