"""The GPUs of this computer that a model can run on: NVIDIA's, as the driver tells, or that of Apple's chips."""

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

import psutil

from desktop.language import tr_later

_GB = (1 << 30) / 1e9  # of a GiB
AMPERE = 8  # the first architecture that computes in bfloat16
SONOMA = 14  # the first macOS that does
_LENT = 2 / 3  # of a Mac's memory that Metal recommends to use at most; more of a large one


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU; `memory_gib` is all that it has, `free_gib` what nobody used when its driver was asked first.

    `able` is True where it computes in bfloat16, `unpacks` where weights of few bits have kernels of ours.
    """

    name: str
    memory_gib: float
    free_gib: float
    able: bool = True
    unpacks: bool = True


@dataclass(frozen=True, slots=True)
class GpuKind:
    """What the model wants of a GPU; `unpacks` as of a Gpu. The name goes through `tr`."""

    name: str
    unpacks: bool = True


_NVIDIA = GpuKind(tr_later("an NVIDIA GPU of the RTX 30 series or newer"))
_KINDS = {"darwin": GpuKind(tr_later("the GPU of Apple silicon under macOS 14 or newer"), unpacks=False)}


def wanted_gpu() -> GpuKind:
    """The kind that this system's computers can have."""
    return _KINDS.get(sys.platform, _NVIDIA)


def find_gpus() -> list[Gpu]:
    """Every one; none where NVIDIA's driver is missing or does not answer."""
    if sys.platform == "darwin":
        return list(apple_gpus(platform.machine(), platform.mac_ver()[0]))
    program = shutil.which("nvidia-smi")
    return list(_ask(program)) if program else []


def gpu_memory_gb() -> float:
    """The memory of the largest GPU that is able, in 10^9 bytes; 0 where there is none."""
    return max((gpu.memory_gib * _GB for gpu in find_gpus() if gpu.able), default=0.0)


def free_gpu_gb() -> float:
    """What was free of the emptiest GPU that is able, before a model of ours took its part; 0 where there is none."""
    return max((gpu.free_gib * _GB for gpu in find_gpus() if gpu.able), default=0.0)


def unpacks_fast() -> bool:
    """Tell whether weights of few bits answer quickly here."""
    return any(gpu.able and gpu.unpacks for gpu in find_gpus())


@cache  # for the same reason as below
def apple_gpus(machine: str, version: str) -> tuple[Gpu, ...]:
    """The one of Apple's chips, which shares the computer's memory; by macOS' version. Not tried on a Mac."""
    if machine != "arm64":
        return ()
    memory = psutil.virtual_memory()
    lent = memory.total * _LENT
    free = min(lent, memory.available)
    able = int(version.partition(".")[0]) >= SONOMA
    return (Gpu("Apple silicon", lent / (1 << 30), free / (1 << 30), able, unpacks=False),)


@cache  # a driver takes a second to answer, and a window may ask; later a model of ours has its part of what was free
def _ask(program: str) -> tuple[Gpu, ...]:
    query = [program, "--query-gpu=name,memory.total,memory.free,compute_cap", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    rows = (line.rsplit(",", 3) for line in answer.splitlines() if line.count(",") > 2)
    return tuple(
        Gpu(name.strip(), float(memory) / 1024, float(free) / 1024, not _too_old(capability.strip()))
        for name, memory, free, capability in rows
        if memory.strip().isdecimal() and free.strip().isdecimal()
    )


def _too_old(capability: str) -> bool:
    """Tell whether a compute capability, such as "7.5", is one before Ampere's; what is no number is not."""
    major = capability.partition(".")[0]
    return major.isdecimal() and int(major) < AMPERE
