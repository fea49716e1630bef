"""Lines of words at known places, as the embedded OCR gives them."""

from collections.abc import Sequence

from desktop.engine.transcript import write
from desktop.job import Box, Line, Word, around

WIDTH, HEIGHT, PITCH = 10, 16, 24
"""Pixels of a Latin character's width (an ideograph takes two), of a line's height, and from line to line."""


def line(text: str, left: int, top: int, paragraph: int = 0) -> Line:
    """A line that begins at a point: words part at spaces, every ideograph is a word with the signs behind it."""
    words: list[Word] = []
    x, fresh = left, True
    for letter in text:
        end = x + WIDTH * (2 if ord(letter) > 0x2E80 else 1)
        if letter.isspace():
            fresh = True
        elif words and not fresh and (ord(letter) < 0x2E80 or not letter.isalnum()):
            last = words.pop()
            words.append(Word(last.text + letter, last.box._replace(right=end)))
        else:
            words.append(Word(letter, Box(x, top, end, top + HEIGHT)))
            fresh = False
        x = end
    return Line(text, around(word.box for word in words), tuple(words), paragraph)


def page(paragraphs: Sequence[Sequence[str]], left: int = 20, top: int = 20) -> tuple[str, list[Line]]:
    """The text of paragraphs one below the other, and its lines."""
    lines = []
    for number, texts in enumerate(paragraphs):
        for text in texts:
            lines.append(line(text, left, top, number))
            top += PITCH
        top += PITCH
    return write(lines), lines
