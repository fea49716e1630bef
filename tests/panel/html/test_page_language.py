"""Every text around a page goes through `tr`, painted ones too."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.job import Shot, State
from desktop.panel.html import lack
from desktop.panel.html.compare import Compare
from desktop.panel.html.view import HtmlView, Way
from desktop.panel.panels import Panels
from tests.panel.kinds import open_kind
from tests.panel.opened import Open
from tests.untranslated import CLOSE, OPEN, untranslated
from tests.webpage.test_edits import block

DATA = ("Shotglass", "Attention: Triton.", "header.top")


def view_of(opened: Open) -> HtmlView:
    assert isinstance(opened.panel.view, HtmlView)
    return opened.panel.view


@pytest.mark.usefixtures("foreign")
def test_every_text_around_a_page_is_translated(panels: Panels, qtbot: QtBot) -> None:
    """Each way of showing it, a change, one that does not fit, and what was blocked."""
    opened = open_kind(panels, qtbot, "html")
    shown = view_of(opened)
    shown.change.ask("header.top", "<header>")
    shown.source.finder.ask()
    shown.source.finder.words.setText("Orders")
    for number in (0, 1, 2):
        shown._tell_blocked(number)
        assert untranslated(opened.panel, *DATA) == []
    opened.type("Make it blue")
    opened.answer(State.DONE, block("Orders of this week", "Orders"))
    opened.type("Make it red")
    opened.answer(State.DONE, block("nowhere", "Orders"))
    assert shown.story.problem.startswith(OPEN)
    for way in Way:
        shown.turn_to(way)
        assert untranslated(opened.panel, *DATA) == []
    entries = [action.text() for menu in shown.bar.findChildren(QMenu) for action in menu.actions()]
    assert len(entries) == 4
    assert all(text.startswith(OPEN) for text in entries)


@pytest.mark.usefixtures("foreign")
def test_the_first_version_has_no_changes_in_any_language(panels: Panels, qtbot: QtBot) -> None:
    shown = view_of(open_kind(panels, qtbot, "html"))
    shown.changes.show_versions(shown.story.versions)
    assert shown.changes.toPlainText().startswith(OPEN)


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("missing", ["offline", "sandbox"])
def test_what_the_preview_lacks_is_translated(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found out once and said in the language that is spoken then."""
    lack._find_lack.cache_clear()
    if missing == "offline":
        monkeypatch.setattr(lack, "is_offline", lambda _environ: False)
    else:
        monkeypatch.setattr(lack, "sandbox_lack", lambda _environ: lack.AS_ROOT)
    said = lack.preview_lack()
    lack._find_lack.cache_clear()
    assert said == f"{OPEN}{lack.ONLINE if missing == 'offline' else lack.AS_ROOT}{CLOSE}"


def painted(compare: Compare) -> QImage:
    return compare.both.grab().toImage()


def test_what_is_painted_while_a_page_is_drawn_is_translated(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    compare = Compare()
    qtbot.addWidget(compare)
    compare.both.resize(400, 200)
    compare.both.set_shot(Shot(300, 200, bytes(180_000)))
    english = painted(compare)
    QApplication.processEvents()
    assert painted(compare) == english
    monkeypatch.setattr("desktop.language._texts", {"The page is being drawn…": "正在绘制网页…"})
    assert painted(compare) != english
