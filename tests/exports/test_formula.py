"""Formulas drawn and written as MathML."""

import re
from xml.etree import ElementTree

import pytest

from desktop.errors import UserError
from desktop.exports.formula import SIGNS, draw, set_off, to_mathml

FORMULAS = (
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}",
    r"A = \begin{pmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_m \end{pmatrix}",
    r"f(x) = \begin{cases} x^2, & \text{if } x \ge 0 \\ -x, & \text{otherwise} \end{cases}",
    r"\begin{align} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + 2ab + b^2 \end{align}",
    r"\begin{equation*} \begin{split} a &= b \\ &\quad + d \end{split} \end{equation*}",
    r"\left\{ \begin{array}{rcl} x + y & = & 1 \\ 2x - y & = & 3 \end{array} \right.",
    r"\hat{\theta} = \operatorname*{arg\,max}_{\theta} \sum_{i=1}^{N} \log p(x_i \mid \theta)",
    r"\sum_{\substack{0 \le i \le m \\ 0 < j < n}} P(i, j) \qquad \left. \frac{dy}{dx} \right|_{x=0} \tag{1}",
    r"\oint_{\partial \Sigma} \mathbf{F} \cdot d\mathbf{r} = \iint_{S} (\nabla \times \mathbf{F}) \cdot d\mathbf{S}",
    r"\mathcal{L}, \mathfrak{g}, \mathbb{C}, \mathsf{T}, \mathtt{code}, \boldsymbol{\beta}",
    r"X_n \xrightarrow{d} X, \quad A \stackrel{\text{def}}{=} B",
)
CHINESE = r"\text{动能} = \frac{1}{2} \times \text{质量} \times \text{速度}^2"


@pytest.mark.parametrize("latex", [*FORMULAS, CHINESE])
def test_drawn_and_written(latex: str) -> None:
    """As an SVG of some size without a box for a letter that is missing, and as MathML that is XML."""
    drawing = draw(latex)
    assert drawing.problem == ""
    assert drawing.width_em > 1
    assert drawing.height_em > 0.5
    root = ElementTree.fromstring(drawing.inked("#123456"))
    assert b"currentColor" not in drawing.inked("#123456")
    assert not [node for node in root.iter() if node.tag.rpartition("}")[2] in ("metadata", "style", "script")]
    assert ElementTree.fromstring(to_mathml(latex)).tag == "{http://www.w3.org/1998/Math/MathML}math"


def texts(latex: str) -> list[tuple[str, str]]:
    """The letters that are set as text, and where."""
    return re.findall(r'<text transform="([^"]*)"[^>]*>(.)</text>', draw(latex).svg)


def test_letters_that_the_font_lacks_are_text() -> None:
    """Each in its own place, in the order in which they are drawn."""
    assert "".join(letter for _place, letter in texts(CHINESE)) == "动能质量速度"
    assert [letter for _place, letter in texts(r"\underset{\text{下}}{\text{中}}^{\text{上}}")] == ["中", "下", "上"]
    assert [letter for _place, letter in texts(r"\text{一} + \text{二б} = \text{一}")] == ["一", "二", "一"]
    (big, _), (small, _) = texts(r"\text{量}_{\text{度}}")
    assert "scale(0.7)" in small
    assert "scale(0.7)" not in big
    assert texts(FORMULAS[0]) == []


def test_latex_that_cannot_be_drawn_is_told() -> None:
    """With what is wrong; what is only not closed yet is no problem while it grows."""
    assert "\\foo" in draw(r"\foo{x}").problem
    assert draw(r"\frac{1}{").problem
    assert draw(r"\begin{cases} 1 & \text{a").problem
    for latex in (r"\begin{cases} 1 & \text{a", r"\begin{align*} a &= b \\ c", r"\begin{equation} x"):
        assert draw(latex, growing=True).problem == ""
        assert draw(latex).problem
    assert draw(r"\fra", growing=True).problem


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_prefix_is_drawn_without_an_error(latex: str) -> None:
    for end in range(len(latex)):
        draw(latex[:end], growing=True)


def test_mathml_is_aligned_for_word() -> None:
    """Columns say how they are aligned in the attribute that Word knows."""
    mathml = to_mathml(FORMULAS[4])
    assert mathml.count('columnalign="right"') == mathml.count('columnalign="left"') == 2
    assert ">(1)<" not in mathml


def test_what_mathml_has_not_is_told() -> None:
    with pytest.raises(UserError, match=r"\\foo.*copy the LaTeX instead"):
        to_mathml(r"\foo{x}")


@pytest.mark.parametrize("latex", ["\\[a\\]\n\n\\[b\\]", "$$a$$\n$$b$$", r"\(a\), \(b\).", "$a$ $b$"])
def test_several_formulas_stand_below_each_other(latex: str) -> None:
    """Whatever signs the model set them between; each is copied between those of the settings."""
    assert draw(latex) == draw(r"\begin{gathered}a \\ b\end{gathered}")
    assert "<mtr>" in to_mathml(latex)
    assert set_off(latex, "$$") == "$$a$$\n$$b$$"


def test_signs() -> None:
    assert [set_off("x", signs) for signs in SIGNS] == ["$$x$$", "$x$", r"\[x\]", r"\(x\)", "x"]
