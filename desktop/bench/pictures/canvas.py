"""A surface to draw on with smooth edges, by Pillow and its built-in font alone."""

from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from desktop.job import Box

FINE = 2  # everything is drawn so many times as large and then averaged
Colour = str | tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]


class Canvas:
    """`width` x `height` pixels; transparent where no `colour` is given. All places and lengths are in pixels."""

    def __init__(self, width: int, height: int, colour: Colour | None = None) -> None:
        self.width, self.height = width, height
        mode, ground = ("RGB", colour) if colour is not None else ("RGBA", (0, 0, 0, 0))
        self._image = Image.new(mode, (width * FINE, height * FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    @property
    def picture(self) -> Image.Image:
        """What was drawn."""
        return self._image.reduce(FINE)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour | None = None,
        radius: float = 0,
        line: Colour | None = None,
    ) -> None:
        """A rectangle; corners of a radius, an outline one pixel wide. One without any width or height is left out."""
        if width < 1 or height < 1:
            return
        radius = min(radius, width / 2, height / 2)
        self._draw.rounded_rectangle(_frame(x, y, width, height), radius * FINE, fill, line, FINE)

    def oval(self, x: float, y: float, width: float, height: float, fill: Colour, line: Colour | None = None) -> None:
        """An ellipse that fills this rectangle."""
        self._draw.ellipse(_frame(x, y, width, height), fill, line, FINE)

    def ring(self, x: float, y: float, size: float, colour: Colour, thick: float) -> None:
        """A circle's outline."""
        self._draw.ellipse(_frame(x, y, size, size), None, colour, round(thick * FINE))

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A polygon."""
        self._draw.polygon([_fine(point) for point in points], fill)

    def line(self, points: Sequence[Point], colour: Colour, thick: float = 1) -> None:
        """A line through points, with round joints."""
        self._draw.line([_fine(point) for point in points], colour, max(1, round(thick * FINE)), "curve")

    def slope(self, x: float, y: float, width: float, height: float, top: str, bottom: str) -> None:
        """A rectangle whose colour changes from the top to the bottom."""
        fade = Image.linear_gradient("L").resize((round(width * FINE), round(height * FINE)))
        left, upper = round(x * FINE), round(y * FINE)
        self._image.paste(bottom, (left, upper), fade)
        self._image.paste(top, (left, upper), fade.point(lambda value: 255 - value))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: Colour = "#222",
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """One line of text; `anchor` as Pillow's, so "la" puts the left top at the place, "mm" the middle."""
        stroke = max(1, round(size / 24)) if bold else 0
        self._draw.text(_fine((x, y)), words, colour, _font(size), anchor, stroke_width=stroke, stroke_fill=colour)

    def lines(self, x: float, y: float, width: float, words: str, size: float, colour: Colour = "#222") -> float:
        """Text broken at `width`; where the next line would begin."""
        for line in wrap(words, size, width):
            self.text(x, y, line, size, colour)
            y += size * 1.45
        return y

    @property
    def covered(self) -> Box:
        """The pixels of a transparent canvas that something was drawn on."""
        left, top, right, bottom = self._image.getchannel("A").getbbox() or (0, 0, 0, 0)
        return Box(left // FINE, top // FINE, -(-right // FINE), -(-bottom // FINE))

    def stamp(self, other: "Canvas", x: int, bottom: int) -> Box:
        """Put what another, transparent canvas shows here, its lowest pixels right above `bottom`; where it is then."""
        box = other.covered
        y = bottom - box.bottom
        self._image.paste(other._image, (x * FINE, y * FINE), other._image)
        return Box(x + box.left, y + box.top, x + box.right, bottom)


def text_width(words: str, size: float) -> float:
    """How wide one line is, in pixels."""
    return _font(size).getlength(words) / FINE


def wrap(words: str, size: float, width: float) -> list[str]:
    """The lines that the words take at a width; a word alone may be wider."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size * FINE)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType; install it with `pip install pillow`.")
    return font


def _fine(point: Point) -> Point:
    return point[0] * FINE, point[1] * FINE


def _frame(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    """Pillow's corners are both inside."""
    return round(x * FINE), round(y * FINE), round((x + width) * FINE) - 1, round((y + height) * FINE) - 1
