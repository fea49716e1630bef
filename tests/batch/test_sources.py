"""Which pictures files and folders hold, in which order, and where their answers belong."""

from pathlib import Path

import pytest

from desktop.batch.sources import are_many, find_sources
from desktop.errors import UserError
from desktop.picture import PictureError
from tests.batch.pictures import make_folder, make_pdf
from tests.command_line import make_picture


def inside(*paths: Path) -> list[str]:
    """Where the answers of these files and folders belong."""
    return [str(source.inside) for source in find_sources([str(path) for path in paths])]


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    """Known endings in any case, pages of PDFs one by one, nothing hidden, nothing else; sub-folders last."""
    expected = ["A.png", "b.png", "paper.pdf.page-1", "paper.pdf.page-2", "sub/c.JPG"]
    assert inside(make_folder(tmp_path / "scans")) == expected


def test_several_folders_keep_their_names(tmp_path: Path) -> None:
    """What comes from two folders does not mix; a file stands beside them."""
    for name in ("one/x.png", "two/x.png", "y.png"):
        make_picture(tmp_path / name)
    assert inside(tmp_path / "one", tmp_path / "two", tmp_path / "y.png") == ["one/x.png", "two/x.png", "y.png"]


def test_links_lead_to_pictures_but_not_round_in_circles(tmp_path: Path) -> None:
    top = tmp_path / "top"
    make_picture(tmp_path / "x.png")
    top.mkdir()
    (top / "linked.png").symlink_to(tmp_path / "x.png")
    (top / "circle").symlink_to(top)
    assert inside(top) == ["linked.png"]


def test_page_numbers_sort_as_they_count(tmp_path: Path) -> None:
    names = inside(make_pdf(tmp_path / "long.pdf", 12))
    assert names[0] == "long.pdf.page-01"
    assert names == sorted(names)


def test_pages_are_pictures(tmp_path: Path) -> None:
    """Each page as it is, at 200 dots an inch, in its own colours."""
    first, second = find_sources([str(make_pdf(tmp_path / "two.pdf", 2, (72, 36)))])
    assert str(second) == f"{tmp_path / 'two.pdf'}, page 2"
    for source, colour in ((first, (255, 0, 0)), (second, (0, 255, 0))):
        shot = source.read()
        assert (shot.width, shot.height, shot.source) == (200, 100, str(source))
        middle = shot.rgb[len(shot.rgb) // 2 : len(shot.rgb) // 2 + 3]
        assert all(abs(seen - meant) < 8 for seen, meant in zip(middle, colour, strict=True)), "JPEG inside"


def test_an_enormous_page_is_drawn_smaller(tmp_path: Path) -> None:
    (source,) = find_sources([str(make_pdf(tmp_path / "wall.pdf", 1, (2880, 1440)))])
    shot = source.read()
    assert (shot.width, shot.height) == (4000, 2000)


@pytest.mark.parametrize(("content", "said"), [(b"no PDF at all", "is damaged or no PDF"), (None, "does not exist")])
def test_a_bad_pdf_is_one_picture_that_fails(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "bad.pdf"
    if content is not None:
        path.write_bytes(content)
    (source,) = find_sources([str(path)])
    with pytest.raises(PictureError, match=said):
        source.read()


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UserError, match=r"There is no picture in .*; these are read: \.png"):
        find_sources([str(tmp_path)])


def test_one_picture_is_not_many(tmp_path: Path) -> None:
    assert not are_many(["a.png"])
    assert not are_many(["-"])
    assert are_many(["a.png", "b.png"])
    assert are_many(["a.pdf"])
    assert are_many([str(tmp_path)])
