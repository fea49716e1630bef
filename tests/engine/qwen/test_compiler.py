"""What a user hears where Triton has no compiler. No GPU is here, so a device that says it is one stands for it."""

import sys
from pathlib import Path

import pytest
import torch

from desktop.engine.qwen.attention import Ladder, choose_attention
from desktop.engine.qwen.attention_ways import Sdpa
from desktop.engine.qwen.compiler import NO_COMPILER, compiler_lack
from desktop.engine.qwen.device import Device

GPU = Device(torch.device("cuda"), torch.bfloat16)
CPU = Device(torch.device("cpu"), torch.float32)
PLAIN = choose_attention(CPU.place, CPU.dtype)
FAST = Ladder({name: [("triton", getattr(Sdpa(), name))] for name in Sdpa.offers}, GPU.place)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Triton brings its compiler along")
@pytest.mark.parametrize(
    ("runs_on", "compiler", "said"),
    [
        ((GPU, PLAIN), "", NO_COMPILER),
        ((GPU, PLAIN), "clang", ""),
        ((GPU, FAST), "", ""),
        ((CPU, PLAIN), "", ""),
    ],
)
def test_a_missing_compiler_is_told(
    runs_on: tuple[Device, Ladder], compiler: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if compiler:
        (tmp_path / compiler).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert compiler_lack(*runs_on) == said
