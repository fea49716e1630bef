"""Pictures are sized and cut as qwen-vl-utils, the checkpoint's own reference, does it."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from desktop.engine.api import EngineError
from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.model import QwenModel
from desktop.engine.smart_resize import MAX_PIXELS, MAX_RATIO, MIN_PIXELS, smart_resize
from tests.engine.qwen.checkpoints import Reference, random_shot

FACTOR = 28
LIMIT = 1280 * 720


@pytest.fixture(scope="module")
def theirs() -> ModuleType:
    """qwen-vl-utils; it imports torchvision for videos alone, which cannot be imported beside a torch for CPUs."""
    stand_ins = {name: ModuleType(name) for name in ("torchvision", "torchvision.transforms", "torchvision.io")}
    video: Any = stand_ins["torchvision"]
    video.io, video.transforms = stand_ins["torchvision.io"], stand_ins["torchvision.transforms"]
    video.transforms.InterpolationMode = object
    with pytest.MonkeyPatch.context() as patch:
        for name, module in stand_ins.items():
            patch.setitem(sys.modules, name, module)
        return import_module("qwen_vl_utils.vision_process")


@given(st.integers(1, 9000), st.integers(1, 9000), st.sampled_from([MAX_PIXELS, LIMIT, 56 * 56]))
def test_sizes_are_those_of_the_reference(theirs: ModuleType, width: int, height: int, most: int) -> None:
    """Every size, within the ratio that both take, under every limit."""
    assume(max(width, height) <= MAX_RATIO * min(width, height))
    wide, high = smart_resize(width, height, FACTOR, MIN_PIXELS, most)
    expected_high, expected_wide = theirs.smart_resize(height, width, FACTOR, MIN_PIXELS, most)
    assert (wide, high) == (max(FACTOR, expected_wide), max(FACTOR, expected_high))


@pytest.mark.parametrize("size", [(20, 4001), (4001, 20)])
def test_a_strip_is_refused_by_both(theirs: ModuleType, size: tuple[int, int]) -> None:
    """More than 200 to 1; ours says it in a sentence."""
    with pytest.raises(EngineError, match="too thin to read"):
        smart_resize(*size, FACTOR, MIN_PIXELS, MAX_PIXELS)
    with pytest.raises(ValueError, match="aspect ratio"):
        theirs.smart_resize(size[1], size[0], FACTOR, MIN_PIXELS, MAX_PIXELS)


@pytest.mark.parametrize("size", [(1920, 1080), (641, 360), (27, 5), (20, 3000)])
def test_pixels_are_near_the_reference(
    model: QwenModel, reference: Reference, theirs: ModuleType, size: tuple[int, int]
) -> None:
    """Resized by PIL there and on the device here: less than 2/255 of full white apart at the mean."""
    shot, vision = random_shot(*size), model.config.vision
    grid = fit(shot, vision, LIMIT)
    ours = cut_patches(shot, grid, vision, model.device.place, model.device.dtype)
    fetch: Callable[[dict[str, Any]], Image.Image] = theirs.fetch_image
    picture = fetch(
        {
            "image": Image.frombytes("RGB", size, shot.rgb),
            "min_pixels": MIN_PIXELS,
            "max_pixels": LIMIT,
        }
    )
    assert picture.size == (grid.columns * vision.patch, grid.rows * vision.patch)
    inputs = reference.processor(images=[picture], return_tensors="pt")
    assert inputs["image_grid_thw"].tolist() == [[1, grid.rows, grid.columns]]
    expected = inputs["pixel_values"].view(len(ours), 3, 2, -1)[:, :, 0].flatten(1)
    difference = (ours - expected).abs() * 0.27  # the normalisation divides by about 0.27
    assert difference.mean() < 2 / 255
