"""Words can be read: 4.5 : 1 against their ground by the formula of WCAG 2.2, 3 : 1 where they are switched off."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture import badge
from desktop.panel import answer_text, box_look, boxes_model, code_colours, formula_picture
from desktop.panel.html import changes, colouring
from desktop.preferences.autostart_switch import AutostartSwitch
from desktop.theme import Role

ROOT = Path(__file__).resolve().parent.parent
WORDS, OFF = 4.5, 3.0
GROUNDS = (Role.Window, Role.Base, Role.AlternateBase, Role.Button, Role.Midlight)
"""Panels and windows, fields, cards and code, buttons, and what the pointer is on."""
PAIRS = (
    *((words, ground) for words in (Role.WindowText, Role.Text, Role.ButtonText) for ground in GROUNDS),
    *((words, ground) for words in (Role.PlaceholderText, Role.BrightText) for ground in GROUNDS),
    *((Role.Link, ground) for ground in (Role.Window, Role.Base, Role.AlternateBase)),
    (Role.HighlightedText, Role.Highlight),
    (Role.ToolTipText, Role.ToolTipBase),
)
MADE_OF_COLOURS = {
    "desktop/capture/badge.py": "words over the screen",
    "desktop/capture/frame.py": "lines",
    "desktop/capture/magnifier.py": "lines; its words are on the plate of badges",
    "desktop/capture/overlay.py": "a veil",
    "desktop/exports/formula.py": "an example",
    "desktop/history_window/entry_painter.py": "a star",
    "desktop/panel/answer_text.py": "the band of questions",
    "desktop/panel/box_painter.py": "lines; its tags have the colours of box_look",
    "desktop/panel/boxes_model.py": "the row under the pointer",
    "desktop/panel/html/changes.py": "changed lines",
    "desktop/panel/box_look.py": "below",
    "desktop/panel/code_colours.py": "below",
    "desktop/panel/formula_picture.py": "below",
    "desktop/panel/html/colouring.py": "below",
    "desktop/panel/html/preview.py": "a line",
    "desktop/theme.py": "below",
    "desktop/tray.py": "dots",
}


def luminance(colour: QColor) -> float:
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor | str, other: QColor | str) -> float:
    darker, lighter = sorted(luminance(QColor(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def over(veil: QColor, ground: QColor) -> QColor:
    """What is seen of a colour that lets another one through."""
    share = veil.alphaF()
    pairs = ((veil.redF(), ground.redF()), (veil.greenF(), ground.greenF()), (veil.blueF(), ground.blueF()))
    return QColor.fromRgbF(*(share * above + (1 - share) * below for above, below in pairs))


def is_dark(palette: QPalette) -> bool:
    return palette.color(Role.Base).lightness() < 128


def test_the_formula_is_that_of_wcag() -> None:
    """By the values that everybody knows."""
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert over(QColor(0, 0, 0, 128), QColor("white")).name() == "#7f7f7f"


def test_words_on_every_ground(palette: QPalette) -> None:
    low = {
        f"{words.name} on {ground.name}": round(ratio, 2)
        for words, ground in PAIRS
        if (ratio := contrast(palette.color(words), palette.color(ground))) < WORDS
    }
    assert low == {}


def test_what_is_switched_off(palette: QPalette) -> None:
    off = QPalette.ColorGroup.Disabled
    for words in (Role.WindowText, Role.Text, Role.ButtonText):
        for ground in GROUNDS:
            assert contrast(palette.color(off, words), palette.color(ground)) >= OFF


def test_words_in_colours_of_the_sheet(palette: QPalette) -> None:
    """Rules that name both a ground and the words on it, and those that change the ground of a primary button."""
    sheet = (paths.resources() / "styles" / "shotglass.qss").read_text("utf-8")
    seen = 0
    for selector, rule in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        told = dict(part.split(": ", 1) for part in rule.strip().rstrip(";").split("; "))
        ground = told.get("background")
        words = told.get("color") or ("white" if "#primary" in selector else "palette(text)")
        if ground and ground != "transparent" and not re.search("::(chunk|indicator)", selector):
            least = OFF if ":disabled" in selector else WORDS
            assert contrast(meant(words, palette), meant(ground, palette)) >= least, selector
            seen += 1
    assert seen >= 20


def meant(colour: str, palette: QPalette) -> QColor:
    """A colour as a style sheet says it."""
    if not colour.startswith("palette("):
        return QColor(colour)
    name = colour.removeprefix("palette(").removesuffix(")").replace("-", "")
    return palette.color(next(role for role in Role if role.name.lower() == name))


def test_words_on_tinted_grounds(palette: QPalette) -> None:
    """Questions in a conversation, changed lines, the row under the pointer."""
    base = palette.color(Role.Base)
    for veil in (answer_text.BAND, boxes_model.LIVELY, *changes._GROUNDS.values()):
        assert contrast(palette.color(Role.Text), over(veil, base)) >= WORDS


def test_code(palette: QPalette) -> None:
    """In answers on the ground of code, in the source of a page on that of fields."""
    for colour in code_colours.COLOURS[is_dark(palette)].values():
        assert contrast(colour, palette.color(Role.AlternateBase)) >= WORDS, colour
    for colour in colouring._COLOURS[is_dark(palette)].values():
        assert contrast(colour, palette.color(Role.Base)) >= WORDS, colour


@pytest.mark.parametrize("colour", box_look.PALETTE)
def test_tags_of_boxes(colour: str) -> None:
    assert contrast(box_look.ink_on(colour), colour) >= WORDS


def test_words_over_the_screen() -> None:
    """Whatever is below the plate."""
    for below in ("#000000", "#ffffff", "#2f7cf6"):
        assert contrast(badge.INK, over(badge.PLATE, QColor(below))) >= WORDS
    assert contrast(formula_picture.INK, formula_picture.PAPER) >= WORDS


def test_sentences_about_trouble_have_their_colour(palette: QPalette, qtbot: QtBot) -> None:
    """The sheet reaches them, and follows the theme."""
    switch = AutostartSwitch()
    qtbot.addWidget(switch)
    switch.ensurePolished()
    switch.problem.ensurePolished()
    assert switch.problem.palette().color(QLabel.foregroundRole(switch.problem)) == palette.color(Role.BrightText)


@pytest.mark.parametrize("window", ["panel", "batch", "welcome", "history"])
def test_primary_buttons_as_they_are_drawn(window: str, palette: QPalette, qtbot: QtBot) -> None:
    """White on the darker accent; greyed where they are switched off."""
    widget = QWidget()
    widget.setObjectName(window)
    qtbot.addWidget(widget)
    button = QPushButton("Go", widget)
    button.setObjectName("primary")
    button.resize(80, 30)
    widget.show()
    for on, ground in ((True, Role.Highlight), (False, Role.Midlight)):
        button.setEnabled(on)
        drawn = button.grab().toImage().pixelColor(8, 15)
        assert drawn.name() == palette.color(ground).name()


def test_colours_stand_where_this_test_knows_of_them() -> None:
    """Who names a colour elsewhere adds it above, and its words to a test."""
    found = set()
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(("desktop/bench/", "desktop/webpage/")):
            text = path.read_text("utf-8")
            if re.search(r"#[0-9a-fA-F]{6}\b|QColor\(\d|color: ", text):
                found.add(name)
    assert found == set(MADE_OF_COLOURS)
