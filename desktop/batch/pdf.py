"""Pages of a PDF as pictures; pypdfium2 is imported when the first one comes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from desktop.job import Shot
from desktop.language import tr, tr_later
from desktop.picture import PictureError, check_size

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PDF = ".pdf"
DOTS_PER_INCH = 200
LONGEST_SIDE = 4000
_POINTS_PER_INCH = 72


def count_pages(path: str) -> int:
    """How many pages there are; raises PictureError."""
    with _open(path) as document:
        count = len(document)
    if not count:
        raise PictureError(tr("{path} has no pages; export it again.", path=path))
    return count


def read_page(path: str, number: int) -> Shot:
    """The page, counted from 1, at 200 dots an inch, smaller where it would be enormous; raises PictureError."""
    from pypdfium2 import PdfiumError

    name = tr("{path}, page {number}", path=path, number=number)
    try:
        with _open(path) as document, closing(document[number - 1]) as page:
            scale = min(DOTS_PER_INCH / _POINTS_PER_INCH, LONGEST_SIDE / max(*page.get_size(), 1))
            with closing(page.render(scale=scale, may_draw_forms=False)) as bitmap:
                image = bitmap.to_pil().convert("RGB")
    except (PdfiumError, IndexError, ValueError, MemoryError) as error:
        raise PictureError(tr("{name} cannot be drawn; export the PDF again.", name=name)) from error
    check_size(image.width, image.height, name)
    return Shot(image.width, image.height, image.tobytes(), source=name)


@contextmanager
def _open(path: str) -> Iterator["PdfDocument"]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except FileNotFoundError:
        raise PictureError(tr("{path} does not exist; check the name.", path=path)) from None
    except PdfiumError as error:
        words = tr_later("{path} is damaged or no PDF; export it again.")
        if "password" in str(error).lower():
            words = tr_later("{path} is locked by a password; save it without one.")
        raise PictureError(tr(words, path=path)) from error
    except OSError as error:
        raise PictureError(tr("{path} could not be read: {reason}.", path=path, reason=error.strerror)) from error
    with closing(document):
        yield document
