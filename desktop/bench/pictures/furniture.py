"""Shelves and desks with two to eight things on them, whose boxes are known."""

from random import Random

from desktop.bench.pictures.canvas import Canvas
from desktop.bench.pictures.drawing import Drawing, Thing
from desktop.bench.pictures.things import THINGS

MOST = 8


def draw_shelves(dice: Random, width: int, height: int) -> Drawing:
    """Boards on a wall, one above the other."""
    canvas = Canvas(width, height, dice.choice(("#e7e3da", "#d5e0e3", "#efe0d3", "#dfe5d6")))
    wood, boards = dice.choice(("#8a5a36", "#c99d66", "#5f4636")), 2 if width > height * 1.5 else 3
    count = dice.randint(2, MOST)
    counts = [count // boards + (board < count % boards) for board in range(boards)]
    room, thick = height / boards, height * 0.025
    things: list[Thing] = []
    for board, here in enumerate(counts):
        foot = round(room * (board + 1) - thick * 2)
        canvas.box(width * 0.04, foot, width * 0.92, thick, wood)
        canvas.box(width * 0.04, foot + thick, width * 0.92, thick * 0.4, "#b9b2a6")
        things += _stand(canvas, dice, (width * 0.07, width * 0.93), foot, room * 0.86, here)
    return Drawing(canvas.picture, tuple(things))


def draw_desk(dice: Random, width: int, height: int) -> Drawing:
    """One desk before a wall."""
    wall, wood = dice.choice((("#dfe7ec", "#b98552"), ("#f0e6d8", "#7a5a40"), ("#d9d6e3", "#d8b98c")))
    canvas, top = Canvas(width, height, wall), round(height * 0.72)
    canvas.box(0, top, width, height * 0.05, wood)
    canvas.box(0, top + height * 0.05, width, height, "#4c4038" if wood != "#7a5a40" else "#3a2c22")
    for drawer in range(3):
        x = width * (0.04 + 0.32 * drawer)
        canvas.box(x, top + height * 0.09, width * 0.28, height * 0.15, wood, 4, "#2d241d")
        canvas.oval(x + width * 0.13, top + height * 0.155, width * 0.02, width * 0.02, "#d9c9a3")
    things = _stand(canvas, dice, (width * 0.04, width * 0.96), top, height * 0.5, dice.randint(2, MOST))
    return Drawing(canvas.picture, tuple(things))


def _stand(
    canvas: Canvas, dice: Random, across: tuple[float, float], foot: int, tall: float, count: int
) -> list[Thing]:
    """Put so many different things side by side, from one x to another, none before another."""
    things: list[Thing] = []
    cell = (across[1] - across[0]) / max(count, 1)
    for place, name in enumerate(dice.sample(sorted(THINGS), count)):
        draw, share, ratio = THINGS[name]
        high = tall * share * dice.uniform(0.85, 1)
        high = min(high, cell * 0.9 / ratio)
        own = Canvas(round(high * ratio) + 1, round(high) + 1)
        draw(own, dice, high * ratio, high)
        x = across[0] + cell * place + dice.uniform(0, cell * 0.96 - own.width)
        things.append(Thing(name, canvas.stamp(own, round(x), foot)))
    return things
