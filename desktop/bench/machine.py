"""The machine that a benchmark ran on, in words."""

import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import torch

from desktop import __version__
from desktop.bench.footprint import GIB
from desktop.engine.qwen.device import Device


def describe_machine(subject: str, device: Device, attention: str) -> dict[str, str]:
    """What a reader needs to compare figures with those of another machine."""
    told = {"model": subject, "device": device.processor.name if device.on_gpu else _processor()}
    told["memory"] = f"{device.processor.total_bytes / GIB:.1f} GiB"
    if device.on_gpu:
        told["cap"] = f"{device.cap / GIB:.2f} GiB ({device.cap / 1e9:.1f} GB)" if device.cap else "none"
    else:
        told["threads"] = str(torch.get_num_threads())
    if device.on_cuda:
        told |= {"driver": _driver(), "CUDA": torch.version.cuda or ""}
    return told | {
        "precision": str(device.dtype).rpartition(".")[2],
        "attention": attention,
        "torch": torch.__version__,
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "Shotglass": __version__,
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }


def _driver() -> str:
    """The version of the GPU's driver; '' where nvidia-smi does not say."""
    program = shutil.which("nvidia-smi")
    if not program:
        return ""
    query = [program, "--query-gpu=driver_version", "--format=csv,noheader"]
    done = subprocess.run(query, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip().partition("\n")[0] if done.returncode == 0 else ""


def _processor() -> str:
    """The name of the CPU, as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8", "replace").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
