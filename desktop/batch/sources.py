"""The pictures in files and folders, in a fixed order, each with the place of its answer."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from desktop.batch.pdf import PDF, count_pages, read_page
from desktop.errors import UserError
from desktop.job import Shot
from desktop.language import tr, tr_later
from desktop.picture import EXTENSIONS, PictureError, read_picture


@dataclass(frozen=True, slots=True)
class Source:
    """A picture that will be read: a file, standard input ("-"), or a page of a PDF (counted from 1).

    `inside` is where its answer stands below the folder of all answers, without the ending. `trouble` says why it
    cannot be read, where that is known already.
    """

    path: str
    inside: PurePath
    page: int = 0
    trouble: str = ""

    def __str__(self) -> str:
        """What people call it."""
        return tr("{path}, page {number}", path=self.path, number=self.page) if self.page else self.path

    def read(self) -> Shot:
        """The picture; raises PictureError."""
        if self.trouble:
            raise PictureError(self.trouble)
        return read_page(self.path, self.page) if self.page else read_picture(self.path)


def are_many(paths: Iterable[str]) -> bool:
    """Tell whether these are, or may be, more than one picture."""
    given = list(paths)
    return len(given) > 1 or any(_is_pdf(path) or Path(path).is_dir() for path in given)


def find_sources(paths: Sequence[str]) -> list[Source]:
    """Every picture of the files and folders; folders with all below them, but nothing hidden. Raises UserError.

    What lies in a folder keeps its place in it; of several things that are given each folder's name comes first.
    """
    found = [source for path in paths for source in _find(path, alone=len(paths) == 1)]
    if not found:
        known = ", ".join((*EXTENSIONS, PDF))
        words = tr_later("There is no picture in {places}; these are read: {known}.")
        raise UserError(tr(words, places=tr(" or ").join(paths), known=known))
    return found


def _find(path: str, alone: bool) -> Iterator[Source]:
    if path != "-" and Path(path).is_dir():
        top = Path(path)
        yield from _walk(top, PurePath() if alone else PurePath(top.resolve().name))
    else:
        yield from _pages(path, PurePath("stdin" if path == "-" else Path(path).name))


def _walk(top: Path, inside: PurePath) -> Iterator[Source]:
    """The pictures of a folder, name by name; links to other folders are not followed."""
    closed: list[Source] = []

    def say(error: OSError) -> None:
        words = tr_later("{path} could not be opened ({reason}); change its permissions or leave it out.")
        sentence = tr(words, path=error.filename, reason=error.strerror)
        closed.append(Source(str(error.filename), inside / PurePath(error.filename).name, trouble=sentence))

    for folder, names, files in os.walk(top, onerror=say):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith((*EXTENSIONS, PDF)):
                path = Path(folder, name)
                yield from _pages(str(path), inside / path.relative_to(top))
    yield from closed


def _pages(path: str, inside: PurePath) -> Iterator[Source]:
    """The file itself, or each page of a PDF."""
    if not _is_pdf(path):
        yield Source(path, inside)
        return
    try:
        count = count_pages(path)
    except PictureError as error:
        yield Source(path, inside, trouble=str(error))
        return
    width = len(str(count))
    for page in range(1, count + 1):
        yield Source(path, inside.with_name(f"{inside.name}.page-{page:0{width}}"), page)


def _is_pdf(path: str) -> bool:
    return path.lower().endswith(PDF)
