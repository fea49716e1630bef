"""The NVIDIA GPUs of this computer, as its driver tells."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU; `memory_gib` is all that it has, used or not."""

    name: str
    memory_gib: float


def find_gpus() -> list[Gpu]:
    """Every NVIDIA GPU; none where the driver is missing or does not answer."""
    program = shutil.which("nvidia-smi")
    return list(_ask(program)) if program else []


def gpu_memory_gib() -> float:
    """The memory of the largest GPU, 0 where there is none."""
    return max((gpu.memory_gib for gpu in find_gpus()), default=0.0)


@cache  # a driver takes a second to answer, and a window may ask
def _ask(program: str) -> tuple[Gpu, ...]:
    query = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    rows = (line.rpartition(",") for line in answer.splitlines())
    return tuple(Gpu(name.strip(), float(memory) / 1024) for name, _, memory in rows if memory.strip().isdecimal())
