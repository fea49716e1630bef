"""Pages with known text for the OCR benchmark: read their text, and draw them with a headless Chromium."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from desktop import paths
from desktop.errors import UserError
from desktop.job import Shot

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
MOST_LETTERS = 120
TUNED = ("form", "mixed", "python")
"""The pages that the engine's settings were chosen on; all others were only ever measured."""

_LINES = {"p", "h1", "h2", "tr", "br", "pre", "div"}
_CELLS = {"td", "th", "span"}
_UNSEEN = {"style", "title"}


@dataclass(frozen=True)
class Page:
    """One HTML file whose text, in the order of the file, is what a reader should get. One block is one line."""

    file: Path

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.file.stem

    @property
    def tuned(self) -> bool:
        """True where settings were chosen on this page."""
        return self.name in TUNED

    @cached_property
    def text(self) -> str:
        """The lines of the page; cells of a row are joined by one space; `pre` keeps its indentation."""
        parser = _Text()
        parser.feed(self.file.read_text(encoding="utf-8"))
        return "\n".join(line.rstrip() for line in "".join(parser.pieces).split("\n") if line.strip())


class _Text(HTMLParser):
    """Collects what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = False
        self._verbatim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line, or a cell of it."""
        self._unseen = tag in _UNSEEN
        self._verbatim = self._verbatim or tag == "pre"
        self.pieces.append("\n" if tag in _LINES else "")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or a cell of it."""
        self._unseen = False
        self._verbatim = self._verbatim and tag != "pre"
        self.pieces.append("\n" if tag in _LINES else " " if tag in _CELLS else "")

    def handle_data(self, data: str) -> None:
        """Keep the text; line breaks count inside `pre` alone."""
        if not self._unseen:
            self.pieces.append(data if self._verbatim else data.replace("\n", ""))


def pages(names: tuple[str, ...] = ()) -> list[Page]:
    """The pages that ship with the program, or those named. Raises UserError for an unknown name."""
    found = [Page(file) for file in sorted((paths.resources() / "samples" / "pages").glob("*.html"))]
    known = [page.name for page in found]
    if unknown := [name for name in names if name not in known]:
        raise UserError(f"There is no page named {unknown[0]}; the pages are {', '.join(known)}.")
    return [page for page in found if not names or page.name in names]


def draw(page: Page, scale: float = 1.0, size: tuple[int, int] = (1000, 620)) -> Shot:
    """Draw a page `size` logical pixels large, `scale` device pixels to each. Raises UserError without a browser."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        raise UserError(
            "The benchmark draws its pages with Chromium, which is not installed; install it and try again."
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        picture = Path(folder, "page.png")
        command = [
            browser,
            *FLAGS,
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={scale}",
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={picture}",
            page.file.as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=60, check=True)
            return _read(picture, scale, page.name)
        except (subprocess.SubprocessError, OSError) as error:
            raise UserError(
                f"Chromium could not draw the page {page.name} ({_reason(error)}); try again, or run {browser} by hand."
            ) from error


def _reason(error: subprocess.SubprocessError | OSError) -> str:
    """What went wrong, in a few words."""
    match error:
        case subprocess.CalledProcessError():
            said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            ended = f"exit code {error.returncode}" if error.returncode > 0 else f"signal {-error.returncode}"
            return f"{ended}: {said[:MOST_LETTERS]}" if said else ended
        case subprocess.TimeoutExpired():
            return f"nothing after {error.timeout:.0f} s"
        case FileNotFoundError():
            return f"{Path(error.filename).name} is not there"
    return getattr(error, "strerror", None) or str(error)


def _read(file: Path, scale: float, name: str) -> Shot:
    from PIL import Image

    with Image.open(file) as picture:
        rgb = picture.convert("RGB")
        return Shot(rgb.width, rgb.height, rgb.tobytes(), scale=scale, source=name)
