"""Files become Shots: every kind of picture is read right, every other file is refused in one sentence."""

import io
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from desktop.job import Shot
from desktop.picture import EXTENSIONS, PictureError, decode_picture, read_picture

RED, WHITE, BLACK = (255, 0, 0), (255, 255, 255), (0, 0, 0)


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def pixel(shot: Shot, x: int, y: int) -> tuple[int, ...]:
    """One pixel of a Shot."""
    start = (y * shot.width + x) * 3
    return tuple(shot.rgb[start : start + 3])


def close_to(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    """Tell whether two colours look alike."""
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def noise(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture that does not compress."""
    return Image.effect_noise(size, 60).convert("RGB")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.png": (lambda: b"", "is empty (0 bytes)"),
    "text.png": (lambda: b"This is text, whatever its name says.\n" * 20, "is not a picture that can be read here"),
    "drawing.eps": (lambda: encode(noise(), "EPS"), "is not a picture that can be read here"),
    "strip.png": (lambda: encode(Image.new("L", (30_000, 10)), "PNG"), "30000 × 10 pixels, too thin a strip"),
    "tall.png": (lambda: encode(Image.new("L", (10, 30_000)), "PNG"), "10 × 30000 pixels, too thin a strip"),
    "tiny.png": (lambda: encode(Image.new("RGB", (2, 2)), "PNG"), "2 × 2 pixels, too small to read"),
    "large.png": (lambda: encode(Image.new("1", (12_000, 12_000)), "PNG"), "12000 × 12000 pixels, too large to read"),
    "bomb.png": (lambda: encode(Image.new("1", (20_000, 20_000)), "PNG"), "too large to read (over 100 megapixels)"),
    "cut.jpg": (lambda: encode(noise(), "JPEG")[:-400], "is damaged or cut off"),
    "cut.png": (lambda: encode(noise(), "PNG")[:-400], "is damaged or cut off"),
    "cut.webp": (lambda: encode(noise(), "WEBP")[:-400], "is damaged or cut off"),
    "cut.bmp": (lambda: encode(noise(), "BMP")[:-400], "is damaged or cut off"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    """The sentence names the file, says what is wrong and what to do, on one line."""
    make, words = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(PictureError) as refused:
        read_picture(path)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path} is ")
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert ";" in sentence, "a cure is missing"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What is no file at all has its own words."""
    with pytest.raises(PictureError, match=r"nothing\.png does not exist; check the name\.$"):
        read_picture(tmp_path / "nothing.png")
    with pytest.raises(PictureError, match=r"is a folder; give the pictures in it, such as .*\.$"):
        read_picture(tmp_path)
    with pytest.raises(PictureError, match=r"could not be read: File name too long\.$"):
        read_picture("x" * 300)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, also in sentences."""
    for data in (encode(noise(), "PNG"), b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        if data:
            assert read_picture("-").width == 60
        else:
            with pytest.raises(PictureError, match=r"^standard input is empty"):
                read_picture("-")


@pytest.mark.parametrize("ending", EXTENSIONS)
def test_every_ending_that_is_offered_is_read(tmp_path: Path, ending: str) -> None:
    """The file dialog offers only what can be opened."""
    path = tmp_path / f"picture{ending}"
    Image.new("RGB", (40, 30), RED).save(path)
    shot = read_picture(str(path))
    assert (shot.width, shot.height, shot.source) == (40, 30, str(path))
    assert close_to(pixel(shot, 20, 15), RED)


def test_transparency_turns_white() -> None:
    """Clear pixels are white, half-clear ones are mixed, whatever colour hides below."""
    image = Image.new("RGBA", (30, 10), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (10, 0, 20, 10))
    image.paste((0, 0, 0, 128), (20, 0, 30, 10))
    shot = decode_picture(encode(image, "PNG"), "x")
    assert [pixel(shot, x, 5) for x in (5, 15, 25)] == [WHITE, RED, (127, 127, 127)]


def test_a_transparent_palette_turns_white() -> None:
    """The transparent entry of a palette is white, the others keep their colours."""
    image = Image.new("P", (20, 10), 0)
    image.putpalette([0, 255, 0, 255, 0, 0])
    image.paste(1, (10, 0, 20, 10))
    for kind in ("PNG", "GIF"):
        shot = decode_picture(encode(image, kind, transparency=0), "x")
        assert [pixel(shot, x, 5) for x in (5, 15)] == [WHITE, RED]


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    """65,535 is white, half of it is grey, not clipped."""
    row = bytes([0, 0] * 10 + [0, 128] * 10 + [255, 255] * 10)
    image = Image.frombytes("I;16", (30, 10), row * 10)
    for kind in ("PNG", "TIFF"):
        shot = decode_picture(encode(image, kind), "x")
        assert [pixel(shot, x, 5)[0] for x in (5, 15, 25)] == [0, 128, 255]


def test_a_print_jpeg_keeps_its_colours() -> None:
    """CMYK comes out as the RGB it was made from."""
    image = Image.new("RGB", (32, 32), WHITE)
    image.paste(RED, (16, 0, 32, 32))
    shot = decode_picture(encode(image.convert("CMYK"), "JPEG", quality=95), "x")
    assert close_to(pixel(shot, 4, 16), WHITE)
    assert close_to(pixel(shot, 28, 16), RED)


@pytest.mark.parametrize(("orientation", "corner"), [(1, (2, 2)), (3, (37, 17)), (6, (17, 2)), (8, (2, 37))])
def test_a_turned_photo_stands_upright(orientation: int, corner: tuple[int, int]) -> None:
    """The camera's orientation is followed: the red corner lands where a viewer shows it."""
    image = Image.new("RGB", (40, 20), WHITE)
    ImageDraw.Draw(image).rectangle((0, 0, 7, 7), RED)
    exif = Image.Exif()
    exif[0x0112] = orientation
    shot = decode_picture(encode(image, "JPEG", exif=exif, quality=95), "x")
    assert (shot.width, shot.height) == ((20, 40) if orientation in (6, 8) else (40, 20))
    assert close_to(pixel(shot, *corner), RED, 40)


def test_the_first_frame_of_an_animation_is_read() -> None:
    """An animated GIF is its first picture."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLACK, WHITE)]
    shot = decode_picture(encode(frames[0], "GIF", save_all=True, append_images=frames[1:]), "x")
    assert pixel(shot, 10, 10) == RED


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "AVIF", "PPM"])
def test_damage_anywhere_is_a_refusal_or_a_picture(kind: str) -> None:
    """Flipped bytes and cut ends never bring another error."""
    dice = random.Random(kind)
    good = encode(noise((24, 16)), kind)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(dice.choice([1, 3, 10])):
            data[dice.randrange(min(len(data), dice.choice([40, 300, 10_000])))] = dice.randrange(256)
        try:
            decode_picture(bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]), "x")
        except PictureError as refused:
            assert str(refused).endswith(".")
