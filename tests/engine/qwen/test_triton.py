"""The Triton kernels without a GPU: interpreted for what they compute, and compiled for every kind of GPU.

What needs a GPU stays untested here: that a kernel computes the same there, and how fast.
"""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

triton = pytest.importorskip("triton", reason="Triton has no build for this computer")

from triton.backends.compiler import GPUTarget  # noqa: E402 - only where there is Triton
from triton.compiler import ASTSource  # noqa: E402

from desktop.engine.qwen import triton_decode, triton_operators  # noqa: E402

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
        {"num_warps": 8},
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
    "join_parts": (
        "_join_parts",
        {"partial": WIDE, "logsum": WIDE, "out": HALF},
        {"DIM": 128, "SPLITS": triton_decode.SPLITS},
        {},
    ),
} | {
    f"attend_part of {rows} rows": (
        "_attend_part",
        dict.fromkeys(("query", "keys", "values"), HALF)
        | {"table": COUNTS, "lengths": COUNTS, "partial": WIDE, "logsum": WIDE}
        | {"scale": NUMBER, "table_stride": WHOLE, "newest": WHOLE},
        {"KV_HEADS": 4, "GROUP": 7, "ROWS": rows, "TILES": tiles, "DIM": 128, **_SPLIT},
        {"num_stages": stages},
    )
    for rows, tiles, stages in ((16, 1, 3), (32, 1, 2), (64, 2, 2))
}
"""As the 7B model calls them: the kernel, its arguments' types, its constants, its options."""


@pytest.mark.parametrize("capability", SHARED)
def test_every_kernel_compiles_and_fits(capability: str) -> None:
    """An RTX 4090 (8.9) gives a block less than half of what an H200 (9.0) does."""
    used = {name: shared_memory(kernel, int(capability)) for name, kernel in KERNELS.items()}
    assert {name: size for name, size in used.items() if size > SHARED[capability]} == {}


def shared_memory(kernel: Kernel, capability: int) -> int:
    """Bytes that a block holds, compiled for a compute capability; pointers are aligned as those of torch are."""
    name, types, constants, options = kernel
    function = getattr(triton_operators, name, None) or getattr(triton_decode, name)
    names = [parameter.name for parameter in function.params]
    signature = {n: "constexpr" if n in constants else types[n] for n in names}
    aligned = {(i,): [["tt.divisibility", 16]] for i, n in enumerate(names) if signature[n].startswith("*")}
    source = ASTSource(function, signature, {(names.index(n),): value for n, value in constants.items()}, aligned)
    return int(triton.compile(source, target=GPUTarget("cuda", capability, 32), options=options).metadata.shared)


INTERPRETED = """
import torch
from torch.testing import assert_close
from desktop.engine.qwen import attention, operators
from desktop.engine.qwen.attention_ways import Sdpa, TritonDecode
from desktop.engine.qwen.cache import PAGE
from desktop.engine.qwen.triton_operators import Fused

cpu, whole = torch.device("cpu"), torch.float32
operators._prove(Fused(), cpu, whole)
assert attention._works("triton", "decode", TritonDecode().decode, cpu, whole)
noise = attention._Noise(cpu, whole)
table = torch.tensor([[2, 0], [3, 1], [4, 5]], dtype=torch.int32)
for newest in (1, 4, 16):
    lengths = torch.tensor([newest, 300, 2 * PAGE - 1], dtype=torch.int32)
    case = noise(3 * newest, 28, 128), noise(6, PAGE, 4, 128), noise(6, PAGE, 4, 128), table, lengths
    assert_close(TritonDecode().decode(*case), Sdpa().decode(*case), atol=2e-5, rtol=0)
row = noise(1, 256)
head = operators.Linear(noise(64, 256))
alone, among = (Fused().score(torch.cat([row, *others]), head)[0] for others in ([], [noise(9, 256)]))
assert torch.equal(alone, among), "a row's scores depend on the rows beside it"
print("the same")
"""


def test_the_kernels_compute_what_plain_torch_does() -> None:
    """In a process of its own: the interpreter is chosen when Triton is imported."""
    environment = os.environ | {"TRITON_INTERPRET": "1"}
    done = subprocess.run(
        [sys.executable, "-c", INTERPRETED], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "the same\n"), done.stderr
