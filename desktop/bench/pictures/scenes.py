"""Scenes to describe: mountains, a harbour, a street at night, shapes."""

import math
from random import Random

from desktop.bench.pictures.canvas import Canvas, Colour, Point
from desktop.bench.pictures.drawing import Drawing


def draw_mountains(dice: Random, width: int, height: int) -> Drawing:
    """Ranges behind a lake, with trees before them."""
    top, bottom, water, far, near = dice.choice((
        ("#7db9e8", "#e9f4fb", "#2f6f9f", (139, 160, 184), (62, 92, 84)),
        ("#f6a15b", "#fde7c2", "#8a4f4a", (178, 124, 120), (84, 58, 74)),
        ("#25406b", "#9cb4d8", "#16294a", (96, 112, 150), (30, 44, 70)),
    ))  # fmt: skip
    canvas, lake = Canvas(width, height, bottom), height * 0.72
    canvas.slope(0, 0, width, lake, top, bottom)
    sun = height * 0.11
    canvas.oval(dice.uniform(0.1, 0.8) * width, height * dice.uniform(0.06, 0.2), sun, sun, "#fff6d8")
    for depth in range(3):
        share = depth / 2
        colour = tuple(round(a + (b - a) * share) for a, b in zip(far, near, strict=True))
        ridge = _ridge(dice, width, lake * (0.42 + 0.2 * depth), lake * (0.3 - 0.07 * depth))
        canvas.shape([*ridge, (width, lake), (0, lake)], (colour[0], colour[1], colour[2]))
    canvas.slope(0, lake, width, height - lake, top, water)
    for _ in range(26):
        x, y = dice.uniform(0, width), lake + dice.uniform(0.05, 0.95) * (height - lake)
        canvas.line([(x, y), (x + width * dice.uniform(0.02, 0.09), y)], bottom, max(1, height / 400))
    for _ in range(dice.randint(9, 16)):
        _fir(canvas, dice.uniform(0, width), lake + height * dice.uniform(0, 0.03), height * dice.uniform(0.12, 0.26))
    return Drawing(canvas.picture)


def _ridge(dice: Random, width: int, level: float, rise: float) -> list[Point]:
    steps = 14
    phase = dice.uniform(0, 6)
    return [
        (
            width * step / steps,
            level - rise * (0.45 * math.sin(phase + step * 1.3) + dice.uniform(-0.25, 0.55)),
        )
        for step in range(steps + 1)
    ]


def _fir(canvas: Canvas, x: float, foot: float, tall: float) -> None:
    canvas.box(x - tall * 0.04, foot - tall * 0.15, tall * 0.08, tall * 0.15, "#4a3526")
    for tier in range(3):
        base, half = foot - tall * (0.12 + 0.26 * tier), tall * (0.24 - 0.055 * tier)
        canvas.shape(
            [(x - half, base), (x + half, base), (x, base - tall * 0.38)], ("#1d4a36", "#225540", "#28614a")[tier]
        )


def draw_harbour(dice: Random, width: int, height: int) -> Drawing:
    """A low sun over the sea, boats, and a lighthouse on a rock."""
    top, glow, sea = dice.choice((
        ("#2f3f7f", "#ff9d5c", "#24456e"), ("#4d8fd1", "#d9f0ff", "#1f6d9c"), ("#5b3a70", "#ffb199", "#3b3f70")
    ))  # fmt: skip
    canvas, line = Canvas(width, height, sea), height * 0.56
    canvas.slope(0, 0, width, line, top, glow)
    canvas.slope(0, line, width, height - line, sea, "#0e2338")
    sun, x = height * 0.17, width * dice.uniform(0.3, 0.6)
    canvas.oval(x - sun / 2, line - sun * dice.uniform(0.5, 1.2), sun, sun, "#ffe9b0")
    canvas.box(0, line, width, height * 0.02, sea)
    for row in range(16):
        y = line + (height - line) * (row + 1) / 17
        half = sun * (0.2 + row * 0.05) * dice.uniform(0.5, 1)
        canvas.line([(x - half, y), (x + half, y)], glow, max(1, height / 260))
    for _ in range(dice.randint(1, 4)):
        _boat(canvas, dice, width * dice.uniform(0.06, 0.7), line + height * dice.uniform(0.06, 0.3), height)
    _lighthouse(canvas, width, height, line)
    for _ in range(dice.randint(2, 6)):
        gull, y = width * dice.uniform(0.05, 0.7), height * dice.uniform(0.08, 0.35)
        s = height * 0.02
        canvas.line([(gull - s, y - s * 0.4), (gull, y), (gull + s, y - s * 0.4)], "#f2f4f7", max(1, height / 300))
    return Drawing(canvas.picture)


def _boat(canvas: Canvas, dice: Random, x: float, y: float, height: int) -> None:
    s = height * dice.uniform(0.06, 0.12)
    hull = [(x - s, y), (x + s, y), (x + s * 0.65, y + s * 0.35), (x - s * 0.65, y + s * 0.35)]
    canvas.line([(x, y), (x, y - s * 1.7)], "#3b2c20", max(1, s * 0.05))
    canvas.shape([(x + s * 0.06, y - s * 1.65), (x + s * 0.06, y - s * 0.12), (x + s * 0.9, y - s * 0.12)], "#f7f3ea")
    sail = dice.choice(("#d9483b", "#f0b429", "#2b8a7e"))
    canvas.shape([(x - s * 0.06, y - s * 1.4), (x - s * 0.06, y - s * 0.12), (x - s * 0.7, y - s * 0.12)], sail)
    canvas.shape(hull, dice.choice(("#7a2e24", "#23424f", "#f0ece2")))


def _lighthouse(canvas: Canvas, width: int, height: int, line: float) -> None:
    x, s = width * 0.86, height * 0.05
    rock = [(x - 4 * s, line + 1.4 * s), (x - 2 * s, line - s), (x + 2 * s, line - 1.3 * s)]
    canvas.shape([*rock, (width, line - s * 0.4), (width, line + 1.4 * s)], "#2b2f33")
    for part in range(4):
        half, y = s * (0.8 - 0.09 * part), line - s * (1 + 1.5 * (part + 1))
        below = s * (0.8 - 0.09 * (part - 1)) if part else s * 0.9
        corners = [(x - below, y + 1.5 * s), (x + below, y + 1.5 * s), (x + half, y), (x - half, y)]
        canvas.shape(corners, "#d23f31" if part % 2 else "#f5f2ec")
    canvas.box(x - s * 0.45, line - 8 * s, s * 0.9, s, "#ffe27a")
    canvas.shape([(x - s * 0.7, line - 8 * s), (x + s * 0.7, line - 8 * s), (x, line - 8.9 * s)], "#33383d")


def draw_street(dice: Random, width: int, height: int) -> Drawing:
    """Houses with lit windows under the moon, a road with cars."""
    canvas, ground = Canvas(width, height, "#0f1730"), height * 0.78
    canvas.slope(0, 0, width, ground, "#0a1026", "#3a3f73")
    for _ in range(60):
        canvas.oval(dice.uniform(0, width), dice.uniform(0, ground * 0.6), 2, 2, "#dfe6ff")
    moon = height * 0.1
    canvas.oval(width * dice.uniform(0.1, 0.8), height * 0.07, moon, moon, "#f4efd4")
    x = -width * 0.02
    while x < width:
        wide, tall = width * dice.uniform(0.08, 0.15), ground * dice.uniform(0.35, 0.8)
        _house(canvas, dice, (x, ground - tall), wide, tall)
        x += wide + 2
    canvas.box(0, ground, width, height * 0.03, "#555b66")
    canvas.box(0, ground + height * 0.03, width, height, "#23262d")
    for dash in range(12):
        canvas.box(width * dash / 12, height * 0.9, width / 24, height * 0.008, "#d9d3a8")
    for lamp in range(4):
        _lamp_post(canvas, width * (0.12 + 0.25 * lamp), ground + height * 0.02, height * 0.3)
    for _ in range(dice.randint(1, 3)):
        _car(canvas, dice, width * dice.uniform(0.05, 0.8), height * dice.choice((0.87, 0.97)), height * 0.09)
    return Drawing(canvas.picture)


def _house(canvas: Canvas, dice: Random, corner: Point, wide: float, tall: float) -> None:
    x, y = corner
    canvas.box(x, y, wide, tall, dice.choice(("#2a2f4a", "#3a2f3f", "#27394a", "#40343a")))
    columns, step = dice.randint(3, 5), tall / max(4, round(tall / 46))
    for row in range(int(tall / step)):
        for column in range(columns):
            lit: Colour = dice.choice(("#ffd97a", "#ffc46b", "#1a2036", "#1a2036", "#222a45"))
            cell = wide / columns
            canvas.box(x + cell * (column + 0.25), y + step * (row + 0.25), cell * 0.5, step * 0.5, lit)


def _lamp_post(canvas: Canvas, x: float, foot: float, tall: float) -> None:
    canvas.line([(x, foot), (x, foot - tall), (x + tall * 0.2, foot - tall)], "#15181f", max(2, tall * 0.03))
    canvas.oval(x + tall * 0.14, foot - tall, tall * 0.12, tall * 0.09, "#fff0b3")


def _car(canvas: Canvas, dice: Random, x: float, foot: float, tall: float) -> None:
    body = dice.choice(("#b3261e", "#e3e6ea", "#1d6fb8", "#e0a100"))
    roof, middle = foot - tall, foot - tall * 0.5
    panes = [(x + tall * 0.5, middle), (x + tall * 0.8, roof), (x + tall * 1.8, roof), (x + tall * 2.2, middle)]
    canvas.shape(panes, "#9fc3e0")
    canvas.box(x, foot - tall * 0.55, tall * 2.7, tall * 0.42, body, tall * 0.14)
    for wheel in (0.35, 1.85):
        canvas.oval(x + tall * wheel, foot - tall * 0.35, tall * 0.45, tall * 0.45, "#101216", "#8a9099")
    canvas.oval(x + tall * 2.55, foot - tall * 0.45, tall * 0.16, tall * 0.16, "#fff3c4")


def draw_shapes(dice: Random, width: int, height: int) -> Drawing:
    """An abstract painting of discs, bars and arcs."""
    ground, *colours = dice.choice((
        ("#f4ede0", "#d1495b", "#00798c", "#edae49", "#30343f"),
        ("#101820", "#f2aa4c", "#f25c54", "#7ae7c7", "#e8e8e8"),
        ("#e8f1f2", "#13293d", "#247ba0", "#f25f5c", "#ffe066"),
    ))  # fmt: skip
    canvas = Canvas(width, height, ground)
    for _ in range(dice.randint(16, 26)):
        size, colour = min(width, height) * dice.uniform(0.1, 0.5), dice.choice(colours)
        x, y = dice.uniform(-0.1, 0.9) * width, dice.uniform(-0.1, 0.9) * height
        match dice.randrange(4):
            case 0:
                canvas.oval(x, y, size, size, colour)
            case 1:
                canvas.ring(x, y, size, colour, size * 0.12)
            case 2:
                canvas.box(x, y, size * 1.6, size * 0.25, colour)
            case _:
                canvas.shape([(x, y + size), (x + size, y + size), (x + size * dice.random(), y)], colour)
    return Drawing(canvas.picture)
