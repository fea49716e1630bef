"""A file, standard input or bytes from elsewhere become a Shot; Pillow is imported when the first one comes."""

import io
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.job import Shot
from desktop.language import tr, tr_later

if TYPE_CHECKING:
    from PIL.Image import Image

MIN_SIDE = 4
MAX_RATIO = 200
MAX_PIXELS = 100_000_000
MAX_BYTES = 512 << 20
_TOO_SMALL = tr_later("{name} is {width} × {height} pixels, too small to read; choose a larger region.")
_TOO_THIN = tr_later(
    "{name} is {width} × {height} pixels, too thin a strip to read (over {most} to 1); cut out a part of it."
)
_TOO_LARGE = tr_later(
    "{name} is {width} × {height} pixels, too large to read (over {most} megapixels); crop it or scale it down."
)
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "PPM")  # Pillow would start Ghostscript for EPS
EXTENSIONS = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".ppm")


class PictureError(UserError):
    """A picture that cannot be read."""


def read_picture(path: str | Path) -> Shot:
    """The picture in a file, or on standard input for "-"; raises PictureError."""
    if str(path) == "-":
        return decode_picture(sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b"", "standard input")
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise PictureError(tr("{path} does not exist; check the name.", path=path)) from None
    except IsADirectoryError:
        words = tr_later("{path} is a folder; give the pictures in it, such as {path}/*.png.")
        raise PictureError(tr(words, path=path)) from None
    except PermissionError:
        raise PictureError(tr("{path} may not be read by you; change its permissions or copy it.", path=path)) from None
    except OSError as error:
        raise PictureError(tr("{path} could not be read: {reason}.", path=path, reason=error.strerror)) from error
    return decode_picture(data, str(path))


def decode_picture(data: bytes, name: str) -> Shot:
    """The first frame of an encoded picture, upright, transparency on white; raises PictureError naming it `name`."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MAX_BYTES:
        words = tr_later("{name} is larger than {most} MiB, too large for a picture; save it as PNG or JPEG.")
        raise PictureError(tr(words, name=name, most=MAX_BYTES >> 20))
    if not data:
        raise PictureError(tr("{name} is empty (0 bytes); take or copy the picture again.", name=name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PIL's warning about large pictures; check_size has its own limit
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                check_size(*file.size, name)
                image = _on_white(ImageOps.exif_transpose(file))
    except Image.DecompressionBombError:
        words = tr_later("{name} is too large to read (over {most} megapixels); crop it or scale it down.")
        raise PictureError(tr(words, name=name, most=MAX_PIXELS // 10**6)) from None
    except UnidentifiedImageError:
        words = tr_later("{name} is not a picture that can be read here; use PNG, JPEG, WebP, BMP, GIF or TIFF.")
        raise PictureError(tr(words, name=name)) from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        words = tr_later("{name} is damaged or cut off; copy or download the picture again.")
        raise PictureError(tr(words, name=name)) from None
    return Shot(image.width, image.height, image.tobytes(), source=name)


def check_size(width: int, height: int, name: str) -> None:
    """Raise PictureError where a picture of that many pixels cannot be read."""
    for wrong, words, most in (
        (min(width, height) < MIN_SIDE, _TOO_SMALL, MIN_SIDE),
        (max(width, height) > MAX_RATIO * min(width, height), _TOO_THIN, MAX_RATIO),
        (width * height > MAX_PIXELS, _TOO_LARGE, MAX_PIXELS // 10**6),
    ):
        if wrong:
            raise PictureError(tr(words, name=name, width=width, height=height, most=most))


def _on_white(image: "Image") -> "Image":
    """The picture as RGB; 16-bit grey is scaled to 8 bits, transparent parts turn white."""
    from PIL.Image import alpha_composite, new

    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = alpha_composite(new("RGBA", image.size, "white"), image)
    return image.convert("RGB")
