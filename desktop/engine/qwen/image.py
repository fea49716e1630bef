"""A Shot becomes patches for the vision tower, on the device: resize, normalise, cut."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone uses
from torch import Tensor

from desktop.engine.qwen.config import VisionConfig
from desktop.engine.qwen.device import upload
from desktop.engine.smart_resize import MAX_PIXELS, MIN_PIXELS, smart_resize
from desktop.job import Shot

UPLOAD_BYTES = 3 + 4  # a pixel of the Shot on the device, and one colour of it as a float
# The mean and deviation of CLIP (Radford et al., 2021), which the checkpoint was trained with; RGB, 0 to 1.
_MEAN = (0.48145466, 0.4578275, 0.40821073)
_DEVIATION = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture in patches: `rows` x `columns`, both multiples of the merge size."""

    rows: int
    columns: int


def fit(shot: Shot, config: VisionConfig, max_pixels: int) -> Grid:
    """The grid of patches of a Shot, which tells its tokens: rows * columns / merge²."""
    wide, high = smart_resize(shot.width, shot.height, config.factor, MIN_PIXELS, min(max_pixels, MAX_PIXELS))
    return Grid(high // config.patch, wide // config.patch)


def _resize(plane: Tensor, size: tuple[int, int]) -> Tensor:
    """One colour (height, width) at that size; colour by colour a huge picture takes a third of the memory."""
    if size == plane.shape:
        return plane
    plane = F.interpolate(plane[None, None], size, mode="bicubic", antialias=True, align_corners=False)[0, 0]
    return plane.round().clamp(0, 255)


def cut_patches(shot: Shot, grid: Grid, config: VisionConfig, device: torch.device, dtype: torch.dtype) -> Tensor:
    """Patches (rows * columns, 3 * patch * patch) in the tower's order: by groups of merge x merge.

    A still picture has the same pixels in both frames of a temporal patch, so they are held once.
    """
    pixels = upload(torch.frombuffer(bytearray(shot.rgb), dtype=torch.uint8), device)
    planes = pixels.view(shot.height, shot.width, 3).permute(2, 0, 1)
    size = (grid.rows * config.patch, grid.columns * config.patch)
    colours = zip(planes, _MEAN, _DEVIATION, strict=True)
    image = torch.stack([(_resize(plane.float(), size) / 255 - mean) / deviation for plane, mean, deviation in colours])
    m, p = config.merge, config.patch
    cut = image.view(3, grid.rows // m, m, p, grid.columns // m, m, p)
    return cut.permute(1, 4, 2, 5, 0, 3, 6).reshape(grid.rows * grid.columns, 3 * p * p).to(dtype)
