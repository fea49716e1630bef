"""A line's characters and the rules of the spaces between them; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from desktop.job import Box, Word

SPACE_EM = 0.2  # a space between Chinese and Latin is at least so wide, bearings alone are not
HAN_GAP_EM = 0.28
HAN_STEP_EM = 1.12  # a space also moves the next ideograph off its square
LATIN_GAP_EM = 0.4  # wider than any gap inside a word
FULL_EM = 0.5  # the empty half of a full-width sign
QUOTES = frozenset("“”‘’…—")  # full-width beside ideographs
FULL_WIDTH = dict(zip(",:;!?()", "，：；！？（）", strict=True))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its centre `x`, the ends of its ink, the empty columns before it; `spaced` after a space."""

    text: str
    x: float
    left: int
    right: int
    gap: int = 0
    spaced: bool = False

    @property
    def middle(self) -> float:
        """The middle of its ink, which is more exact than `x`."""
        return (self.left + self.right) / 2

    def until(self, right: int) -> "Glyph":
        """The same with another right end."""
        return replace(self, right=max(right, self.left + 1))

    def moved(self, dx: float) -> "Glyph":
        """The same, `dx` pixels further right."""
        return replace(self, x=self.x + dx, left=round(self.left + dx), right=round(self.right + dx))


def is_cjk(character: str) -> bool:
    """Tell whether a character is written without spaces around it (Han, Kana, full-width signs; not Hangul)."""
    code = ord(character[0])
    return (
        0x2E80 <= code <= 0x312F
        or 0x31A0 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF01 <= code <= 0xFF60
        or 0x20000 <= code <= 0x3FFFF
    )


def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph or Kana, which fill their square; signs do not."""
    return is_cjk(character) and character.isalnum() and not 0xFF01 <= ord(character[0]) <= 0xFF60


def settle(glyphs: Sequence[Glyph], height: float) -> tuple[Glyph, ...]:
    """Decide every space by what stands around it and by the measured gap, and signs by the room they take.

    `height` is that of the line in pixels, for lines whose character size cannot be measured.
    """
    em = _em(glyphs, height)
    settled: list[Glyph] = []
    for index, glyph in enumerate(glyphs):
        after = glyphs[index + 1] if index + 1 < len(glyphs) else None
        settled.append(replace(glyph, text=_sign(glyph, settled[-1:], after, em)))
    return tuple(
        replace(glyph, spaced=index > 0 and _is_spaced(settled[index - 1], glyph, em))
        for index, glyph in enumerate(settled)
    )


def _em(glyphs: Sequence[Glyph], height: float) -> float:
    """The side of an ideograph's square."""
    steps = [b.x - a.x for a, b in pairwise(glyphs) if is_han(a.text) and is_han(b.text)]
    return median(steps) if len(steps) >= 3 else 0.75 * height


def _sign(glyph: Glyph, before: Sequence[Glyph], after: Glyph | None, em: float) -> str:
    """A sign as its full-width form where Han stands beside it and its empty half is seen."""
    wide = FULL_WIDTH.get(glyph.text)
    if wide is None:
        return glyph.text
    if glyph.text == "(":
        return wide if before and is_han(before[-1].text) and glyph.gap > FULL_EM * em else glyph.text
    beside = is_cjk(before[-1].text) if before else False
    if glyph.text == ")":
        return wide if after and is_cjk(after.text) and after.gap > FULL_EM * em else glyph.text
    if after is None:
        return glyph.text
    return wide if beside and after.gap > FULL_EM * em else glyph.text


def _is_spaced(before: Glyph, glyph: Glyph, em: float) -> bool:
    pair = before.text, glyph.text
    han = [is_han(c) for c in pair]
    if all(han):
        return glyph.gap > HAN_GAP_EM * em and glyph.x - before.x > HAN_STEP_EM * em
    if any((is_cjk(c) or (any(han) and c in QUOTES)) and not is_han(c) for c in pair):
        return glyph.gap > em
    if any(han):
        return glyph.gap > SPACE_EM * em
    return glyph.spaced or glyph.gap > LATIN_GAP_EM * em


def spell(glyphs: Iterable[Glyph]) -> str:
    """The text of settled glyphs."""
    return "".join(f" {glyph.text}" if glyph.spaced else glyph.text for glyph in glyphs)


def split_words(glyphs: Sequence[Glyph], top: int, bottom: int) -> tuple[Word, ...]:
    """Words of settled glyphs: each ideograph by itself with the signs after it, all else between spaces."""
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        last = words[-1][-1].text if words else ""
        fresh = not words or glyph.spaced or is_han(glyph.text) or (is_cjk(last) and not is_cjk(glyph.text))
        if fresh:
            words.append([glyph])
        else:
            words[-1].append(glyph)
    return tuple(Word("".join(g.text for g in w), Box(w[0].left, top, w[-1].right, bottom)) for w in words)
