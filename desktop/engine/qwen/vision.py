"""The vision tower: patches to picture tokens (Qwen2.5-VL technical report, 2025, section 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.attention import Attention, Segments
from desktop.engine.qwen.config import VisionConfig
from desktop.engine.qwen.image import Grid

EPSILON = 1e-6
THETA = 10000.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What depends on a grid alone. `order` puts groups of merge² patches window by window, `back` undoes it."""

    order: Tensor
    back: Tensor
    cos: Tensor
    sin: Tensor
    windows: Segments
    whole: Segments


class VisionTower:
    """Patches (tokens, 3 * patch²) of one picture become embeddings (tokens / merge², out)."""

    def __init__(self, config: VisionConfig, weights: Mapping[str, Tensor], attention: Attention) -> None:
        self._config = config
        self._w = weights
        self._attention = attention
        # Both frames of a still picture are equal, so their weights can be added up once.
        patch = weights["visual.patch_embed.proj.weight"]
        self._patch = patch.float().sum(2).flatten(1).to(patch.dtype)
        self._plans: dict[Grid, Plan] = {}

    def __call__(self, patches: Tensor, grid: Grid) -> Tensor:
        """Embed one picture."""
        plan = self._plans.get(grid) or self._plans.setdefault(grid, _plan(self._config, grid, patches.device))
        group = self._config.merge**2
        x = F.linear(patches, self._patch)
        x = x.view(-1, group, self._config.hidden)[plan.order].flatten(0, 1)
        for index in range(self._config.depth):
            segments = plan.whole if index in self._config.full_blocks else plan.windows
            x = self._block(x, f"visual.blocks.{index}.", segments, plan)
        x = self._norm(x, "visual.merger.ln_q").view(-1, group * self._config.hidden)
        x = self._linear(F.gelu(self._linear(x, "visual.merger.mlp.0")), "visual.merger.mlp.2")
        return x[plan.back]

    def _block(self, x: Tensor, name: str, segments: Segments, plan: Plan) -> Tensor:
        c = self._config
        qkv = self._linear(self._norm(x, f"{name}norm1"), f"{name}attn.qkv").view(-1, 3, c.heads, c.head_dim)
        q, k, v = qkv.unbind(1)
        q, k = _rotate(q, plan.cos, plan.sin), _rotate(k, plan.cos, plan.sin)
        x = x + self._linear(self._attention.packed(q, k, v, segments).flatten(1), f"{name}attn.proj")
        gate, up = self._linear(self._norm(x, f"{name}norm2"), f"{name}mlp.gate_up").chunk(2, -1)
        return x + self._linear(F.silu(gate) * up, f"{name}mlp.down_proj")

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self._w[f"{name}.weight"], EPSILON)

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self._w[f"{name}.weight"], self._w[f"{name}.bias"])


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions in float32, as the checkpoint was trained with."""
    wide = x.float()
    left, right = wide.chunk(2, -1)
    return (wide * cos + torch.cat([-right, left], -1) * sin).to(x.dtype)


def _plan(config: VisionConfig, grid: Grid, device: torch.device) -> Plan:
    """Windows and positions of a grid."""
    m = config.merge
    rows, columns = grid.rows // m, grid.columns // m
    side = config.window // m // config.patch
    windows = [
        [y * columns + x for y in range(top, min(top + side, rows)) for x in range(left, min(left + side, columns))]
        for top in range(0, rows, side)
        for left in range(0, columns, side)
    ]
    order = torch.tensor([place for window in windows for place in window], device=device)
    y, x = torch.meshgrid(torch.arange(grid.rows), torch.arange(grid.columns), indexing="ij")
    places = torch.stack([y, x], -1).view(rows, m, columns, m, 2).transpose(1, 2).reshape(-1, m * m, 2)
    places = places.to(device)[order].view(-1, 2)
    quarter = config.head_dim // 4
    frequencies = THETA ** -(torch.arange(quarter, device=device, dtype=torch.float32) / quarter)
    angles = (places[..., None].float() * frequencies).flatten(1)
    angles = torch.cat([angles, angles], -1)[:, None]
    lengths = tuple(len(window) * m * m for window in windows)
    whole = Segments((grid.rows * grid.columns,), device)
    return Plan(order, order.argsort(), angles.cos(), angles.sin(), Segments(lengths, device), whole)
