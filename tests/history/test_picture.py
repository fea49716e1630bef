"""Pictures are kept to the last pixel."""

import random

import pytest

from desktop import paths
from desktop.history.picture import THUMBNAIL, decode, digest, encode, make_thumbnail
from desktop.job import Shot
from desktop.picture import read_picture


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1, 500), (37, 21), (300, 200), (16383, 2), (16384, 2), (3, 20000)]
)
def test_every_pixel_comes_back(width: int, height: int) -> None:
    """Also where a side is longer than WebP can hold."""
    shot = Shot(width, height, random.Random(width).randbytes(width * height * 3))
    assert decode(encode(shot)) == (width, height, shot.rgb)


def test_a_screenshot_is_small() -> None:
    """A third of what PNG takes, and whole."""
    path = paths.resources() / "samples" / "orders.png"
    shot = read_picture(path)
    data = encode(shot)
    assert len(data) < path.stat().st_size * 0.7
    assert decode(data) == (shot.width, shot.height, shot.rgb)


@pytest.mark.parametrize(("width", "height"), [(4, 4), (1000, 10), (10, 1000), (2000, 1500), (240, 150)])
def test_a_thumbnail_fits_and_keeps_the_shape(width: int, height: int) -> None:
    shot = Shot(width, height, bytes((200, 30, 30)) * (width * height))
    small = decode(make_thumbnail(shot))
    assert small[0] <= min(THUMBNAIL[0], width)
    assert small[1] <= min(THUMBNAIL[1], height)
    share = min(1, THUMBNAIL[0] / width, THUMBNAIL[1] / height)
    assert abs(small[0] - width * share) <= 1
    assert abs(small[1] - height * share) <= 1
    assert all(abs(value - wanted) < 12 for value, wanted in zip(small[2][:3], (200, 30, 30), strict=True))


def test_a_pixel_makes_another_digest() -> None:
    one, other = Shot(2, 2, bytes(12)), Shot(2, 2, bytes(11) + b"\1")
    assert digest(one) == digest(Shot(2, 2, bytes(12)))
    assert digest(one) != digest(other)
