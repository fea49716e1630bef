"""Which operators do the steps of a layer: fused Triton kernels where they run and say the same, else plain torch."""

import logging
from functools import partial

import torch
from torch import Tensor

from desktop.engine.qwen.operators import Linear, Norm, Operators, Place, Plain, Turn
from desktop.engine.qwen.products import Scratch
from desktop.engine.qwen.quant import SCHEMES, Weight, find_weight, random_tensor
from desktop.engine.qwen.quantisation import GROUP, Kind

log = logging.getLogger(__name__)


def choose_operators(
    device: torch.device, dtype: torch.dtype, kind: Kind = "dense", room: Tensor | None = None
) -> Operators:
    """The best that work on this device for weights of that kind; `room` is where packed ones are unpacked."""
    plain = Plain(Scratch(room))
    if device.type != "cuda":
        return plain
    try:
        from desktop.engine.qwen.triton_operators import Fused

        fused = Fused(Scratch(room))
        _prove(fused, device, dtype)
    except Exception as error:  # noqa: BLE001 - whatever keeps a kernel from running, torch does the same
        log.info("fused kernels do not work here: %s", error)
        return plain
    if kind == "dense":
        return fused
    try:
        from desktop.engine.qwen.triton_packed import KERNELS, unpack

        packed = Fused(Scratch(room, unpack), KERNELS)
        prove_packed(packed, kind, device, dtype)
    except Exception as error:  # noqa: BLE001 - likewise
        log.warning("kernels for %s weights do not work here, so torch unpacks them: %s", kind, error)
        return fused
    log.info("%s weights by %s", kind, packed.packed_by)
    return packed


def prove_packed(operators: Operators, kind: Kind, device: torch.device, dtype: torch.dtype) -> None:
    """Compare with torch for rows that each kernel takes, and more; raise if apart."""
    dice = torch.Generator(device).manual_seed(0)
    plain, same = Plain(), partial(torch.testing.assert_close, atol=3e-2, rtol=3e-2)

    def noise(*shape: int) -> Tensor:
        return torch.randn(shape, generator=dice, device=device).to(dtype)

    channels, hidden, head = 2 * GROUP, 9 * GROUP, 64  # parts of one group, and of two
    up, down, qkv = (
        Linear(random_weight(kind, *shape, dice))
        for shape in ((6 * GROUP, channels), (channels, hidden), (8 * head, channels))
    )
    norm, bias, cache = Norm(noise(channels), 1e-6), noise(8 * head), partial(torch.zeros, device=device, dtype=dtype)
    for rows in (1, 3, 12, 40, 150):
        x, wide, turn = noise(rows, channels), noise(rows, hidden), Turn(4, 2, noise(rows, head // 2).float())
        same(operators.gate(x, up), plain.gate(x, up))
        for linear in (down, Linear(down.weight, bias[:channels])):
            same(operators.project_add_norm(wide, linear, x, norm), plain.project_add_norm(wide, linear, x, norm))
        slots, linear = torch.arange(rows, device=device), Linear(qkv.weight, bias)
        ours, theirs = (Place(cache(rows, 2, head), cache(rows, 2, head), slots) for _ in range(2))
        same(operators.project_rotate_write(x, linear, turn, ours), plain.project_rotate_write(x, linear, turn, theirs))
        same((ours.keys, ours.values), (theirs.keys, theirs.values))


def random_weight(kind: Kind, outs: int, ins: int, dice: torch.Generator) -> Weight:
    """A matrix with numbers of about 0.05, made as from a checkpoint."""
    scheme = SCHEMES[kind]
    parts: dict[str, Tensor] = {}
    for suffix, shape in scheme.stored(outs, ins).items():
        for piece in scheme.keep(suffix, random_tensor(suffix, shape, 0.05, dice), torch.float32):
            piece.put(parts, "", 0, outs)
    return find_weight(parts, "")


def _prove(operators: Operators, device: torch.device, dtype: torch.dtype) -> None:
    """Compare small cases with the plain ones: few rows and many, sizes that divide and that do not; raise if apart."""
    dice = torch.Generator(device).manual_seed(0)
    plain, same = Plain(), partial(torch.testing.assert_close, atol=3e-2, rtol=3e-2)

    def noise(*shape: int, scale: float = 1.0) -> Tensor:
        return torch.randn(shape, generator=dice, device=device).mul_(scale).to(dtype)

    for rows, channels, hidden in ((1, 256, 384), (12, 512, 1152), (40, 384, 640), (5, 100, 101)):
        x, delta, wide = noise(rows, channels), noise(rows, channels), noise(rows, hidden)
        norm = Norm(noise(channels), 1e-6)
        up = Linear(noise(2 * hidden, channels, scale=0.05), noise(2 * hidden))
        down = Linear(noise(channels, hidden, scale=0.05), noise(channels))
        for added in (delta, None):
            same(operators.add_norm(x, added, norm), plain.add_norm(x, added, norm))
        for linear in (up, Linear(up.weight)):
            same(operators.gate(x, linear), plain.gate(x, linear))
        scores = plain.score(x, Linear(up.weight))
        same(operators.score(x, Linear(up.weight)), scores)
        seen, penalties = scores > 1, noise(rows).float().exp()
        ours, theirs = torch.empty_like(scores[:, None]), torch.empty_like(scores[:, None])
        operators.weaken(scores[:, None], seen, penalties, ours)
        plain.weaken(scores[:, None], seen, penalties, theirs)
        same(ours, theirs)
        for linear in (down, Linear(down.weight)):
            same(operators.project_add_norm(wide, linear, x, norm), plain.project_add_norm(wide, linear, x, norm))
        for size in (80, 128):
            turn = Turn(4, 2, noise(rows, size // 2).float())
            one, linear = noise(rows, 7, size), Linear(noise(8 * size, channels, scale=0.05), noise(8 * size))
            other, slots = one.clone(), torch.randperm(rows + 3, device=device)[:rows]
            keys, values = (torch.zeros(2, rows + 3, 2, size, device=device, dtype=dtype) for _ in range(2))
            operators.rotate(one, 4, turn.cos, turn.sin)
            plain.rotate(other, 4, turn.cos, turn.sin)
            same(one, other)
            same(
                operators.project_rotate_write(x, linear, turn, Place(keys[0], values[0], slots)),
                plain.project_rotate_write(x, linear, turn, Place(keys[1], values[1], slots)),
            )
            same((keys[0], values[0]), (keys[1], values[1]))
