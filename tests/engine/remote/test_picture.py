"""Pictures leave at sizes that no server changes again, and as small files as are asked for."""

import io
from base64 import b64decode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.engine.remote.picture import Limits, SentPicture, encode
from desktop.engine.smart_resize import FACTOR, MAX_PIXELS, MIN_PIXELS, smart_resize
from desktop.job import Shot
from tests.engine.qwen.checkpoints import random_shot


def decode(sent: SentPicture) -> Image.Image:
    """The picture in a data URL."""
    head, _, data = sent.url.partition(",")
    assert head == f"data:image/{sent.kind.lower()};base64"
    raw = b64decode(data, validate=True)
    assert len(raw) == sent.size
    return Image.open(io.BytesIO(raw))


@settings(max_examples=25)
@given(st.integers(4, 900), st.integers(4, 900), st.integers(MIN_PIXELS, 500_000))
def test_a_server_does_not_resize_what_is_sent(width: int, height: int, most_pixels: int) -> None:
    """The rule of the server's processor leaves the size as it is, within any limits that contain it."""
    if max(width, height) > 100 * min(width, height):
        return
    sent = encode(random_shot(width, height), Limits(most_pixels))
    assert decode(sent).size == (sent.width, sent.height)
    assert sent.width % FACTOR == sent.height % FACTOR == 0
    assert smart_resize(sent.width, sent.height, FACTOR, MIN_PIXELS, MAX_PIXELS) == (sent.width, sent.height)


def test_a_picture_that_fits_comes_over_pixel_for_pixel() -> None:
    """PNG: no artefacts on text."""
    shot = random_shot(280, 140)
    sent = encode(shot, Limits())
    assert sent.kind == "PNG"
    assert decode(sent).convert("RGB").tobytes() == shot.rgb


def test_what_is_too_large_a_file_becomes_a_jpeg_and_then_smaller() -> None:
    """Noise cannot be packed: first the format gives way, then the quality, then the size."""
    dice = np.random.default_rng(1)
    shot = Shot(560, 560, dice.integers(0, 256, 560 * 560 * 3, np.uint8).tobytes())
    png = encode(shot, Limits())
    jpeg = encode(shot, Limits(most_bytes=png.size - 1))
    small = encode(shot, Limits(most_bytes=jpeg.size // 4))
    assert (png.kind, jpeg.kind, small.kind) == ("PNG", "JPEG", "JPEG")
    assert (jpeg.width, jpeg.height) == (560, 560)
    assert small.size <= jpeg.size // 4
    assert small.width < 560
    assert decode(small).size == (small.width, small.height)


@pytest.mark.parametrize("least", [MIN_PIXELS, 1024 * FACTOR**2])
def test_small_pictures_grow_to_what_the_server_wants_at_least(least: int) -> None:
    sent = encode(random_shot(60, 40), Limits(), least)
    assert least <= sent.width * sent.height < 1.6 * least


def test_limits_shrink_until_nothing_is_left_to_give() -> None:
    sent = SentPicture("", 2800, 1400, 6_000_000, "PNG")
    assert Limits().fewer_pixels(sent).most_pixels == 2800 * 1400 // 2
    assert Limits().fewer_bytes(sent).most_bytes == 2_000_000
    tiny = SentPicture("", 56, 56, 1000, "JPEG")
    assert Limits().fewer_pixels(tiny).most_pixels == MIN_PIXELS
