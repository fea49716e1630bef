"""What computes a model on its device: attention and the other steps of a layer, by what works there."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from desktop.engine.qwen.attention import Ladder, choose_attention
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.operators import Operators
from desktop.engine.qwen.operators_choice import choose_operators
from desktop.engine.qwen.quantisation import Kind


class Backend(NamedTuple):
    """Chosen by running each way, which also compiles its kernels where that was never done before."""

    attention: Ladder
    operators: Operators


def choose_backend(device: Device, kind: Kind, attention: str) -> Backend:
    """The best for weights of that kind, and the attention that is wanted; kernels of both are compiled at once."""
    with ThreadPoolExecutor(1) as beside:
        operators = beside.submit(choose_operators, device.place, device.dtype, kind)
        return Backend(choose_attention(device.place, device.dtype, attention), operators.result())
