"""Formulas in a panel: drawn while they stream and while the user types, copied, saved, on a real X server."""

import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel.formula_view import FormulaView
from desktop.panel.panels import Panels
from tests.panel.opened import Open, clipboard
from tests.panel.pasted import pasted
from tests.xserver import XServer

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LATEX = r"f(x) = \begin{cases} x^2, & \text{当 } x \ge 0 \\ -x, & \text{otherwise} \end{cases}"


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that was asked for a formula and has the keyboard."""
    return Open(panels, qtbot, "formula").with_keyboard()


def view_of(opened: Open) -> FormulaView:
    assert isinstance(opened.panel.view, FormulaView)
    return opened.panel.view


def ink(opened: Open) -> int:
    """How many pixels of the picture are not paper."""
    image = view_of(opened).picture.grab().toImage()
    paper = image.pixel(0, 0)
    return sum(image.pixel(x, y) != paper for x in range(image.width()) for y in range(image.height()))


def width_em(opened: Open) -> float:
    drawing = view_of(opened).picture.drawing
    return drawing.width_em if drawing else 0.0


def write(opened: Open, latex: str) -> None:
    """Replace the LaTeX by typing."""
    box = view_of(opened).latex
    box.selectAll()
    QTest.keyClicks(box, latex) if latex else QTest.keyClick(box, KEY.Key_Delete)


def test_it_is_drawn_while_it_streams(opened: Open) -> None:
    """Every prefix leaves a picture and no complaint."""
    drawn: list[bool] = []
    view_of(opened).picture.renderer.repaintNeeded.connect(lambda: drawn.append(True))
    for end in range(1, len(LATEX), 2):
        opened.answer(State.RUNNING, LATEX[:end])
        assert not view_of(opened).problem.isVisible()
    opened.qtbot.waitUntil(lambda: len(drawn) > 1)
    opened.answer(State.DONE, LATEX)
    assert view_of(opened).latex.toPlainText() == LATEX
    assert ink(opened) > 200


def test_it_is_drawn_five_times_a_second_at_most(opened: Open) -> None:
    """By the clock that it goes by: what comes before the next fifth of a second is drawn then."""
    drawn: list[str] = []
    view_of(opened).picture.renderer.repaintNeeded.connect(lambda: drawn.append(opened.panel.view.clipping().text))
    begun = time.monotonic()
    for end in range(1, 40):
        opened.answer(State.RUNNING, "x" * end)
    opened.qtbot.waitUntil(lambda: bool(drawn) and drawn[-1].count("x") == 39)
    assert len(drawn) <= 2 + (time.monotonic() - begun) * 5


def test_it_is_edited_once_it_is_complete(opened: Open) -> None:
    """Not while it streams; then the picture follows what is typed."""
    opened.answer(State.RUNNING, "x")
    QTest.keyClicks(view_of(opened).latex, "y")
    assert view_of(opened).latex.toPlainText() == "x"
    opened.answer(State.DONE, "x")
    before = width_em(opened)
    write(opened, "x + y")
    opened.qtbot.waitUntil(lambda: width_em(opened) > before)
    QTest.keyClick(view_of(opened).latex, KEY.Key_Z, CTRL)
    write(opened, "")
    opened.qtbot.waitUntil(lambda: width_em(opened) == 0)


def test_what_cannot_be_drawn_leaves_the_last_picture(opened: Open) -> None:
    """One sentence says what is wrong, and goes once it is put right."""
    opened.answer(State.DONE, r"\frac{1}{2}")
    before = width_em(opened)
    write(opened, r"\frac{1}{2")
    opened.qtbot.waitUntil(view_of(opened).problem.isVisible)
    assert view_of(opened).problem.text().count(".") == 1
    assert width_em(opened) == before
    write(opened, r"\frac{1}{2} + 1")
    opened.qtbot.waitUntil(lambda: not view_of(opened).problem.isVisible())
    assert width_em(opened) > before


def test_an_answer_that_cannot_be_drawn_is_told(opened: Open) -> None:
    opened.answer(State.DONE, r"x + \nonsense{y}")
    assert "\\nonsense" in view_of(opened).problem.text()
    assert width_em(opened) > 0, "what can be drawn of it is there"


@pytest.mark.parametrize(
    ("signs", "copied"), [("$$", "$$x^2$$"), ("$", "$x^2$"), ("\\[", r"\[x^2\]"), ("\\(", r"\(x^2\)"), ("none", "x^2")]
)
def test_latex_is_copied_between_the_signs_of_the_settings(opened: Open, signs: str, copied: str) -> None:
    """By the button and by Ctrl+C in the box; what is selected is copied as it is."""
    opened.panels.set_math_signs(signs)
    opened.answer(State.DONE, "x^2")
    opened.panel.deeds.copy()
    assert clipboard() == copied
    write(opened, "x^2")
    QTest.keyClick(view_of(opened).latex, KEY.Key_C, CTRL)
    assert clipboard() == copied
    view_of(opened).latex.moveCursor(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClick(view_of(opened).latex, KEY.Key_C, CTRL)
    assert clipboard() == "2"


def test_mathml_is_copied_for_word(opened: Open, xserver: XServer) -> None:
    """As text, which Word takes for a formula, and as MathML; not as HTML, which Word would prefer."""
    opened.answer(State.DONE, LATEX)
    view_of(opened).mathml.click()
    for kind in ("UTF8_STRING", "application/mathml+xml"):
        root = ElementTree.fromstring(pasted(xserver, opened.qtbot, kind).decode())
        assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
        assert "当" in "".join(root.itertext())
    assert b"text/html" not in pasted(xserver, opened.qtbot, "TARGETS")
    assert opened.panel.header.status.text() == "Copied as MathML"


def test_what_mathml_has_not_is_told(opened: Open) -> None:
    opened.answer(State.DONE, r"\text{a $x$ b}")
    opened.panel.deeds.copy()
    view_of(opened).mathml.click()
    assert "copy the LaTeX instead" in view_of(opened).problem.text()
    assert "text{a" in clipboard(), "what was copied before is still there"


def test_saving(opened: Open, tmp_path: Path) -> None:
    """Black on white paper as a picture; what the user wrote, not what came."""
    opened.answer(State.DONE, "x")
    write(opened, "x + y")
    saved = {}
    for one in view_of(opened).formats():
        opened.panel.deeds.save_to(tmp_path / f"formula{one.suffix}", one)
        saved[one.suffix] = (tmp_path / f"formula{one.suffix}").read_bytes()
    assert list(saved) == [".png", ".svg", ".tex", ".mml"]
    image = QImage.fromData(saved[".png"])
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {"#ffffff", "#111111"} <= colours
    assert image.width() > 1.5 * image.height()
    assert ElementTree.fromstring(saved[".svg"]).tag.endswith("svg")
    assert saved[".tex"] == b"x + y\n"
    assert ElementTree.fromstring(saved[".mml"]).tag.endswith("math")


def test_edits_stay_until_it_is_asked_anew(opened: Open) -> None:
    """Another task and back leaves them; nothing is left for the next picture."""
    opened.answer(State.DONE, "x")
    write(opened, "x + y")
    opened.pick(1)
    opened.answer(State.DONE, "text")
    opened.pick(7)
    assert view_of(opened).latex.toPlainText() == "x + y"
    opened.type("Why?")
    opened.answer(State.DONE, "Because.")
    assert view_of(opened).latex.toPlainText() == "x + y"
    opened.pick(7)
    assert opened.asked[-1].task.id == "formula"
    opened.answer(State.DONE, "x")
    assert view_of(opened).latex.toPlainText() == "x"
    view = view_of(opened)
    opened.panel.clear()
    assert (view.latex.toPlainText(), view.picture.drawing) == ("", None)


def test_the_picture_has_the_ink_of_the_window(opened: Open) -> None:
    """A theme that changes is followed."""
    opened.answer(State.DONE, "x^2")
    picture = view_of(opened).picture
    palette = picture.palette()
    palette.setColor(palette.ColorRole.Text, QColor("#ff0000"))
    picture.setPalette(palette)
    image = picture.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert "#ff0000" in colours
