"""The Triton kernels without a GPU: interpreted for what they compute, and compiled for every kind of GPU.

What needs a GPU stays untested here: that a kernel computes the same there, and how fast.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

triton = pytest.importorskip("triton", reason="Triton has no build for this computer")

from triton.backends.compiler import GPUTarget  # noqa: E402 - only where there is Triton
from triton.compiler import ASTSource  # noqa: E402

from desktop.engine.qwen import (  # noqa: E402
    triton_decode,
    triton_eight,
    triton_four,
    triton_operators,
    triton_tiles,
    triton_windows,
)

pytestmark = pytest.mark.long

KIB = 1024
SHARED = {"89": 99 * KIB, "90": 227 * KIB, "120": 99 * KIB}
"""What a block may hold, by compute capability (CUDA C++ Programming Guide, table of technical specifications)."""

HALF, WIDE, COUNTS, INDICES = "*bf16", "*fp32", "*i32", "*i64"
WHOLE, NUMBER = "i32", "fp32"
_PRODUCT = {"x": HALF, "weight": HALF, "rows": WHOLE, "outs": WHOLE, "ins": WHOLE}
_TURN = {"cos": WIDE, "sin": WIDE}
_FEW = {"ROWS": triton_operators.FEW, "OUT": triton_operators.OUT, "IN": triton_operators.IN}
_SPLIT = {"PAGE": 256, "SPLITS": triton_decode.SPLITS, "BLOCK": triton_decode.BLOCK}

Kernel = tuple[str, Mapping[str, str], Mapping[str, object], Mapping[str, int]]
KERNELS: Mapping[str, Kernel] = {
    "project": ("_project", {**_PRODUCT, "out": WIDE, "chunk": WHOLE}, _FEW, {"num_stages": 4, "num_warps": 2}),
    "gate": ("_gate", {**_PRODUCT, "out": HALF}, _FEW, {"num_stages": 2, "num_warps": 2}),
    "swiglu": ("_swiglu", {"gate_up": HALF, "out": HALF, "channels": WHOLE}, {"BLOCK": triton_operators.BLOCK}, {}),
    "add_norm": (
        "_add_norm",
        dict.fromkeys(("x", "bias", "norm", "total", "normed"), HALF)
        | {"parts": WIDE, "channels": WHOLE, "part_stride": WHOLE, "epsilon": NUMBER},
        {"PARTS": triton_operators.SPLITS, "BIAS": True, "WIDTH": 4096},
        {"num_warps": 32},
    ),
    "rotate": (
        "_rotate",
        {"x": HALF, **_TURN, "row_stride": WHOLE, "heads": WHOLE},
        {"HALF": 40, "ROWS": 8, "WIDTH": 64},
        {},
    ),
    "rotate_write": (
        "_rotate_write",
        dict.fromkeys(("bias", "out", "keys", "values"), HALF)
        | {"parts": WIDE, **_TURN, "slots": INDICES, "heads": WHOLE, "kv_heads": WHOLE, "part_stride": WHOLE},
        {"PARTS": triton_operators.SPLITS, "BIAS": True, "HALF": 64, "WIDTH": 64},
        {"num_warps": 1},
    ),
    "weaken": (
        "_weaken",
        {"logits": WIDE, "seen": "*i1", "penalties": WIDE, "out": WIDE, "width": WHOLE, "vocabulary": WHOLE},
        {"BLOCK": triton_operators.BLOCK},
        {},
    ),
    "join_parts": (
        "_join_parts",
        {"partial": WIDE, "logsum": WIDE, "lengths": COUNTS, "out": HALF, "beside": WHOLE},
        {"DIM": 128, "SPLITS": triton_decode.SPLITS, "BLOCK": triton_decode.BLOCK},
        {"num_warps": 1},
    ),
    "windows": (
        "_attend",
        dict.fromkeys(("query", "key", "value", "out"), HALF)
        | {"bounds": COUNTS, "scale": NUMBER, "stride": WHOLE, "heads": WHOLE},
        {"CHANNELS": 80, "WIDTH": 128, "TOKENS": 64},
        {},
    ),
} | {
    f"attend_part of {rows} rows": (
        "_attend_part",
        dict.fromkeys(("query", "keys", "values"), HALF)
        | {"table": COUNTS, "lengths": COUNTS, "partial": WIDE, "logsum": WIDE}
        | {"scale": NUMBER, "query_stride": WHOLE, "table_stride": WHOLE, "newest": WHOLE, "tiles": WHOLE},
        {"KV_HEADS": 4, "GROUP": 7, "ROWS": rows, "DIM": 128, **_SPLIT},
        {"num_stages": 2},
    )
    for rows in (16, 32, 64)
}
_FOUR = {"x": HALF, "codes": COUNTS, "steps": COUNTS, "magic": WHOLE} | dict.fromkeys(("rows", "outs", "ins"), WHOLE)
_EIGHT = {"x": HALF, "codes": "*i8", "scales": WIDE} | dict.fromkeys(("rows", "outs", "ins"), WHOLE)
_BY_FOUR = {"OUT": triton_four.OUT, "STAGES": triton_four.STAGES}
_BY_EIGHT = {"OUT": triton_eight.OUT, "STAGES": triton_eight.STAGES, "IN": 128}
PACKED: Mapping[str, Kernel] = {
    f"{name} of {rows} rows": (
        name,
        {**types, **more},
        {**constants, "ROWS": rows},
        {"num_warps": triton_tiles.WARPS},
    )
    for rows in (8, 16)
    for name, types, more, constants in (
        ("_project_four", _FOUR, {"out": WIDE, "chunk": WHOLE}, _BY_FOUR),
        ("_gate_four", _FOUR, {"out": HALF, "wide": WHOLE}, {**_BY_FOUR, "NARROW": triton_four.NARROW}),
        ("_project_eight", _EIGHT, {"out": WIDE, "chunk": WHOLE}, _BY_EIGHT),
        ("_gate_eight", _EIGHT, {"out": HALF}, _BY_EIGHT),
    )
}
"""Those that multiply by weights of few bits."""
UNPACK: Mapping[str, Kernel] = {
    name: (name, {**types, "out": HALF}, {"OUT": rows}, {})
    for name, types, rows in (
        ("_unpack_four", _FOUR, triton_four.OUT),
        ("_unpack_eight", _EIGHT, triton_eight.UNPACKED),
    )
}
"""As the 7B model calls them: the kernel, its arguments' types, its constants, its options."""


@pytest.fixture(scope="module", params=SHARED)
def capability(request: pytest.FixtureRequest) -> str:
    """The GPU."""
    return str(request.param)


@pytest.fixture(scope="module")
def built(capability: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Every kernel for that GPU; Triton would keep what it compiles in the home of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRITON_CACHE_DIR", str(tmp_path_factory.mktemp("triton")))
        return {name: build(kernel, int(capability)) for name, kernel in {**KERNELS, **PACKED, **UNPACK}.items()}


def test_every_kernel_compiles_and_fits(built: Mapping[str, Any], capability: str) -> None:
    """An RTX 4090 (8.9) gives a block less than half of what an H200 (9.0) does."""
    used = {name: int(kernel.metadata.shared) for name, kernel in built.items()}
    assert {name: size for name, size in used.items() if size > SHARED[capability]} == {}


def test_packed_weights_come_as_the_tensor_cores_take_them(built: Mapping[str, Any]) -> None:
    """While the loop runs, memory is read ahead, and no weight is written for another thread to read it."""
    for name in PACKED:
        loops = str(built[name].asm["ttgir"]).split("scf.for")[1:]
        for body in (loop.partition("scf.yield")[0] for loop in loops):
            assert body.count("ttg.async_copy_global_to_local") >= 2, name
            assert "ttg.local_alloc" not in body, name


def build(kernel: Kernel, capability: int) -> Any:
    """Compiled for a compute capability; pointers are aligned as torch's are, sizes as the model's are."""
    name, types, constants, options = kernel
    modules = (triton_operators, triton_decode, triton_windows, triton_four, triton_eight)
    function = next(getattr(module, name) for module in modules if hasattr(module, name)).function
    names = [parameter.name for parameter in function.params]
    signature = {n: "constexpr" if n in constants else types[n] for n in names}
    sizes = {p.name for p in function.params if p.name in ("outs", "ins", "chunk") and not p.do_not_specialize}
    aligned = {
        (i,): [["tt.divisibility", 16]] for i, n in enumerate(names) if signature[n].startswith("*") or n in sizes
    }
    source = ASTSource(function, signature, {(names.index(n),): value for n, value in constants.items()}, aligned)
    return triton.compile(source, target=GPUTarget("cuda", capability, 32), options=dict(options))


INTERPRETED = """
import torch
from torch.testing import assert_close
from desktop.engine.qwen import attention, operators_choice, triton_decode
from desktop.engine.qwen.attention_ways import Sdpa, Triton
from desktop.engine.qwen.cache import PAGE
from desktop.engine.qwen.operators import Linear
from desktop.engine.qwen.triton_operators import Fused

cpu, whole = torch.device("cpu"), torch.float32
operators_choice._prove(Fused(), cpu, whole)
for operation in Triton.offers:
    assert attention._works("triton", operation, getattr(Triton(), operation), cpu, whole)
triton_decode.SPLITS = 4  # so that a split reads several blocks; above, one read none or one
noise = attention._Noise(cpu, whole)
table = torch.tensor([[2, 0], [3, 1], [4, 5]], dtype=torch.int32)
for newest in (1, 4, 16):
    lengths = torch.tensor([newest, 300, 2 * PAGE - 1], dtype=torch.int32)
    case = noise(3 * newest, 28, 128), noise(6, PAGE, 4, 128), noise(6, PAGE, 4, 128), table, lengths
    assert_close(Triton().decode(*case), Sdpa().decode(*case), atol=2e-5, rtol=0)
row = noise(1, 256)
head = Linear(noise(64, 256))
alone, among = (Fused().score(torch.cat([row, *others]), head)[0] for others in ([], [noise(9, 256)]))
assert torch.equal(alone, among), "a row's scores depend on the rows beside it"
print("the same")
"""


INTERPRETED_PACKED = """
import sys, torch
from desktop.engine.qwen.operators_choice import prove_packed, random_weight
from desktop.engine.qwen.triton_operators import Fused
from desktop.engine.qwen.triton_packed import KERNELS, unpack

kind, cpu = sys.argv[1], torch.device("cpu")
operators = Fused(unpack, KERNELS)
operators.scratch.room = torch.empty(9 * 128 * 256)
prove_packed(operators, kind, cpu, torch.float32)
dice = torch.Generator().manual_seed(1)
weight, rows = random_weight(kind, 64, 256, dice), torch.randn(7, 256, generator=dice)
few = KERNELS[type(weight)]
alone, among = (few.project(x, weight, 1)[0, 0] for x in (rows[:1], rows))
assert torch.equal(alone, among), "a row's product depends on the rows beside it"
print("the same")
"""


@pytest.mark.parametrize("program", [(INTERPRETED,), (INTERPRETED_PACKED, "awq"), (INTERPRETED_PACKED, "int8")])
def test_the_kernels_compute_what_plain_torch_does(program: tuple[str, ...]) -> None:
    """In a process of its own: the interpreter is chosen when Triton is imported."""
    environment = os.environ | {"TRITON_INTERPRET": "1"}
    done = subprocess.run(
        [sys.executable, "-c", *program], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "the same\n"), done.stderr
