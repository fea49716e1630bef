"""The C compiler that Triton builds what starts its kernels with: on Linux it is the user's own."""

import shutil
import sys

from desktop.engine.qwen.attention import Ladder
from desktop.engine.qwen.attention_ways import Triton
from desktop.engine.qwen.device import Device
from desktop.language import tr, tr_later

COMPILERS = ("cc", "gcc", "clang")
NO_COMPILER = tr_later(
    "Answers take longer than they need to, since Triton finds no C compiler; install one "
    "(on Debian and Ubuntu: sudo apt install gcc)."
)


def compiler_lack(device: Device, ladder: Ladder) -> str:
    """What the user of an NVIDIA GPU should know where kernels of our own do not run for want of a compiler; or ''."""
    if not device.on_cuda or sys.platform != "linux" or Triton.name in ladder.name or any(map(shutil.which, COMPILERS)):
        return ""
    return tr(NO_COMPILER)
