"""Which operators do the steps of a layer: fused Triton kernels where they run and say the same, else plain torch."""

import logging
from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from desktop.engine.qwen.operators import Linear, Norm, Operators, Place, Plain, Turn
from desktop.engine.qwen.quant import SCHEMES, Weight, find_weight, random_tensor
from desktop.engine.qwen.quantisation import GROUP, Kind

log = logging.getLogger(__name__)

Noise = Callable[..., Tensor]
_same = partial(torch.testing.assert_close, atol=3e-2, rtol=3e-2)


def choose_operators(device: torch.device, dtype: torch.dtype, kind: Kind = "dense") -> Operators:
    """The best that work on this device for weights of that kind."""
    plain = Plain()
    if device.type != "cuda":
        return plain
    try:
        from desktop.engine.qwen.triton_operators import Fused

        fused = Fused()
        _prove(fused, device, dtype)
    except Exception as error:  # noqa: BLE001 - whatever keeps a kernel from running, torch does the same
        log.info("fused kernels do not work here: %s", error)
        return plain
    if kind == "dense":
        return fused
    try:
        from desktop.engine.qwen.triton_packed import KERNELS, unpack

        packed = Fused(unpack, KERNELS)
        prove_packed(packed, kind, device, dtype)
    except Exception as error:  # noqa: BLE001 - likewise
        log.warning("kernels for %s weights do not work here, so torch unpacks them: %s", kind, error)
        return fused
    log.info("%s weights by %s", kind, packed.packed_by)
    return packed


def prove_packed(operators: Operators, kind: Kind, device: torch.device, dtype: torch.dtype) -> None:
    """Compare with torch for rows that each kernel takes, and more; raise if apart."""
    dice = torch.Generator(device).manual_seed(0)
    plain = Plain()

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
        _same(operators.gate(x, up), plain.gate(x, up))
        for linear in (down, Linear(down.weight, bias[:channels])):
            _same(operators.project_add_norm(wide, linear, x, norm), plain.project_add_norm(wide, linear, x, norm))
        slots, linear = torch.arange(rows, device=device), Linear(qkv.weight, bias)
        ours, theirs = (Place(cache(rows, 2, head), cache(rows, 2, head), slots) for _ in range(2))
        _same(
            operators.project_rotate_write(x, linear, turn, ours), plain.project_rotate_write(x, linear, turn, theirs)
        )
        _same((ours.keys, ours.values), (theirs.keys, theirs.values))


def random_weight(kind: Kind, outs: int, ins: int, dice: torch.Generator) -> Weight:
    """A matrix with numbers of about 0.05, made as from a checkpoint."""
    scheme = SCHEMES[kind]
    parts: dict[str, Tensor] = {}
    for suffix, shape in scheme.stored(outs, ins).items():
        for piece in scheme.keep(suffix, random_tensor(suffix, shape, 0.05, dice), torch.float32):
            piece.put(parts, "", 0, outs)
    return find_weight(parts, "")


def _prove(operators: Operators, device: torch.device, dtype: torch.dtype) -> None:
    """Compare small cases with the plain ones: few rows and many, sizes that divide and that do not; raise if apart.

    Most have a width of the 7B, for which kernels are compiled anyway.
    """
    dice = torch.Generator(device).manual_seed(0)

    def noise(*shape: int, scale: float = 1.0) -> Tensor:
        return torch.randn(shape, generator=dice, device=device).mul_(scale).to(dtype)

    for rows, channels, hidden in ((1, 3584, 384), (12, 3584, 1152), (40, 1280, 640), (5, 100, 101)):
        _prove_products(operators, noise, rows, channels, hidden)
        _prove_turns(operators, noise, rows, channels)


def _prove_products(operators: Operators, noise: Noise, rows: int, channels: int, hidden: int) -> None:
    plain = Plain()
    x, delta, wide = noise(rows, channels), noise(rows, channels), noise(rows, hidden)
    norm = Norm(noise(channels), 1e-6)
    up = Linear(noise(2 * hidden, channels, scale=0.05), noise(2 * hidden))
    down = Linear(noise(channels, hidden, scale=0.05), noise(channels))
    for added in (delta, None):
        _same(operators.add_norm(x, added, norm), plain.add_norm(x, added, norm))
    for linear in (up, Linear(up.weight)):
        _same(operators.gate(x, linear), plain.gate(x, linear))
    for linear in (down, Linear(down.weight)):
        _same(operators.project_add_norm(wide, linear, x, norm), plain.project_add_norm(wide, linear, x, norm))
    scores = plain.score(x, Linear(up.weight))
    _same(operators.score(x, Linear(up.weight)), scores)
    penalties, ours, theirs = noise(rows).float().exp(), *(torch.empty_like(scores[:, None]) for _ in range(2))
    for ways, out in ((operators, ours), (plain, theirs)):
        ways.weaken(scores[:, None], scores > 1, penalties, out)
    _same(ours, theirs)


def _prove_turns(operators: Operators, noise: Noise, rows: int, channels: int) -> None:
    plain, turn = Plain(), Turn(4, 2, noise(rows, 40).float())
    one = noise(rows, 7, 80)
    other = one.clone()
    operators.rotate(one, 4, turn.cos, turn.sin)
    plain.rotate(other, 4, turn.cos, turn.sin)
    _same(one, other)
    x, turn = noise(rows, channels), Turn(4, 2, noise(64, rows).float().T)  # as a prompt's lie
    linear = Linear(noise(8 * 128, channels, scale=0.05), noise(8 * 128))
    slots = torch.randperm(rows + 3, device=x.device)[:rows]
    ours, theirs = (Place(x.new_zeros(rows + 3, 2, 128), x.new_zeros(rows + 3, 2, 128), slots) for _ in range(2))
    _same(operators.project_rotate_write(x, linear, turn, ours), plain.project_rotate_write(x, linear, turn, theirs))
    _same(ours, theirs)
