"""What computes a model on its device: attention and the other steps of a layer, by what works there."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from desktop.engine.qwen.attention import Ladder, choose_attention
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.operators import Operators, Plain
from desktop.engine.qwen.operators_choice import choose_operators
from desktop.engine.qwen.quantisation import Kind


@dataclass(slots=True)
class Backend:
    """All parts of a model share one, whose means can be exchanged."""

    attention: Ladder
    operators: Operators

    def become(self, other: "Backend") -> None:
        """Compute by the other's means from now on."""
        self.attention, self.operators = other.attention, other.operators


def plain_backend(device: Device) -> Backend:
    """By torch alone: slower, and ready at once."""
    return Backend(choose_attention(device.place, device.dtype, "sdpa"), Plain())


def choose_backend(device: Device, kind: Kind, attention: str) -> Backend:
    """The best for weights of that kind, with the attention that is wanted: each way is run before it is taken.

    That compiles its kernels, for seconds where this computer never did it before.
    """
    with ThreadPoolExecutor(1) as beside:
        operators = beside.submit(choose_operators, device.place, device.dtype, kind)
        return Backend(choose_attention(device.place, device.dtype, attention), operators.result())


def begin_to_choose(device: Device, kind: Kind, attention: str) -> Future[Backend]:
    """See `choose_backend`, which runs beside whatever else is done meanwhile."""
    beside = ThreadPoolExecutor(1)
    chosen = beside.submit(choose_backend, device, kind, attention)
    beside.shutdown(wait=False)
    return chosen
