"""Every text of a panel goes through `tr`: what is left without marks is named here, and is data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from desktop.job import State, Update
from desktop.language import LANGUAGES, speak, tr
from desktop.panel.boxes_view import NOTHING, BoxesView
from desktop.panel.formula_view import FormulaView
from desktop.panel.grid_view import GridView
from desktop.panel.key_sheet import KeySheet
from desktop.panel.message import OFFERS
from desktop.panel.panels import Panels
from desktop.panel.rich_text import RichText
from tests.panel.kinds import SAMPLES, open_kind
from tests.panel.opened import Open, text_of
from tests.test_language import messages
from tests.untranslated import CLOSE, OPEN, untranslated

DATA = ("Shotglass", "Attention: Triton.", "ann@example.org", "example.org/a", "button 1", "window 1")
"""The program's name, what an engine says of itself, and what stands in pictures and in answers."""


def marked(text: str) -> bool:
    """Tell whether all of a text was translated, but for a name that stands in it."""
    return text.startswith(OPEN) and text.endswith(CLOSE)


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("kind", SAMPLES)
def test_every_text_of_a_panel_is_translated(panels: Panels, qtbot: QtBot, kind: str) -> None:
    """Also of one that is empty again, and of one that asks the next question."""
    opened = open_kind(panels, qtbot, kind)
    assert untranslated(opened.panel, *DATA) == []
    assert marked(opened.panel.header.title.text())
    opened.type("What?")
    assert untranslated(opened.panel, *DATA) == []
    opened.panel.clear()
    assert untranslated(opened.panel, *DATA) == []


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.CANCELLED, State.FAILED])
def test_every_state_is_translated(panels: Panels, qtbot: QtBot, state: State) -> None:
    opened = Open(panels, qtbot)
    opened.panels.show_update(Update(opened.asked[-1].id, state, error=tr("It failed."), engine="", place="a.example"))
    assert untranslated(opened.panel, *DATA) == []
    assert marked(opened.panel.header.status.text().split(" · ")[-1])


@pytest.mark.usefixtures("foreign")
def test_what_a_panel_without_a_picture_says_is_translated(panels: Panels) -> None:
    panels.say(tr("Take a picture."))
    assert untranslated(panels._open[0], *DATA) == []
    panels.set_place("server.example")
    panels.say(tr("Take a picture."))
    assert untranslated(panels._open[0], *DATA) == []
    assert marked(text_of(panels._open[0]).placeholderText())


@pytest.mark.usefixtures("foreign")
def test_what_a_panel_reports_is_translated(panels: Panels, qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_kind(panels, qtbot, "text")
    panel = opened.panel
    told: list[str] = []
    panel.deeds.reported.connect(told.append)
    panel.deeds.refused.connect(told.append)
    panel.deeds.copy()
    panel.deeds.copy_paragraph()
    panel.deeds.save_to(tmp_path / "answer.txt", panel.view.formats()[0])
    QGuiApplication.clipboard().setText("no picture")
    panel.deeds.paste()
    assert len(told) == 4
    assert all(map(marked, told)), told
    opened.type("What?")
    panel.question.setText("And then?")
    panel.question.returnPressed.emit()
    assert marked(QToolTip.text())


def grid_menu(opened: Open) -> QMenu:
    assert isinstance(opened.panel.view, GridView)
    return opened.panel.view.table._menu()


def chip_menu(opened: Open) -> QMenu:
    """All chips behind one button, as in a panel without room."""
    assert isinstance(opened.panel.view, BoxesView)
    labels = opened.panel.view.labels
    labels.resize(1, labels.height())
    labels._fill_menu()
    return labels._more.menu()


def more_menu(opened: Open) -> QMenu:
    return opened.panel.buttons.more.menu()


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize(
    ("kind", "menu_of"), [("table", grid_menu), ("fields", grid_menu), ("boxes", chip_menu), ("text", more_menu)]
)
def test_every_menu_is_translated(panels: Panels, qtbot: QtBot, kind: str, menu_of: Callable[[Open], QMenu]) -> None:
    menu = menu_of(open_kind(panels, qtbot, kind))
    menus = [menu, *menu.findChildren(QMenu)]
    entries = [action.text() for one in menus for action in one.actions() if action.text()]
    assert len(entries) > 2
    assert [text for text in entries if not marked(text) and text not in DATA] == []


@pytest.mark.usefixtures("foreign")
def test_what_views_say_in_place_of_an_answer_is_translated(panels: Panels, qtbot: QtBot) -> None:
    boxes = open_kind(panels, qtbot, "boxes")
    boxes.panels.show_update(Update(boxes.asked[-1].id, State.DONE, "[]", ()))
    assert isinstance(boxes.panel.view, BoxesView)
    assert boxes.panel.view.words.toPlainText() == tr(NOTHING)
    assert marked(tr(NOTHING))
    formula = open_kind(panels, qtbot, "formula")
    assert isinstance(formula.panel.view, FormulaView)
    formula.panel.view.latex.setPlainText(r"\frac{a}{")
    qtbot.waitUntil(formula.panel.view.problem.isVisible)
    assert marked(formula.panel.view.problem.text())
    formula.panel.view.latex.setPlainText(r"\begin{nothing}")
    formula.panel.view._copy_mathml()
    assert marked(formula.panel.view.problem.text())


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != "question"])
def test_what_an_answer_can_be_saved_as_is_translated(panels: Panels, qtbot: QtBot, kind: str) -> None:
    opened = open_kind(panels, qtbot, kind)
    opened.panel.deeds.save()
    dialog = opened.panel.findChild(QFileDialog)
    assert dialog is not None
    assert marked(dialog.windowTitle())
    filters = [one.rpartition(" (")[0] for one in dialog.nameFilters()]
    assert [one for one in filters if not marked(one)] == []
    assert len(filters) == len(opened.panel.view.formats()) + 1
    dialog.reject()


@pytest.mark.usefixtures("foreign")
def test_the_sheet_of_keys_is_translated(panels: Panels, qtbot: QtBot) -> None:
    opened = open_kind(panels, qtbot, "text")
    opened.panel.buttons.sheet.trigger()
    sheet = opened.panel.findChild(KeySheet)
    assert sheet is not None
    keys = [label.text() for label in sheet.findChildren(QLabel) if label.objectName() == "key"]
    assert keys
    assert untranslated(sheet, *DATA, *keys) == []


@pytest.mark.usefixtures("foreign")
def test_what_stands_above_code_is_translated(panels: Panels, qtbot: QtBot) -> None:
    opened = open_kind(panels, qtbot, "markdown")
    text = opened.panel.view.findChild(RichText)
    assert text is not None
    assert f"python   {OPEN}Copy{CLOSE}" in text.toPlainText()


@pytest.fixture
def chinese() -> Iterator[None]:
    """The language of the translations that ship."""
    speak("zh_CN")
    yield
    speak("en")


@pytest.mark.usefixtures("chinese")
def test_options_are_shown_in_one_language_and_asked_in_another(panels: Panels, qtbot: QtBot) -> None:
    """A model knows the task's own words; what the user types is looked up among what is offered."""
    opened = open_kind(panels, qtbot, "translation")
    box = opened.panel.header.options.findChild(QComboBox, "language")
    assert box is not None
    assert (box.currentText(), opened.asked[-1].chosen) == ("英语", {"language": "English"})
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert (box.currentText(), opened.asked[-1].chosen) == ("简体中文", {"language": "Simplified Chinese"})
    edit = box.findChild(QLineEdit)
    assert edit is not None
    for typed, asked in (("德语", "German"), ("Dutch", "Dutch")):
        edit.setText(typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert opened.asked[-1].chosen == {"language": asked}
    assert opened.panel.header.title.text() == "翻译"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_sentences_keep_the_words_that_lead_to_an_offer(language: str) -> None:
    """A panel offers its links where these words stand in a sentence, whatever language that is in."""
    said = {source: found.text or "" for source, found in messages(language)}
    lost = [
        source
        for words, _link, _title in OFFERS
        for source in said
        if words in source and said.get(words, words) not in said[source]
    ]
    assert lost == []
