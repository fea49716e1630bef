"""Designs of web pages, to be rebuilt as HTML: a start page, a log-in, prices, a shop, an administration."""

from random import Random

from desktop.bench.pictures import words
from desktop.bench.pictures.canvas import Canvas, text_width, wrap
from desktop.bench.pictures.drawing import Drawing

_ACCENTS = ("#2563eb", "#0f766e", "#b45309", "#7c3aed", "#be123c", "#15803d")
_TINTS = ("#dbeafe", "#ccfbf1", "#fef3c7", "#ede9fe", "#ffe4e6", "#dcfce7")


def draw_start_page(dice: Random, width: int, height: int) -> Drawing:
    """A claim, two buttons, a picture, and cards below."""
    canvas, s = Canvas(width, height, "white"), _unit(width)
    accent, brand = dice.choice(_ACCENTS), dice.choice(words.BRANDS)
    _navigation(canvas, dice, brand, accent, s)
    left, y, half = width * 0.07, 64 * s + height * 0.1, width * 0.42
    for line in wrap(dice.choice(words.CLAIMS), 40 * s, half):
        canvas.text(left, y, line, 40 * s, "#0f172a", bold=True)
        y += 48 * s
    y = canvas.lines(left, y + 12 * s, half, words.paragraph(dice, 2), 16 * s, "#475569") + 18 * s
    x = left + _button(canvas, left, y, "Get started", accent, s) + 14 * s
    _button(canvas, x, y, "See how", accent, s, filled=False)
    art = (width * 0.55, 64 * s + height * 0.09, width * 0.38, height * 0.4)
    canvas.box(*art, dice.choice(_TINTS), 18 * s)
    for disc in range(4):
        size = art[3] * (0.5 - 0.09 * disc)
        x, y_disc = art[0] + art[2] * (0.15 + 0.17 * disc), art[1] + art[3] * (0.2 + 0.1 * disc)
        canvas.oval(x, y_disc, size, size, _ACCENTS[(disc + len(brand)) % 6])
    top, cards = max(height * 0.64, y + 70 * s), 3 if width > 700 else 2
    canvas.box(0, top, width, height, "#f8fafc")
    wide = (width * 0.86 - 24 * s * (cards - 1)) / cards
    for card, name in enumerate(dice.sample(words.FEATURES, cards)):
        x = left + card * (wide + 24 * s)
        canvas.box(x, top + 30 * s, wide, height, "white", 12 * s, "#e2e8f0")
        canvas.box(x + 20 * s, top + 50 * s, 34 * s, 34 * s, accent, 9 * s)
        canvas.text(x + 20 * s, top + 100 * s, name, 19 * s, "#0f172a", bold=True)
        canvas.lines(x + 20 * s, top + 130 * s, wide - 40 * s, words.paragraph(dice, 1), 14 * s, "#64748b")
    return Drawing(canvas.picture)


def draw_log_in(dice: Random, width: int, height: int) -> Drawing:
    """A card with two fields, a check box and a button."""
    canvas, accent = Canvas(width, height, "#f1f5f9"), dice.choice(_ACCENTS)
    canvas.slope(0, 0, width, height, dice.choice(_TINTS), "#ffffff")
    s = min(1.25, height / 620, width / 520)
    wide, high = 400 * s, 520 * s
    x, y = (width - wide) / 2, (height - high) / 2
    canvas.box(x + 3 * s, y + 6 * s, wide, high, "#cbd5e1", 16 * s)
    canvas.box(x, y, wide, high, "white", 16 * s, "#e2e8f0")
    canvas.oval(x + wide / 2 - 26 * s, y + 34 * s, 52 * s, 52 * s, accent)
    brand = dice.choice(words.BRANDS)
    canvas.text(x + wide / 2, y + 60 * s, brand[0], 26 * s, "white", True, "mm")
    canvas.text(x + wide / 2, y + 116 * s, f"Sign in to {brand}", 22 * s, "#0f172a", True, "mm")
    row, inner = y + 148 * s, wide - 64 * s
    email = f"{dice.choice(words.FIRST).lower()}@example.com"
    for label, value in (("Email", email), ("Password", "*" * dice.randint(8, 12))):
        canvas.text(x + 32 * s, row, label, 14 * s, "#334155")
        canvas.box(x + 32 * s, row + 22 * s, inner, 44 * s, "white", 8 * s, "#cbd5e1")
        canvas.text(x + 46 * s, row + 44 * s, value, 15 * s, "#64748b", anchor="lm")
        row += 86 * s
    canvas.box(x + 32 * s, row + 2 * s, 16 * s, 16 * s, accent, 4 * s)
    canvas.text(x + 56 * s, row + 10 * s, "Remember me", 14 * s, "#475569", anchor="lm")
    canvas.text(x + wide - 32 * s, row + 10 * s, "Forgot password?", 14 * s, accent, anchor="rm")
    canvas.box(x + 32 * s, row + 40 * s, inner, 46 * s, accent, 8 * s)
    canvas.text(x + wide / 2, row + 63 * s, "Sign in", 16 * s, "white", True, "mm")
    canvas.text(x + wide / 2, row + 118 * s, "No account? Create one", 14 * s, "#64748b", anchor="mm")
    return Drawing(canvas.picture)


def draw_prices(dice: Random, width: int, height: int) -> Drawing:
    """Plans side by side, one of them recommended."""
    canvas, s, accent = Canvas(width, height, "#f8fafc"), _unit(width), dice.choice(_ACCENTS)
    _navigation(canvas, dice, dice.choice(words.BRANDS), accent, s)
    canvas.text(width / 2, 64 * s + height * 0.07, "Simple, honest pricing", 34 * s, "#0f172a", True, "mm")
    canvas.text(
        width / 2, 64 * s + height * 0.07 + 40 * s, "Change or cancel at any time", 16 * s, "#64748b", False, "mm"
    )
    plans = ("Free", "Team", "Company") if width > 620 else ("Free", "Team")
    wide, top = width * 0.84 / len(plans), 64 * s + height * 0.07 + 78 * s
    for column, plan in enumerate(plans):
        x, best = width * 0.08 + wide * column, column == 1
        canvas.box(
            x + 10 * s, top, wide - 20 * s, height - top - 30 * s, "white", 14 * s, accent if best else "#e2e8f0"
        )
        if best:
            canvas.box(x + 10 * s, top, wide - 20 * s, 8 * s, accent, 4 * s)
        inner = x + 34 * s
        canvas.text(inner, top + 28 * s, plan, 20 * s, "#0f172a", bold=True)
        cost = "$0" if column == 0 else f"${dice.randint(6, 19) * column}"
        canvas.text(inner, top + 60 * s, cost, 38 * s, "#0f172a", bold=True)
        canvas.text(inner + text_width(cost, 38 * s) + 8 * s, top + 82 * s, "a month", 14 * s, "#64748b")
        room = int((height - top - 250 * s) / (32 * s)) + 1
        for row, what in enumerate(dice.sample(words.PARTS, min(room, dice.randint(3, 5)))):
            y = top + (124 + 32 * row) * s
            canvas.oval(inner, y, 14 * s, 14 * s, accent)
            said = f"{dice.choice((3, 5, 10, 50))} {what}"
            canvas.text(inner + 24 * s, y + 7 * s, said, 15 * s, "#334155", anchor="lm")
        _button(canvas, inner, height - 92 * s, "Choose", accent, s, filled=best)
    return Drawing(canvas.picture)


def draw_shop(dice: Random, width: int, height: int) -> Drawing:
    """A grid of wares with names, prices and stars."""
    canvas, s, accent = Canvas(width, height, "white"), _unit(width), dice.choice(_ACCENTS)
    _navigation(canvas, dice, dice.choice(words.BRANDS), accent, s)
    canvas.box(0, 64 * s, width, 62 * s, dice.choice(_TINTS))
    canvas.text(width / 2, 95 * s, "Autumn sale: 20 % off until Sunday", 19 * s, "#0f172a", True, "mm")
    columns = max(2, min(5, int(width / (250 * s))))
    wide, tall = width * 0.9 / columns, 262 * s
    y = 150 * s
    while y < height:
        for column, ware in enumerate(dice.sample(words.WARES, columns)):
            x = width * 0.05 + wide * column
            canvas.box(x + 8 * s, y, wide - 16 * s, 170 * s, dice.choice(_TINTS), 12 * s)
            size = 84 * s
            canvas.oval(x + (wide - size) / 2, y + 44 * s, size, size, dice.choice(_ACCENTS))
            canvas.text(x + 10 * s, y + 182 * s, ware, 16 * s, "#0f172a", bold=True)
            canvas.text(x + 10 * s, y + 206 * s, f"${words.price(dice, 90):.2f}", 15 * s, "#475569")
            for star in range(5):
                colour = "#f59e0b" if star < dice.randint(3, 5) else "#e2e8f0"
                canvas.oval(x + wide - (94 - 16 * star) * s, y + 208 * s, 11 * s, 11 * s, colour)
        y += tall
    return Drawing(canvas.picture)


def draw_administration(dice: Random, width: int, height: int) -> Drawing:
    """A side bar, key figures, a chart and a table."""
    canvas, s, accent = Canvas(width, height, "#f1f5f9"), _unit(width), dice.choice(_ACCENTS)
    side = 200 * s
    canvas.box(0, 0, side, height, "#0f172a")
    canvas.text(24 * s, 24 * s, dice.choice(words.BRANDS), 20 * s, "white", bold=True)
    for row, name in enumerate(("Overview", "Orders", "Customers", "Products", "Reports", "Settings")):
        y = (76 + 42 * row) * s
        if row == 0:
            canvas.box(12 * s, y - 10 * s, side - 24 * s, 36 * s, accent, 8 * s)
        canvas.text(28 * s, y, name, 15 * s, "white" if row == 0 else "#94a3b8")
    left, right = side + 24 * s, width - 24 * s
    canvas.text(left, 22 * s, "Overview", 24 * s, "#0f172a", bold=True)
    cards = max(2, min(4, int((right - left) / (190 * s))))
    wide = (right - left + 16 * s) / cards
    for card, name in enumerate(("Revenue", "Orders", "Visitors", "Returns")[:cards]):
        x = left + wide * card
        canvas.box(x, 66 * s, wide - 16 * s, 92 * s, "white", 10 * s, "#e2e8f0")
        canvas.text(x + 16 * s, 80 * s, name, 14 * s, "#64748b")
        canvas.text(x + 16 * s, 102 * s, f"{dice.randint(120, 9800):,}", 26 * s, "#0f172a", bold=True)
        canvas.text(x + 16 * s, 136 * s, f"+{dice.randint(1, 19)} % this week", 12 * s, "#15803d")
    _bars(canvas, dice, left, 174 * s, right - left, max(120 * s, height * 0.3), accent, s)
    y = 174 * s + max(120 * s, height * 0.3) + 16 * s
    canvas.box(left, y, right - left, height, "white", 10 * s, "#e2e8f0")
    places = [left + (right - left) * share for share in (0.03, 0.24, 0.62, 0.82)]
    rows = [("Order", "Customer", "Date", "Total")]
    rows += [
        (f"#{dice.randint(1000, 9999)}", words.person(dice), words.date(dice), f"${words.price(dice):.2f}")
        for _ in range(12)
    ]
    for row, cells in enumerate(rows):
        for x, said in zip(places, cells, strict=True):
            canvas.text(x, y + (16 + 30 * row) * s, said, 14 * s, "#64748b" if row == 0 else "#0f172a")
        canvas.line([(left + 10 * s, y + (40 + 30 * row) * s), (right - 10 * s, y + (40 + 30 * row) * s)], "#e2e8f0")
    return Drawing(canvas.picture)


def _bars(canvas: Canvas, dice: Random, x: float, y: float, wide: float, tall: float, accent: str, s: float) -> None:
    canvas.box(x, y, wide, tall, "white", 10 * s, "#e2e8f0")
    canvas.text(x + 16 * s, y + 12 * s, "Orders a month", 15 * s, "#0f172a", bold=True)
    step, room = (wide - 32 * s) / 12, tall - 76 * s
    for month, name in enumerate("JFMAMJJASOND"):
        high = room * dice.uniform(0.2, 1)
        left = x + 16 * s + step * month
        canvas.box(left + step * 0.2, y + 44 * s + room - high, step * 0.6, high, accent, 3 * s)
        canvas.text(left + step / 2, y + tall - 18 * s, name, 12 * s, "#64748b", anchor="mm")


def _navigation(canvas: Canvas, dice: Random, brand: str, accent: str, s: float) -> None:
    canvas.box(0, 0, canvas.width, 64 * s, "white")
    canvas.line([(0, 64 * s), (canvas.width, 64 * s)], "#e2e8f0")
    canvas.box(canvas.width * 0.05, 18 * s, 28 * s, 28 * s, accent, 8 * s)
    canvas.text(canvas.width * 0.05 + 38 * s, 32 * s, brand, 20 * s, "#0f172a", True, "lm")
    x = canvas.width * 0.95
    for name in ("Sign in", *dice.sample(("About", "Pricing", "Docs", "Blog", "Help"), 3)):
        canvas.text(x, 32 * s, name, 15 * s, accent if name == "Sign in" else "#475569", anchor="rm")
        x -= text_width(name, 15 * s) + 28 * s


def _button(canvas: Canvas, x: float, y: float, words_on_it: str, accent: str, s: float, filled: bool = True) -> float:
    """Draw it; how wide it became."""
    wide = text_width(words_on_it, 16 * s) + 44 * s
    canvas.box(x, y, wide, 44 * s, accent if filled else "white", 9 * s, accent)
    canvas.text(x + wide / 2, y + 22 * s, words_on_it, 16 * s, "white" if filled else accent, True, "mm")
    return wide


def _unit(width: int) -> float:
    """What a pixel of the design is on this page: narrow pages show less, wide ones are a little larger."""
    return min(1.25, max(0.62, width / 1280))
