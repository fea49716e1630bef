"""A file, standard input or bytes from elsewhere become a Shot."""

import io
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.errors import UserError
from desktop.job import Shot

MIN_SIDE = 4
MAX_RATIO = 200
MAX_PIXELS = 100_000_000
MAX_BYTES = 512 << 20
_TOO_LARGE = f"too large to read (over {MAX_PIXELS // 10**6} megapixels); crop it or scale it down."
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
        raise PictureError(f"{path} does not exist; check the name.") from None
    except IsADirectoryError:
        raise PictureError(f"{path} is a folder; give the pictures in it, such as {path}/*.png.") from None
    except PermissionError:
        raise PictureError(f"{path} may not be read by you; change its permissions or copy it.") from None
    except OSError as error:
        raise PictureError(f"{path} could not be read: {error.strerror}.") from error
    return decode_picture(data, str(path))


def decode_picture(data: bytes, name: str) -> Shot:
    """The first frame of an encoded picture, upright, transparency on white; raises PictureError naming it `name`."""
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"{name} is larger than {MAX_BYTES >> 20} MiB, too large for a picture; save it as PNG or JPEG."
        )
    if not data:
        raise PictureError(f"{name} is empty (0 bytes); take or copy the picture again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PIL's warning about large pictures; check_size has its own limit
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                check_size(*file.size, name)
                image = _on_white(ImageOps.exif_transpose(file))
    except Image.DecompressionBombError:
        raise PictureError(f"{name} is {_TOO_LARGE}") from None
    except UnidentifiedImageError:
        raise PictureError(
            f"{name} is not a picture that can be read here; use PNG, JPEG, WebP, BMP, GIF or TIFF."
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        raise PictureError(f"{name} is damaged or cut off; copy or download the picture again.") from None
    return Shot(image.width, image.height, image.tobytes(), source=name)


def check_size(width: int, height: int, name: str) -> None:
    """Raise PictureError where a picture of that many pixels cannot be read."""
    size = f"{name} is {width} × {height} pixels"
    if min(width, height) < MIN_SIDE:
        raise PictureError(f"{size}, too small to read; choose a larger region.")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PictureError(f"{size}, too thin a strip to read (over {MAX_RATIO} to 1); cut out a part of it.")
    if width * height > MAX_PIXELS:
        raise PictureError(f"{size}, {_TOO_LARGE}")


def _on_white(image: Image.Image) -> Image.Image:
    """The picture as RGB; 16-bit grey is scaled to 8 bits, transparent parts turn white."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")
