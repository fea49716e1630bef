"""A Shot is exactly the pixels of its region."""

import random

from hypothesis import given
from PySide6.QtGui import QImage

from desktop.capture.geometry import Point, Screen, box_of_drag
from desktop.capture.screens import Picture
from desktop.capture.shot import shot_of
from tests.capture.test_geometry import dragged


def picture_of(screen: Screen) -> Picture:
    """A picture of noise, as mss hands it out: blue, green, red and a byte that means nothing."""
    width, height = screen.device.width, screen.device.height
    raw = bytearray(random.Random(width).randbytes(width * height * 4))
    return Picture(screen, QImage(raw, width, height, width * 4, QImage.Format.Format_RGB32), raw)


@given(dragged())
def test_the_crop_equals_the_source_pixels(case: tuple[Screen, Point, Point]) -> None:
    screen, start, end = case
    region = box_of_drag(start, end, screen.logical)
    if not (region.width and region.height):
        return
    picture = picture_of(screen)
    shot = shot_of(picture, region)
    cut = screen.to_device(region)
    rows = []
    for y in range(cut.top, cut.bottom):
        row = picture.raw[(y * screen.device.width + cut.left) * 4 : (y * screen.device.width + cut.right) * 4]
        rgb = bytearray(cut.width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(bytes(rgb))
    assert shot.rgb == b"".join(rows)
    assert (shot.scale, shot.region, shot.width, shot.height) == (screen.scale, region, cut.width, cut.height)
