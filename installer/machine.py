"""What this machine has: a display, an NVIDIA GPU, room on its disk, a console of whatever encoding."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

GB = 10**9


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Tell whether windows can be shown; only X11 and Wayland systems run without."""
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def has_nvidia_gpu(driver: Path = Path("/proc/driver/nvidia/gpus")) -> bool:
    """Tell whether an NVIDIA GPU with its driver is there, not merely the driver's programs."""
    if any(driver.glob("*")):
        return True
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    try:
        done = subprocess.run([program, "-L"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"GPU " in done.stdout


def check_room(folder: Path, needed_bytes: float) -> str:
    """The sentence to print where the disk of the project or of temporary files is too full, or ''."""
    for place in (folder, Path(tempfile.gettempdir())):
        free = shutil.disk_usage(place).free
        if free < needed_bytes:
            return (
                f"Setting up needs {needed_bytes / GB:.1f} GB free while it installs and {place} has "
                f"{free / GB:.1f} GB. Make room there and run this again."
            )
    return ""


def accept_any_console() -> None:
    """Let a console that lacks a character show a question mark instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
