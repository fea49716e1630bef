"""A room to describe."""

from random import Random

from desktop.bench.pictures.canvas import Canvas
from desktop.bench.pictures.drawing import Drawing


def draw_room(dice: Random, width: int, height: int) -> Drawing:
    """A sofa, a window, a lamp, a picture and a rug."""
    wall, floor = dice.choice((("#e9dfd0", "#a9784f"), ("#cfdde0", "#7d6a58"), ("#f0d9cf", "#8f6b4a")))
    canvas, ground, s = Canvas(width, height, wall), height * 0.72, height / 100
    canvas.box(0, ground, width, height, floor)
    for plank in range(1, 6):
        y = ground + (height - ground) * plank / 6
        canvas.line([(0, y), (width, y)], "#6d5138", 1)
    canvas.box(0, ground - 2 * s, width, 2 * s, "#fbf8f2")
    _window(canvas, dice, width * dice.uniform(0.06, 0.14), 10 * s, 34 * s, 40 * s)
    _framed(canvas, dice, width * dice.uniform(0.5, 0.6), 12 * s, 30 * s, 20 * s)
    canvas.oval(width * 0.22, height * 0.83, width * 0.6, height * 0.14, dice.choice(("#b5443c", "#3d6b74", "#c99a3c")))
    canvas.oval(width * 0.27, height * 0.845, width * 0.5, height * 0.11, "#efe4cf")
    cloth, x, wide = dice.choice(("#2f5d62", "#8c4a3a", "#4b5a86", "#6f7d4f")), width * 0.36, width * 0.4
    canvas.box(x, 46 * s, wide, 26 * s, cloth, 5 * s)
    for seat in range(2):
        canvas.box(x + wide * (0.06 + 0.45 * seat), 60 * s, wide * 0.43, 13 * s, cloth, 3 * s, "#ffffff")
    for arm in (0, 0.92):
        canvas.box(x + wide * arm, 54 * s, wide * 0.08, 24 * s, cloth, 3 * s, "#ffffff")
    for pillow in range(dice.randint(1, 3)):
        colour = dice.choice(("#f2c14e", "#f25f5c", "#f7fff7", "#70c1b3"))
        canvas.box(x + wide * (0.12 + 0.25 * pillow), 50 * s, 13 * s, 12 * s, colour, 2.5 * s)
    lamp = width * 0.87
    canvas.line([(lamp, ground + 6 * s), (lamp, 32 * s)], "#3c3c3c", s)
    canvas.oval(lamp - 7 * s, ground + 5 * s, 14 * s, 3 * s, "#3c3c3c")
    canvas.shape(
        [(lamp - 9 * s, 34 * s), (lamp + 9 * s, 34 * s), (lamp + 5 * s, 20 * s), (lamp - 5 * s, 20 * s)], "#ffe9a8"
    )
    return Drawing(canvas.picture)


def _window(canvas: Canvas, dice: Random, x: float, y: float, wide: float, tall: float) -> None:
    canvas.box(x, y, wide, tall, "white")
    top, bottom = dice.choice((("#79bdf0", "#e7f5ff"), ("#f0a36b", "#ffe7c7"), ("#15203f", "#44507f")))
    for column in range(2):
        for row in range(2):
            pane = (x + wide * (0.06 + 0.47 * column), y + tall * (0.05 + 0.475 * row))
            canvas.slope(*pane, wide * 0.41, tall * 0.425, top, bottom)


def _framed(canvas: Canvas, dice: Random, x: float, y: float, wide: float, tall: float) -> None:
    canvas.box(x, y, wide, tall, "#4d3a2a")
    canvas.box(x + 3, y + 3, wide - 6, tall - 6, "#f6efe2")
    for _ in range(5):
        size = tall * dice.uniform(0.15, 0.4)
        place = x + dice.uniform(0.1, 0.9) * (wide - size), y + dice.uniform(0.1, 0.9) * (tall - size)
        canvas.oval(*place, size, size, dice.choice(("#e76f51", "#2a9d8f", "#264653", "#e9c46a")))
