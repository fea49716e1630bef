"""Screens of telephones: a chat, an account, the settings."""

from random import Random

from desktop.bench.pictures import words
from desktop.bench.pictures.canvas import Canvas, text_width, wrap
from desktop.bench.pictures.drawing import Drawing


def draw_phone(dice: Random, width: int, height: int) -> Drawing:
    """One of the three, upright; a wide picture shows it in its middle, as a mirrored screen."""
    canvas = Canvas(width, height, dice.choice(("#20242b", "#3a4660", "#e9e4dc")))
    wide = min(width, round(height * 0.56))
    left, u = (width - wide) / 2, wide / 100
    canvas.box(left, 0, wide, height, "#f6f7f9")
    title, draw = dice.choice((("Messages", _chat), ("Account", _account), ("Settings", _settings)))
    canvas.box(left, 0, wide, 21 * u, "white")
    canvas.text(left + 6 * u, 2.6 * u, f"{dice.randint(7, 22)}:{dice.randint(10, 59)}", 4 * u, bold=True)
    canvas.box(left + 86 * u, 2.6 * u, 8 * u, 4 * u, line="#222", radius=u)
    canvas.box(left + 87 * u, 3.4 * u, dice.randint(2, 6) * u, 2.4 * u, "#2f9e44")
    name = words.person(dice) if title == "Messages" else title
    canvas.text(left + 50 * u, 14.5 * u, name, 5.2 * u, bold=True, anchor="mm")
    canvas.line([(left, 21 * u), (left + wide, 21 * u)], "#d7dbe0")
    draw(canvas, dice, left, u)
    return Drawing(canvas.picture)


def _chat(canvas: Canvas, dice: Random, left: float, u: float) -> None:
    y, mine = 25 * u, False
    for said in dice.sample(words.CHATTER, len(words.CHATTER)):
        rows = wrap(said, 4.4 * u, 60 * u)
        wide, high = max(text_width(row, 4.4 * u) for row in rows) + 8 * u, (len(rows) * 6 + 4.4) * u
        if y + high > canvas.height - 4 * u:
            return
        x = left + 96 * u - wide if mine else left + 4 * u
        canvas.box(x, y, wide, high, "#2f7bf0" if mine else "#e3e6ea", 4 * u)
        for row, line in enumerate(rows):
            canvas.text(x + 4 * u, y + (2.6 + 6 * row) * u, line, 4.4 * u, "white" if mine else "#1c1f24")
        y += high + 3 * u
        mine = dice.random() < 0.5


def _account(canvas: Canvas, dice: Random, left: float, u: float) -> None:
    canvas.box(left + 5 * u, 25 * u, 90 * u, 30 * u, dice.choice(("#12365c", "#14523f", "#5a2340")), 4 * u)
    canvas.text(left + 11 * u, 31 * u, "Balance", 4.2 * u, "#dfe7ef")
    canvas.text(left + 11 * u, 40 * u, f"$ {words.price(dice, 9000):,.2f}", 8 * u, "white", bold=True)
    y = 60 * u
    while y < canvas.height - 12 * u:
        shop = dice.choice(words.SHOPS)
        colour = dice.choice(("#f08c4a", "#4a90d9", "#5aa469", "#a367c1"))
        canvas.oval(left + 5 * u, y, 10 * u, 10 * u, colour)
        canvas.text(left + 10 * u, y + 5 * u, shop[0], 5 * u, "white", bold=True, anchor="mm")
        canvas.text(left + 19 * u, y, shop, 4.4 * u, bold=True)
        canvas.text(left + 19 * u, y + 6 * u, words.date(dice), 3.4 * u, "#6c737c")
        canvas.text(left + 95 * u, y + 5 * u, f"-{words.price(dice, 90):.2f}", 4.4 * u, anchor="rm")
        y += 15 * u


def _settings(canvas: Canvas, dice: Random, left: float, u: float) -> None:
    y = 25 * u
    for name in words.SETTINGS:
        if y > canvas.height - 14 * u:
            return
        canvas.box(left, y, 100 * u, 13 * u, "white")
        canvas.box(left + 5 * u, y + 3 * u, 7 * u, 7 * u, dice.choice(("#e8590c", "#1971c2", "#2f9e44")), 2 * u)
        canvas.text(left + 16 * u, y + 6.5 * u, name, 4.4 * u, anchor="lm")
        if on := dice.random() < 0.5:
            canvas.box(left + 82 * u, y + 3.2 * u, 12 * u, 6.6 * u, "#34c759", 3.3 * u)
            canvas.oval(left + 87.8 * u, y + 3.7 * u, 5.6 * u, 5.6 * u, "white")
        canvas.text(left + 94 * u, y + 6.5 * u, "" if on else ">", 6 * u, "#9aa1a9", anchor="rm")
        canvas.line([(left + 16 * u, y + 13 * u), (left + 100 * u, y + 13 * u)], "#e2e5e9")
        y += 13.2 * u
