"""Things to find: each is drawn by itself, so that the pixels it covers are known."""

from collections.abc import Callable
from random import Random

from desktop.bench.pictures.canvas import Canvas

_BRIGHT = ("#d1495b", "#00798c", "#edae49", "#66a182", "#7b5ea7", "#e76f51", "#2f6fb0")


def _mug(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    colour = dice.choice(_BRIGHT)
    canvas.ring(w * 0.58, h * 0.28, w * 0.4, colour, w * 0.09)
    canvas.box(w * 0.04, h * 0.08, w * 0.68, h * 0.92, colour, w * 0.08)
    canvas.oval(w * 0.04, 0, w * 0.68, h * 0.2, "#f3ede4", colour)
    canvas.oval(w * 0.1, h * 0.04, w * 0.56, h * 0.13, "#4a2f20")


def _bottle(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    glass = dice.choice(("#2e6b4f", "#7a4a21", "#3f6f9c"))
    canvas.box(w * 0.36, h * 0.05, w * 0.28, h * 0.4, glass, w * 0.05)
    canvas.box(w * 0.12, h * 0.32, w * 0.76, h * 0.68, glass, w * 0.2)
    canvas.box(w * 0.34, 0, w * 0.32, h * 0.08, "#c9a24b", w * 0.04)
    canvas.box(w * 0.12, h * 0.52, w * 0.76, h * 0.28, "#f5efdd")
    canvas.text(w * 0.5, h * 0.66, dice.choice(("Olive", "Cider", "Water", "Juice")), w * 0.22, "#333", anchor="mm")


def _books(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    count = dice.randint(3, 5)
    for book in range(count):
        tall = h if book == 0 else h * dice.uniform(0.75, 1)
        colour, wide = dice.choice(_BRIGHT), w / count
        canvas.box(wide * book, h - tall, wide, tall, colour, 1, "#2a2a2a")
        for band in (0.12, 0.8):
            canvas.box(wide * (book + 0.15), h - tall + tall * band, wide * 0.7, h * 0.04, "#f4ead2")


def _plant(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    pot = dice.choice(("#c1693c", "#e8e2d6", "#3f5f6b"))
    for leaf in range(7):
        lean = (leaf - 3) / 3
        tip, side = (w * (0.5 + 0.5 * lean), h * (0.02 + 0.16 * abs(lean))), w * 0.07
        green = ("#2f7d4f", "#3d9960", "#276641")[leaf % 3]
        bend = (w * (0.5 + 0.2 * lean), h * 0.3)
        canvas.shape([(w * 0.5, h * 0.66), (bend[0] - side, bend[1]), tip, (bend[0] + side, bend[1] + side)], green)
    canvas.shape([(w * 0.2, h * 0.62), (w * 0.8, h * 0.62), (w * 0.7, h), (w * 0.3, h)], pot)
    canvas.box(w * 0.16, h * 0.6, w * 0.68, h * 0.08, pot, 2, "#2a2a2a")


def _clock(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    s = min(w, h)
    x, y = (w - s) / 2, h - s
    canvas.oval(x, y, s, s, dice.choice(_BRIGHT))
    canvas.oval(x + s * 0.09, y + s * 0.09, s * 0.82, s * 0.82, "#fbf8ef")
    middle = (x + s / 2, y + s / 2)
    canvas.line([middle, (middle[0] + s * 0.2 * dice.choice((-1, 1)), middle[1] - s * 0.12)], "#222", s * 0.05)
    canvas.line([middle, (middle[0], middle[1] - s * 0.32)], "#222", s * 0.035)
    for mark in ((0, -0.37), (0.37, 0), (0, 0.37), (-0.37, 0)):
        canvas.oval(middle[0] + s * (mark[0] - 0.025), middle[1] + s * (mark[1] - 0.025), s * 0.05, s * 0.05, "#444")


def _carton(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    canvas.box(0, h * 0.15, w, h * 0.85, "#c79a63", line="#8a6535")
    canvas.shape([(0, h * 0.15), (w * 0.12, 0), (w * 0.88, 0), (w, h * 0.15)], "#dcb27c")
    canvas.box(w * 0.43, h * 0.15, w * 0.14, h * 0.85, "#e8d2a4")
    canvas.text(w * 0.22, h * 0.75, dice.choice(("TEA", "TOOLS", "No. 7")), h * 0.12, "#5b4020", True, "mm")


def _ball(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    s = min(w, h)
    x, y = (w - s) / 2, h - s
    colour, other = dice.sample(_BRIGHT, 2)
    canvas.oval(x, y, s, s, colour)
    canvas.oval(x + s * 0.3, y, s * 0.4, s, other)
    canvas.oval(x + s * 0.18, y + s * 0.14, s * 0.16, s * 0.12, "#ffffff")


def _apple(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    s = min(w, h)
    x, y = (w - s) / 2, h - s
    colour = dice.choice(("#c8312b", "#7fb241", "#e0b33a"))
    canvas.oval(x, y + s * 0.2, s * 0.62, s * 0.8, colour)
    canvas.oval(x + s * 0.38, y + s * 0.2, s * 0.62, s * 0.8, colour)
    canvas.line([(x + s * 0.5, y + s * 0.32), (x + s * 0.56, y + s * 0.02)], "#5b3a1e", s * 0.06)
    canvas.shape([(x + s * 0.56, y + s * 0.16), (x + s * 0.9, y + s * 0.02), (x + s * 0.8, y + s * 0.22)], "#3f8a45")


def _lamp(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    colour = dice.choice(_BRIGHT)
    canvas.line([(w * 0.3, h * 0.95), (w * 0.24, h * 0.5), (w * 0.62, h * 0.2)], "#44484f", w * 0.06)
    canvas.oval(w * 0.05, h * 0.92, w * 0.5, h * 0.08, "#44484f")
    canvas.shape([(w * 0.5, h * 0.12), (w * 0.72, h * 0.02), (w * 0.98, h * 0.3), (w * 0.56, h * 0.42)], colour)


def _laptop(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    canvas.box(w * 0.1, 0, w * 0.8, h * 0.84, "#2c3036", w * 0.03)
    canvas.box(w * 0.13, h * 0.05, w * 0.74, h * 0.72, dice.choice(("#dbe9f7", "#1c2333", "#f4f4f0")))
    for row in range(4):
        wide = w * dice.uniform(0.2, 0.6)
        canvas.box(w * 0.18, h * (0.14 + 0.14 * row), wide, h * 0.06, dice.choice(_BRIGHT))
    canvas.shape([(w * 0.1, h * 0.84), (w * 0.9, h * 0.84), (w, h), (0, h)], "#a9afb7")


def _phone(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    wide = min(w, h * 0.5)
    x = (w - wide) / 2
    canvas.box(x, 0, wide, h, "#17191d", wide * 0.14)
    canvas.box(x + wide * 0.07, h * 0.06, wide * 0.86, h * 0.88, dice.choice(("#8ec5ff", "#ffd6a5", "#caffbf")))
    for row in range(3):
        for column in range(3):
            place = x + wide * (0.16 + 0.25 * column), h * (0.16 + 0.14 * row)
            canvas.box(*place, wide * 0.17, wide * 0.17, dice.choice(_BRIGHT), wide * 0.04)


def _camera(canvas: Canvas, dice: Random, w: float, h: float) -> None:
    canvas.box(w * 0.3, 0, w * 0.3, h * 0.3, "#3a3d42", w * 0.04)
    canvas.box(0, h * 0.16, w, h * 0.84, dice.choice(("#2b2e33", "#6b4a35", "#3f5560")), w * 0.07)
    s = min(w * 0.5, h * 0.66)
    canvas.oval((w - s) / 2, h * 0.26, s, s, "#c9ced4")
    canvas.oval((w - s * 0.76) / 2, h * 0.26 + s * 0.12, s * 0.76, s * 0.76, "#14161a")
    canvas.oval((w - s * 0.3) / 2, h * 0.26 + s * 0.28, s * 0.3, s * 0.3, "#3f6fa8")
    canvas.oval(w * 0.82, h * 0.24, w * 0.1, w * 0.1, "#e04b3f")


Draw = Callable[[Canvas, Random, float, float], None]
THINGS: dict[str, tuple[Draw, float, float]] = {
    # How each is drawn, its height as a share of a shelf's, and its width as a share of its height.
    "mug": (_mug, 0.42, 1.05),
    "bottle": (_bottle, 0.8, 0.36),
    "books": (_books, 0.7, 0.95),
    "plant": (_plant, 0.85, 0.85),
    "clock": (_clock, 0.55, 1.0),
    "box": (_carton, 0.55, 1.2),
    "ball": (_ball, 0.45, 1.0),
    "apple": (_apple, 0.3, 1.0),
    "lamp": (_lamp, 0.95, 0.8),
    "laptop": (_laptop, 0.68, 1.5),
    "phone": (_phone, 0.5, 0.5),
    "camera": (_camera, 0.42, 1.45),
}
