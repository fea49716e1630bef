"""Weights of 4 and of 8 bits say what the weights that they stand for say in transformers: CPU, float32."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from desktop.bench.random_model import SHAPES
from desktop.engine.qwen.loader import WHOLE, weight_bytes
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.operators import Linear, Plain
from desktop.engine.qwen.products import room_for
from desktop.engine.qwen.quant import SCHEMES, Eight, Four, find_weight
from desktop.engine.qwen.quantisation import Kind
from desktop.settings import Settings
from tests.engine.qwen.asked import Asked
from tests.engine.qwen.checkpoints import Reference, make_checkpoint, random_shot
from tests.engine.qwen.packed import make_awq, make_int8, quantise_awq
from tests.engine.qwen.test_drafts import Wide

GIB = 1 << 30
SIZES = [(280, 84), (300, 500), (57, 31)]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """What is loaded, by its kind of weights."""
    plain, tied = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("plain-tied")
    awq, awq_tied = tmp_path_factory.mktemp("awq"), tmp_path_factory.mktemp("awq-tied")
    make_awq(make_checkpoint(plain, hidden=128), awq, plain.with_name("awq-in-full"))
    make_awq(make_checkpoint(tied, tied=True, hidden=128), awq_tied, plain.with_name("awq-tied-in-full"))
    make_int8(plain, plain.with_name("int8-in-full"))
    return {"awq": awq, "awq-tied": awq_tied, "int8": plain}


@pytest.fixture(scope="module")
def full(folders: Mapping[str, Path]) -> Mapping[str, Reference]:
    """What it stands for, in transformers."""
    return {kind: Reference(folders["int8"].with_name(f"{kind}-in-full")) for kind in folders}


@pytest.fixture(params=["awq", "awq-tied", "int8"])
def asked(request: pytest.FixtureRequest, folders: Mapping[str, Path], full: Mapping[str, Reference]) -> Asked:
    """Asks both."""
    kind = request.param
    settings = Settings(weights="int8" if kind == "int8" else "auto")
    return Asked(QwenModel.load(folders[kind], lambda _share, _words: None, settings), full[kind])


@pytest.fixture
def model(asked: Asked) -> QwenModel:
    """Ours."""
    return asked.model


@pytest.mark.parametrize("size", SIZES)
def test_tokens_alone(asked: Asked, size: tuple[int, int]) -> None:
    shot = random_shot(*size, seed=3)
    request = asked.request(shot)
    asked.run(request)
    assert request.produced == asked.expected(shot)
    assert len(set(request.produced)) > 8, "the answer depends on what stands before each token"


def test_tokens_together_behind_a_kept_picture_and_with_drafts(asked: Asked) -> None:
    """The layers alone are others: everything around them works as before."""
    shots = [random_shot(*size, seed=seed) for seed, size in enumerate(SIZES)]
    requests = [asked.request(shot, tokens=40) for shot in shots]
    asked.run(*requests, join_every=3)
    for request, shot in zip(requests, shots, strict=True):
        assert request.produced == asked.expected(shot, tokens=40)
    large = random_shot(641, 360, seed=3)
    asked.run(asked.request(large, tokens=3))
    again = asked.request(large, "hello world " * 10, tokens=12)
    asked.run(again)
    assert again.reused > 256
    assert again.produced == asked.expected(large, "hello world " * 10, tokens=12)
    asked.model.scheduler.pace = Wide()
    expected = asked.expected(shots[0], tokens=40)
    foretold = asked.request(shots[0], tokens=40)
    foretold.draft.offer(expected)
    asked.run(foretold)
    assert foretold.produced == expected
    assert foretold.draft.right > len(expected) / 2


def test_the_layers_are_packed_and_the_rest_is_not(model: QwenModel) -> None:
    weights = model.language.weights
    for name in ("self_attn.qkv", "self_attn.o_proj", "mlp.gate_up", "mlp.down_proj"):
        assert isinstance(find_weight(weights, f"layers.1.{name}"), Four | Eight)
    assert {name for name in weights if name.startswith("layers.1.") and name.endswith("weight")} == {
        "layers.1.input_layernorm.weight",
        "layers.1.post_attention_layernorm.weight",
    }
    assert weights["lm_head.weight"].dtype is weights["visual.merger.mlp.0.weight"].dtype is torch.float32
    assert model.packed in {"4-bit weights torch", "8-bit weights torch"}


def test_memory_is_what_was_foretold(model: QwenModel) -> None:
    """Byte by byte; nothing of this vision tower is padded."""
    assert model.config.vision.intermediate % WHOLE == 0
    held = {id(tensor): tensor.nbytes for tensor in model.language.weights.values()}
    assert sum(held.values()) == weight_bytes(model.config, 4)


@pytest.mark.parametrize(("shape", "kind", "most"), [("7b", "awq", 6.9), ("3b", "awq", 3.4), ("7b", "int8", 9.7)])
def test_memory_of_real_shapes(shape: str, kind: Kind, most: float) -> None:
    """In bfloat16, the room for unpacking among it."""
    config = replace(SHAPES[shape], kind=kind)
    needed = (weight_bytes(config, 2) + 2 * room_for(config)) / GIB
    assert most - 0.5 < needed <= most


def pieces(room: int) -> Iterator[torch.Tensor]:
    """A product by packed weights whose room has so many numbers, and the same in full."""
    dice = torch.Generator().manual_seed(0)
    weight, bias = torch.randn(384, 256, generator=dice), torch.randn(384, generator=dice)
    stored, stands_for = quantise_awq(weight)
    parts: dict[str, torch.Tensor] = {}
    for suffix, tensor in stored.items():
        for piece in SCHEMES["awq"].keep(suffix, tensor, torch.float32):
            piece.put(parts, "m", 0, 384)
    x = torch.randn(20, 256, generator=dice)
    plain = Plain()
    plain.scratch.room = torch.empty(room)
    for given in (bias, None):
        yield plain.project(x, Linear(find_weight(parts, "m"), given))
        yield torch.nn.functional.linear(x, stands_for, given)


@pytest.mark.parametrize("room", [384 * 256, 400 * 256 + 7])
def test_a_matrix_is_unpacked_into_the_room_and_multiplied(room: int) -> None:
    """The room may be larger than it is."""
    ours, theirs, ours_bare, theirs_bare = pieces(room)
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(ours_bare, theirs_bare, atol=1e-4, rtol=1e-4)
