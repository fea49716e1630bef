"""Folders of pictures and PDFs for batches, and an engine's session to answer them."""

from pathlib import Path

from PIL import Image

from tests.command_line import make_picture


def make_pdf(path: Path, pages: int = 1, size: tuple[int, int] = (120, 80)) -> Path:
    """A PDF with so many pages, the first one red, the second one green, and on."""
    colours = ("red", "lime", "blue")
    images = [Image.new("RGB", size, colours[number % 3]) for number in range(pages)]
    path.parent.mkdir(parents=True, exist_ok=True)
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=72)
    return path


def make_folder(top: Path) -> Path:
    """Two pictures, one below, a PDF of two pages, and much that is no picture."""
    for name in ("b.png", "A.png", "sub/c.JPG", ".hidden/d.png", ".e.png"):
        make_picture(top / name)
    make_pdf(top / "paper.pdf", 2)
    (top / "notes.txt").write_text("no picture")
    return top
