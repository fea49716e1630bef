"""Papers with text: invoices, notes, and letters that were scanned badly."""

from random import Random

from PIL import Image, ImageFilter

from desktop.bench.pictures import words
from desktop.bench.pictures.canvas import Canvas
from desktop.bench.pictures.drawing import Drawing

_ACCENTS = ("#1f5fa8", "#0b7a5c", "#9a3b26", "#5b3f99", "#333f4d")


def draw_invoice(dice: Random, width: int, height: int) -> Drawing:
    """An invoice as a document viewer shows it."""
    canvas, accent = Canvas(width, height, "#d5d8dc"), dice.choice(_ACCENTS)
    sheet = min(width * 0.94, height * 1.25)
    left, u = (width - sheet) / 2, sheet / 100
    top, right = height * 0.03, left + sheet - 6 * u
    canvas.box(left, top, sheet, height, "white", line="#b4b9bf")
    inner, y = left + 6 * u, top + 5 * u
    _letterhead(canvas, dice, accent, inner, right, y, u)
    y += 19 * u
    canvas.box(inner, y, right - inner, 4 * u, accent)
    columns = (inner + u, right - 34 * u, right - 18 * u, right - u)
    for x, title in zip(columns, ("Item", "Qty", "Price", "Amount"), strict=True):
        canvas.text(x, y + 2 * u, title, 1.9 * u, "white", bold=True, anchor="lm" if x == columns[0] else "rm")
    total, y = 0.0, y + 4 * u
    rows = min(dice.randint(4, 9), int((height - y - 16 * u) / (3.6 * u)))
    for item in dice.sample(words.GOODS, max(2, rows)):
        count, each = dice.randint(1, 12), words.price(dice)
        total += count * each
        for x, said in zip(columns, (item, str(count), f"{each:,.2f}", f"{count * each:,.2f}"), strict=True):
            canvas.text(x, y + 1.9 * u, said, 1.8 * u, "#30343a", anchor="lm" if x == columns[0] else "rm")
        y += 3.6 * u
        canvas.line([(inner, y), (right, y)], "#d9dde1")
    for name, amount in (("Subtotal", total), ("VAT 20 %", total / 5), ("Total due", total * 1.2)):
        last = name == "Total due"
        y += 3.2 * u
        canvas.text(right - 18 * u, y, name, 1.9 * u, "#30343a", bold=last, anchor="rm")
        canvas.text(right - u, y, f"{amount:,.2f}", 1.9 * u, accent if last else "#30343a", bold=last, anchor="rm")
    canvas.text(inner, y + 4.5 * u, "Payable within 14 days. Thank you for your order.", 1.6 * u, "#6a7078")
    return Drawing(canvas.picture)


def _letterhead(canvas: Canvas, dice: Random, accent: str, left: float, right: float, y: float, u: float) -> None:
    """Who writes to whom, and the number of the invoice."""
    canvas.box(left, y, 5 * u, 5 * u, accent, u)
    canvas.oval(left + 1.5 * u, y + 1.5 * u, 2 * u, 2 * u, "white")
    canvas.text(left + 6.5 * u, y + 2.6 * u, dice.choice(words.COMPANIES), 2.6 * u, bold=True, anchor="lm")
    canvas.text(right, y + 2.6 * u, "INVOICE", 3.6 * u, accent, bold=True, anchor="rm")
    lines = (words.person(dice), f"{dice.randint(2, 190)} {dice.choice(words.STREETS)}", dice.choice(words.TOWNS))
    for row, said in enumerate(lines):
        canvas.text(left, y + (8 + 2.8 * row) * u, said, 1.8 * u, "#4a5058")
    number, day = dice.randint(10000, 99999), words.date(dice)
    for row, said in enumerate((f"No. {number}", day, f"Customer {dice.randint(100, 999)}")):
        canvas.text(right, y + (8 + 2.8 * row) * u, said, 1.8 * u, "#4a5058", anchor="ra")


def draw_note(dice: Random, width: int, height: int) -> Drawing:
    """A list and a few lines on ruled paper."""
    paper, rule = dice.choice((("#fff8d6", "#e2d7a3"), ("#fdfdfb", "#c9d8ea"), ("#eef6ee", "#c4dac6")))
    canvas = Canvas(width, height, paper)
    step = max(22.0, height / dice.randint(14, 20))
    size, margin = step * 0.62, width * 0.11
    for row in range(1, int(height / step) + 1):
        canvas.line([(0, row * step), (width, row * step)], rule)
    canvas.line([(margin - 12, 0), (margin - 12, height)], "#e39a9a", 1.5)
    ink, y = dice.choice(("#1d2d6b", "#2b2b2b", "#234f3a")), 2 * step
    canvas.text(margin, y - 4, f"{dice.choice(words.FIRST)}, {words.date(dice)}", size * 1.15, ink, True, "ls")
    y += step
    for chore in dice.sample(words.CHORES, dice.randint(4, 6)):
        y += step
        _tick(canvas, margin, y - 4, size, ink, done=dice.random() < 0.4)
        canvas.text(margin + size * 1.5, y - 4, chore, size, ink, anchor="ls")
    canvas.lines(margin, y + step * 1.2, width * 0.8, words.paragraph(dice, 3), size, ink)
    return Drawing(canvas.picture)


def _tick(canvas: Canvas, x: float, y: float, size: float, ink: str, done: bool) -> None:
    canvas.box(x, y - size * 0.8, size * 0.8, size * 0.8, line=ink)
    if done:
        points = [(x + size * 0.15, y - size * 0.4), (x + size * 0.35, y - size * 0.15), (x + size, y - size)]
        canvas.line(points, "#b3402a", size * 0.12)


def draw_scan(dice: Random, width: int, height: int) -> Drawing:
    """A letter that lay askew and out of focus in the scanner."""
    canvas = Canvas(width, height, "#f4f1e8")
    size = max(11.0, min(width / 52, height / 26))
    margin, y = width * 0.1, height * 0.08
    canvas.text(margin, y, dice.choice(words.COMPANIES), size * 1.5, bold=True)
    canvas.text(width - margin, y, words.date(dice), size, anchor="ra")
    y += size * 3.4
    canvas.text(margin, y, f"Dear {words.person(dice)},", size)
    y += size * 2.2
    for _ in range(4):
        y = canvas.lines(margin, y, width - 2 * margin, words.paragraph(dice, 3), size) + size * 0.8
    canvas.text(margin, y, f"Yours sincerely, {words.person(dice)}", size)
    page = canvas.picture.rotate(dice.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, fillcolor="#b9b5aa")
    page = page.filter(ImageFilter.GaussianBlur(size * dice.uniform(0.05, 0.11)))
    grain = Image.frombytes("L", (width // 2, height // 2), dice.randbytes((width // 2) * (height // 2)))
    return Drawing(Image.blend(page, grain.resize(page.size).convert("RGB"), 0.08))
