"""The vision tower: patches to picture tokens (Qwen2.5-VL technical report, 2025, section 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.backend import Backend
from desktop.engine.qwen.config import VisionConfig
from desktop.engine.qwen.device import upload
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.operators import Linear, Norm
from desktop.engine.qwen.segments import Segments
from desktop.engine.qwen.shares import Shares, finish

EPSILON = 1e-6
THETA = 10000.0
MOST_PLANS = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What depends on a grid alone. `order` puts groups of merge² patches window by window, `back` undoes it."""

    order: Tensor
    back: Tensor
    cos: Tensor
    sin: Tensor
    windows: Segments


class VisionTower:
    """Patches (tokens, 3 * patch²) of one picture become embeddings (tokens / merge², out)."""

    def __init__(self, config: VisionConfig, weights: Mapping[str, Tensor], backend: Backend) -> None:
        self._config = config
        self._w = weights
        self._backend = backend
        # Both frames of a still picture are equal, so their weights can be added up once.
        patch = weights["visual.patch_embed.proj.weight"]
        self._patch = patch.float().sum(2).flatten(1).to(patch.dtype)
        self._plans: dict[Grid, Plan] = {}

    def __call__(self, patches: Tensor, grid: Grid) -> Tensor:
        """Embed one picture."""
        return finish(self.embed(patches, grid))

    def embed(self, patches: Tensor, grid: Grid) -> Shares:
        """Embed one picture, block by block; before each one it yields the share of the work that this is."""
        plan = self._plan_of(grid, patches.device)
        group = self._config.merge**2
        x = F.linear(patches, self._patch)
        x = x.view(-1, group, self._config.hidden)[plan.order].flatten(0, 1)
        operators, linear = self._backend.operators, self._linear
        norms = [self._norm(f"visual.blocks.{index}.norm1") for index in range(self._config.depth)]
        x, normed = operators.add_norm(x, None, norms[0])
        for index, norm in enumerate([*norms[1:], self._norm("visual.merger.ln_q")]):
            yield 1 / self._config.depth
            name = f"visual.blocks.{index}."
            out = self._attend(normed, linear(f"{name}attn.qkv"), plan, index in self._config.full_blocks)
            x, normed = operators.project_add_norm(out, linear(f"{name}attn.proj"), x, self._norm(f"{name}norm2"))
            out = operators.gate(normed, linear(f"{name}mlp.gate_up"))
            x, normed = operators.project_add_norm(out, linear(f"{name}mlp.down_proj"), x, norm)
        x = normed.view(-1, group * self._config.hidden)
        x = F.gelu(operators.project(x, linear("visual.merger.mlp.0")))
        return operators.project(x, linear("visual.merger.mlp.2"))[plan.back]

    def _plan_of(self, grid: Grid, device: torch.device) -> Plan:
        """The plan of a grid; the newest ones are kept, since each takes megabytes of the device."""
        plan = self._plans.pop(grid, None) or _plan(self._config, grid, device)
        self._plans[grid] = plan
        if len(self._plans) > MOST_PLANS:
            del self._plans[next(iter(self._plans))]
        return plan

    def _attend(self, x: Tensor, qkv: Linear, plan: Plan, whole: bool) -> Tensor:
        heads = self._config.heads
        attention, operators = self._backend.attention, self._backend.operators
        turned = operators.project(x, qkv).view(-1, 3 * heads, self._config.head_dim)
        operators.rotate(turned, 2 * heads, plan.cos, plan.sin)
        query, key, value = torch.split(turned, heads, 1)
        if whole:
            return attention.whole(query, key, value).flatten(1)
        return attention.windows(query, key, value, plan.windows).flatten(1)

    def _linear(self, name: str) -> Linear:
        return Linear(self._w[f"{name}.weight"], self._w[f"{name}.bias"])

    def _norm(self, name: str) -> Norm:
        return Norm(self._w[f"{name}.weight"], EPSILON)


def _plan(config: VisionConfig, grid: Grid, device: torch.device) -> Plan:
    """Windows and positions of a grid."""
    m = config.merge
    rows, columns = grid.rows // m, grid.columns // m
    side = config.window // m // config.patch
    down, across = -(-rows // side), -(-columns // side)
    groups = F.pad(torch.arange(rows * columns).view(rows, columns), (0, -columns % side, 0, -rows % side), value=-1)
    windows = groups.view(down, side, across, side).transpose(1, 2).reshape(down * across, side * side)
    lengths = tuple(((windows >= 0).sum(1) * m * m).tolist())
    order = windows[windows >= 0]
    y, x = torch.meshgrid(torch.arange(grid.rows), torch.arange(grid.columns), indexing="ij")
    places = torch.stack([y, x], -1).view(rows, m, columns, m, 2).transpose(1, 2).reshape(-1, m * m, 2)
    places = upload(places[order].view(-1, 2), device)
    quarter = config.head_dim // 4
    frequencies = THETA ** -(torch.arange(quarter, device=device, dtype=torch.float32) / quarter)
    angles = (places[..., None].float() * frequencies).flatten(1)
    back = upload(order.argsort(), device)
    return Plan(upload(order, device), back, angles.cos(), angles.sin(), Segments(lengths, device))
