"""A Shot as it is sent: at a size that the server's own processor leaves as it is, PNG or JPEG."""

import io
from base64 import b64encode
from dataclasses import dataclass, replace
from itertools import count

from PIL import Image

from desktop.engine.smart_resize import FACTOR, MAX_PIXELS, MIN_PIXELS, smart_resize
from desktop.job import Shot

_QUALITIES = (95, 85, 75)
_SMALLEST = 128 << 10  # bytes; a picture of fewer tells nothing


@dataclass(frozen=True, slots=True)
class Limits:
    """What one picture may have on its way: pixels, and bytes of its file."""

    most_pixels: int = MAX_PIXELS
    most_bytes: int = 8 << 20

    def fewer_pixels(self, sent: "SentPicture") -> "Limits":
        """Half of what was too much."""
        return replace(self, most_pixels=max(MIN_PIXELS, sent.width * sent.height // 2))

    def fewer_bytes(self, sent: "SentPicture") -> "Limits":
        """A third of what was too much, which is sent as JPEG."""
        return replace(self, most_bytes=max(_SMALLEST, sent.size // 3))


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A data URL, and what is in it: width and height in pixels, the bytes of the file and its format."""

    url: str
    width: int
    height: int
    size: int
    kind: str

    def is_less_than(self, shot: Shot) -> bool:
        """Tell whether it shows fewer pixels of the Shot than the model can see."""
        whole = smart_resize(shot.width, shot.height, FACTOR, MIN_PIXELS, MAX_PIXELS)
        return self.width * self.height < whole[0] * whole[1]


def encode(shot: Shot, limits: Limits, least_pixels: int = MIN_PIXELS) -> SentPicture:
    """The picture within the limits: PNG where it is small enough, else JPEG. Raises EngineError for thin strips."""
    image = Image.frombytes("RGB", (shot.width, shot.height), shot.rgb)
    most = max(limits.most_pixels, MIN_PIXELS)
    for shrink in count():
        pixels = max(MIN_PIXELS, most >> shrink)
        size = smart_resize(shot.width, shot.height, FACTOR, min(least_pixels, pixels), pixels)
        size = smart_resize(*size, FACTOR, MIN_PIXELS, MAX_PIXELS)  # what is cut down to the least may fall below it
        fitted = image if size == image.size else image.resize(size, Image.Resampling.BICUBIC)
        kind, data = _pack(fitted, limits.most_bytes)
        if len(data) <= limits.most_bytes or pixels == MIN_PIXELS:
            break
    url = f"data:image/{kind.lower()};base64,{b64encode(data).decode()}"
    return SentPicture(url, *size, len(data), kind)


def _pack(image: Image.Image, most_bytes: int) -> tuple[str, bytes]:
    """The best file that is small enough, or the smallest one."""
    data = _write(image, "PNG", compress_level=2)
    kind = "PNG"
    for quality in _QUALITIES:
        if len(data) <= most_bytes:
            break
        kind, data = "JPEG", _write(image, "JPEG", quality=quality, subsampling=0)
    return kind, data


def _write(image: Image.Image, kind: str, **how: int) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()
