"""Apple's GPU, at its border: what torch says of it is recorded, the tensors are on the CPU."""

from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest
import torch

from desktop.bench.footprint import footprint_of
from desktop.bench.machine import describe_machine
from desktop.engine.fallback import FallbackEngine
from desktop.engine.ocr import OcrEngine
from desktop.engine.qwen import device as devices
from desktop.engine.qwen import processors
from desktop.engine.qwen.attention import choose_attention
from desktop.engine.qwen.attention_ways import Matmul, Sdpa
from desktop.engine.qwen.compiler import compiler_lack
from desktop.engine.qwen.device import GIB, Device, choose_device, give_back
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.failure import is_out_of_memory
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.operators_choice import choose_operators
from desktop.engine.qwen.processors import multiplies
from desktop.engine.qwen.segments import Segments
from tests.engine.qwen.asked import Asked
from tests.engine.qwen.checkpoints import random_shot

MPS = torch.device("mps")
SAID: Mapping[str, object] = {
    "backends.mps.is_available": True,
    "backends.mps.get_name": "Apple M2",
    "mps.recommended_max_memory": 10 * GIB,
    "mps.driver_allocated_memory": 4 * GIB,
    "mps.current_allocated_memory": 3 * GIB,
    "mps.set_per_process_memory_fraction": None,
    "mps.empty_cache": None,
}
Calls = list[tuple[object, ...]]


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A Mac of 16 GiB, half of them in use; the calls that change something, in turn."""
    calls: Calls = []

    def answer(name: str, said: object) -> object:
        def call(*arguments: object) -> object:
            if said is None:
                calls.append((name.rpartition(".")[2], *arguments))
            return said

        return call

    for name, said in SAID.items():
        monkeypatch.setattr(f"torch.{name}", answer(name, said))
    memory = psutil.virtual_memory()._replace(total=16 * GIB, available=8 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    return calls


@pytest.mark.parametrize(
    ("bf16", "wanted", "dtype"),
    [
        (True, "auto", torch.bfloat16),
        (False, "auto", torch.float32),
        (True, "float32", torch.float32),
    ],
)
def test_it_is_chosen_in_the_precision_that_it_has(
    mac: Calls, bf16: bool, wanted: str, dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a remark that it is slow; the memory that Metal recommends is not left."""
    monkeypatch.setattr(processors, "multiplies", lambda place, _dtype: bf16 and place == MPS)
    device = choose_device(wanted)
    assert device == Device(MPS, dtype)
    assert device.title == f"Apple M2, {str(dtype).removeprefix('torch.')}"
    assert (device.on_gpu, device.on_cuda, device.remark) == (True, False, "")
    assert mac == [("set_per_process_memory_fraction", 1.0)]


@pytest.mark.parametrize(("cap_gib", "available_gib", "free_gib"), [(0.0, 8, 7), (0.0, 2, 3), (5.0, 8, 2), (20, 8, 7)])
def test_its_memory_is_the_computers(
    mac: Calls, cap_gib: float, available_gib: int, free_gib: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more is free than the computer has; of the 4 GiB that torch holds one is unused."""
    memory = psutil.virtual_memory()._replace(available=available_gib * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    device = choose_device(cap_gib=cap_gib)
    assert device.free_bytes() == free_gib * GIB
    assert mac == [("set_per_process_memory_fraction", min(cap_gib, 10) / 10 or 1.0)]


def test_what_it_holds_is_given_back_and_counted(mac: Calls) -> None:
    device = Device(MPS, torch.bfloat16)
    give_back()
    assert mac == [("empty_cache",)]
    footprint = footprint_of(device)
    footprint.begin()
    footprint.sample()
    assert (footprint.whole, footprint.peak, footprint.shortages) == (10 * GIB, 4 * GIB, None)
    machine = describe_machine("a model", device, Matmul.name)
    assert (machine["device"], machine["memory"], machine["cap"]) == ("Apple M2", "10.0 GiB", "none")
    assert "CUDA" not in machine


def test_a_precision_is_proved_by_a_product() -> None:
    """What torch cannot do there, as anything on a device that is not here, is no error."""
    assert multiplies(torch.device("cpu"), torch.bfloat16)
    assert not multiplies(torch.device("cpu"), torch.float8_e4m3fn)
    assert not multiplies(torch.device("meta"), torch.bfloat16)


def test_without_a_gpu_the_cpu_is_slow() -> None:
    device = choose_device("auto", 5.0)
    assert device == Device(torch.device("cpu"), torch.float32)
    assert device.remark == devices.SLOW


@pytest.mark.parametrize(
    "words",
    [
        "MPS backend out of memory (MPS allocated: 8.89 GB, other allocations: 172.98 MB, max allowed: 9.07 GB).",
        "Invalid buffer size: 19.38 GiB",
    ],
)
def test_too_little_memory_is_told_by_words(words: str) -> None:
    assert is_out_of_memory(RuntimeError(words))
    assert not is_out_of_memory(RuntimeError("MPS BFloat16 is only supported on MacOS 14 or newer"))


@pytest.mark.parametrize(("wanted", "told"), [("auto", False), ("triton", True), ("sdpa", True)])
def test_it_computes_by_plain_products(wanted: str, told: bool) -> None:
    """No kernel of ours is looked for, nor a compiler; torch's own attention is not right there."""
    ladder = choose_attention(MPS, torch.bfloat16, wanted)
    assert ladder.name == "matmul"
    assert bool(ladder.take_note()) == told
    assert choose_operators(MPS, torch.bfloat16, "awq").name == "torch"
    assert compiler_lack(Device(MPS, torch.bfloat16), ladder) == ""


def test_attention_by_products_is_attention() -> None:
    """Of every kind, for grouped heads and more queries than are computed at once."""
    dice = torch.Generator().manual_seed(0)

    def noise(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=dice)

    cpu = torch.device("cpu")
    table = torch.tensor([[2, 0], [3, 1]], dtype=torch.int32)
    cases: list[tuple[str, tuple[object, ...]]] = [
        ("windows", (*torch.split(noise(32, 6, 80), 2, 1), Segments((5, 16, 11), cpu))),
        ("windows", (*torch.split(noise(32, 6, 80), 2, 1), Segments((16, 16), cpu))),
        ("whole", torch.split(noise(600, 6, 80), 2, 1)),
        ("causal", (noise(600, 8, 32), noise(600, 2, 32), noise(600, 2, 32))),
        ("causal", (noise(300, 8, 32), noise(700, 2, 32), noise(700, 2, 32))),
    ]
    for newest in (1, 3):
        lengths = torch.tensor([newest + 4, 259], dtype=torch.int32)
        pages = noise(4, 256, 4, 32), noise(4, 256, 4, 32)
        cases.append(("decode", (noise(2 * newest, 28, 32), *pages, table, lengths)))
    for operation, arguments in cases:
        ours, torchs = (getattr(way, operation)(*arguments) for way in (Matmul(), Sdpa()))
        torch.testing.assert_close(ours, torchs, atol=1e-5, rtol=1e-5)


def test_answers_by_its_attention_are_transformers(asked: Asked) -> None:
    """Token by token, of two requests together: the model with what Apple's GPU would use."""
    asked.model.use_attention(choose_attention(MPS, torch.float32))
    shots = random_shot(280, 84, seed=1), random_shot(300, 500, seed=2)
    requests = [asked.request(shot, tokens=24) for shot in shots]
    asked.run(*requests, join_every=3)
    for request, shot in zip(requests, shots, strict=True):
        assert request.produced == asked.expected(shot, tokens=24)


def test_what_does_not_work_there_is_known_when_it_loads(model: QwenModel, mac: Calls) -> None:
    """So that the embedded engine answers instead; no device of that kind is here, so nothing works on it."""
    model.device = Device(MPS, torch.float32)
    with pytest.raises(RuntimeError):
        model.warm_up()


def test_where_the_model_does_not_load_the_embedded_ocr_answers(checkpoint: Path, mac: Calls) -> None:
    """And what was held is given back; its answers say why."""
    engine = FallbackEngine(QwenEngine(checkpoint), OcrEngine())
    engine.load(lambda _share, _words: None)
    assert engine.capabilities.name == "ocr"
    assert "Until then the embedded OCR answers" in engine.capabilities.lack
    assert mac[-1] == ("empty_cache",)
