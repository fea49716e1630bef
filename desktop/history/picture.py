"""A Shot as it is kept: lossless and small, with a thumbnail for the list; Pillow is imported with the first one."""

import hashlib
import io
import json
from types import ModuleType
from typing import TYPE_CHECKING

from desktop.job import Box, Shot

if TYPE_CHECKING:
    from PIL.Image import Image

THUMBNAIL = (240, 150)
_WEBP_SIDE = 16383


def encode(shot: Shot) -> bytes:
    """The picture as lossless WebP; as PNG where a side is longer than WebP can hold."""
    if max(shot.width, shot.height) > _WEBP_SIDE:
        return _saved(image_of(shot), format="PNG", compress_level=1)
    return _saved(image_of(shot), format="WEBP", lossless=True, method=1, quality=20)


def make_thumbnail(shot: Shot) -> bytes:
    """The picture scaled down to fit into THUMBNAIL, as WebP with losses."""
    image = image_of(shot)
    image.thumbnail(THUMBNAIL, reducing_gap=2)
    return _saved(image, format="WEBP", quality=80)


def decode(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows of what `encode` or `make_thumbnail` gave; raises OSError or ValueError."""
    with _pillow().open(io.BytesIO(data), formats=("WEBP", "PNG")) as file:
        image = file.convert("RGB")
    return image.width, image.height, image.tobytes()


def digest(shot: Shot) -> bytes:
    """What two Shots have in common only where they are the same picture of the same place."""
    about = json.dumps([shot.width, shot.height, shot.scale, region_text(shot), shot.source])
    summed = hashlib.blake2b(about.encode(), digest_size=16)
    summed.update(shot.rgb)
    return summed.digest()


def region_text(shot: Shot) -> str:
    """Where it stood on the desktop, as JSON."""
    return json.dumps(shot.region)


def region_of(text: str) -> Box | None:
    """What `region_text` said."""
    sides = json.loads(text)
    return None if sides is None else Box(*sides)


def image_of(shot: Shot) -> "Image":
    """The Shot for Pillow."""
    image: Image = _pillow().frombytes("RGB", (shot.width, shot.height), shot.rgb)
    return image


def _saved(image: "Image", **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, **how)  # type: ignore[arg-type]
    return buffer.getvalue()


def _pillow() -> ModuleType:
    """Pillow's Image; the two formats spare the import of all forty."""
    from PIL import Image, PngImagePlugin, WebPImagePlugin  # noqa: F401

    return Image
