"""Formulas out of LaTeX: drawn as SVG, written as MathML, set between the signs that a text needs. Pure."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.language import tr

if TYPE_CHECKING:
    import mathra

SIGNS = {"$$": ("$$", "$$"), "$": ("$", "$"), "\\[": ("\\[", "\\]"), "\\(": ("\\(", "\\)"), "none": ("", "")}
"""What LaTeX stands between where it is copied: the setting's word -> before and behind."""

_SET_OFF = re.compile(r"\s*(?:\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$([^$]+)\$)[\s,;.]*", re.DOTALL)
_SIZE = re.compile(r'width="([\d.]+)em" height="([\d.]+)em"')
_BESIDES = re.compile(r"<metadata>.*?</metadata>|<style>.*?</style>|<text .*?</text>", re.DOTALL)
_GLYPH = re.compile(r'<use href="#[\w-]*?-(g\d+)" (?:x="(\S+)" y="(\S+)"|transform="([^"]*)")/>')
_LACKS = "E-REC-8"
_UNCLOSED = {"E-REC-4", "E-REC-5", "E-REC-7"}
_CODE = re.compile(r"\(U\+([0-9A-F]+)\)")
_STAND_INS = "бвгджзийклмнптфцчшщъыьэюяБГДЖЗИЙЛПУФЦЧШЩЪЫЬЭЮЯ"
_BOX = 932
"""How wide the font's box for a character that it lacks is, in thousandths of the font's size."""

_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")
"""What HTML knows by name and XML does not."""

# What LaTeX has more than one spelling for, as math-core knows it.
_SPELLINGS = (
    (re.compile(r"\\(begin|end)\{(?:split|align|flalign|eqnarray|multline)\*?\}"), r"\\\1{aligned}"),
    (re.compile(r"\\(begin|end)\{gather\*?\}"), r"\\\1{gathered}"),
    (re.compile(r"\\(?:begin|end)\{equation\*?\}|\\label\{[^}]*\}|\\nonumber\b|\\notag\b"), ""),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\hdots\b"), r"\\ldots"),
    (re.compile(r"\\mbox\b"), r"\\text"),
    (re.compile(r"\\pmb\b"), r"\\bm"),
    (re.compile(r"\\mathbbm\b"), r"\\mathbb"),
)
_MACROS = {"substack": r"\begin{matrix}#1\end{matrix}", "tag": r"\qquad(\text{#1})"}
_ALIGNED = re.compile(r'<mtd style="text-align: (left|right);')


@dataclass(frozen=True, slots=True)
class Drawing:
    """`svg` is drawn in `currentColor`, its sides are in units of the font's size; `problem` says what is wrong."""

    svg: str
    width_em: float
    height_em: float
    problem: str = ""

    def inked(self, colour: str) -> bytes:
        """The SVG in a colour such as "#111111"."""
        return self.svg.replace("currentColor", colour).encode()


def draw(latex: str, growing: bool = False) -> Drawing:
    """Draw a formula; while it is `growing`, what is not closed yet is no problem."""
    import mathra

    latex = _joined(latex)
    try:
        found = mathra.render(_spelled(latex) if growing else latex)  # else what is not closed may be refused
    except ValueError as error:
        return Drawing("", 0.0, 0.0, str(error))
    svg = _BESIDES.sub("", found["svg"])
    if lacking := _lacking(found):
        svg = _with_characters(svg, latex, lacking)
    size = _SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
    pardoned = {_LACKS} | (_UNCLOSED if growing else set())
    wrong = [one["description"].split(";")[0] for one in found["warnings"] if one["rule"] not in pardoned]
    return Drawing(svg, width, height, wrong[0] if wrong else "")


def to_mathml(latex: str) -> str:
    """A `<math>` element as Word and browsers take it; raises UserError where LaTeX is beyond that."""
    import math_core

    converter = math_core.LatexToMathML(xml_namespace=True, fancy_error=False, macros=_MACROS)
    try:
        mathml = converter.convert_with_local_state(_spelled(_joined(latex)), displaystyle=True)
    except (math_core.LatexError, IndexError) as error:
        reason = re.sub(r"^\d+: |\.$", "", str(error).partition("\n")[0])
        raise UserError(
            tr("This formula cannot be written as MathML ({reason}); copy the LaTeX instead.", reason=reason)
        ) from error
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), mathml)
    return _ALIGNED.sub(r'<mtd columnalign="\1" style="text-align: \1;', plain)  # Word knows no CSS


def set_off(latex: str, signs: str) -> str:
    """The LaTeX between the signs that a setting names, each formula where there are several."""
    before, behind = SIGNS[signs]
    return "\n".join(f"{before}{part}{behind}" for part in _parts(latex))


def _parts(latex: str) -> list[str]:
    """The formulas of which LaTeX is made, each between signs of its own; all of it where it is not made so."""
    rest = _SET_OFF.sub("", latex)
    return [next(filter(None, found)) for found in _SET_OFF.findall(latex)] if not rest else [latex]


def _joined(latex: str) -> str:
    """Several formulas as one, a line each."""
    parts = _parts(latex)
    lines = r" \\ ".join(parts)
    return rf"\begin{{gathered}}{lines}\end{{gathered}}" if len(parts) > 1 else lines


def _spelled(latex: str) -> str:
    """The LaTeX in the spellings that everyone knows."""
    for spelling, known in _SPELLINGS:
        latex = spelling.sub(known, latex)
    return latex


def _lacking(found: "mathra.Result") -> list[str]:
    """The characters that the font has not."""
    said = " ".join(one["description"] for one in found["warnings"] if one["rule"] == _LACKS)
    return [chr(int(code, 16)) for code in _CODE.findall(said)]


def _with_characters(svg: str, latex: str, lacking: list[str]) -> str:
    """The SVG with text in the place of the boxes that stand for characters which the font has not, such as Chinese.

    Which box stands for which is seen from a second drawing, in which each of them is a letter of its own.
    """
    import mathra

    free = [letter for letter in _STAND_INS if letter not in latex]
    stand_ins = dict(zip(lacking, free, strict=False))
    second = mathra.render("".join(stand_ins.get(sign, sign) for sign in latex))["svg"]
    characters = {_glyph(letter): character for character, letter in stand_ins.items()}
    box, glyphs = _glyph(lacking[0]), iter(_GLYPH.findall(second))

    def put(use: re.Match[str]) -> str:
        character = characters.get(next(glyphs, ("",))[0])
        if use[1] != box or not character:
            return use[0]
        place = use[4] or f"translate({use[2]} {use[3]})"
        return f'<text transform="{place} scale(1,-1)" font-size="{_BOX}" font-family="serif">{character}</text>'

    return _GLYPH.sub(put, svg)


@cache
def _glyph(letter: str) -> str:
    """The name of the glyph that a letter of text is drawn with."""
    import mathra

    use = _GLYPH.search(mathra.render(rf"\text{{{letter}}}")["svg"])
    return use[1] if use else ""
