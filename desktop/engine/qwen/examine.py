"""What the resident model would run on here: torch, device, memory, attention."""

import torch

from desktop.engine.qwen.attention import choose_attention
from desktop.engine.qwen.compiler import compiler_lack
from desktop.engine.qwen.device import GIB, choose_device
from desktop.engine.qwen.operators_choice import choose_operators
from desktop.engine.qwen.quant import PACKED, SCHEMES
from desktop.language import in_a_row, tr
from desktop.settings import Settings


def examine(settings: Settings) -> tuple[str, str]:
    """One line, and what would make it faster, or ''.

    Each way of attention, and of weights of few bits, named in the line has run on the device.
    """
    device = choose_device(settings.dtype, settings.memory_cap_gib)
    ladder = choose_attention(device.place, device.dtype, settings.attention)
    memory = tr("{gib} GiB free", gib=f"{device.free_bytes() / GIB:.1f}") if device.on_gpu else ""
    attention = tr("attention {name}", name=ladder.name)
    packed = [
        tr(PACKED, bits=scheme.bits, name=choose_operators(device.place, device.dtype, kind).packed_by)
        for kind, scheme in SCHEMES.items()
        if scheme.bits
    ]
    found = ", ".join(filter(None, (f"torch {torch.__version__}", device.title, memory, attention, *packed)))
    line = in_a_row(f"{found}.", device.remark) if device.remark else found
    return line, compiler_lack(device, ladder)
