"""The view of a page in its panel, from the first word to the saved file."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.job import Shot, State
from desktop.panel.html import lack, view
from desktop.panel.html.jail import ASIDE, Jail
from desktop.panel.html.view import HtmlView, Way
from desktop.panel.panels import Panels
from tests.panel.html.pages import PLAIN
from tests.panel.html.test_compare import browsers
from tests.panel.opened import Open, clipboard
from tests.webpage.test_edits import block
from tests.xserver import XServer

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel with the Code task."""
    return Open(panels, qtbot, "code").with_keyboard()


def html_view(opened: Open) -> HtmlView:
    assert isinstance(opened.panel.view, HtmlView)
    return opened.panel.view


def drawn_text(opened: Open) -> str:
    """The text of the page as it is drawn, when that stands."""
    browser = opened.panel.findChild(QWebEngineView)
    if browser is None:
        return ""
    answers: list[object] = []
    browser.page().runJavaScript("document.body ? document.body.innerText : ''", ASIDE, answers.append)
    opened.qtbot.waitUntil(lambda: bool(answers))
    return str(answers[0])


def wait_for(opened: Open, words: str) -> None:
    """Wait until the drawn page shows the words."""
    end = time.monotonic() + 10
    while words not in drawn_text(opened):
        assert time.monotonic() < end, f"{words} was never drawn"
        opened.qtbot.wait(30)


def clickable(opened: Open) -> QWidget:
    """What the mouse meets of the page, once that is loaded."""
    browser = opened.panel.findChild(QWebEngineView)
    assert browser is not None
    jail, target = browser.page(), browser.focusProxy()
    assert isinstance(jail, Jail)
    assert target is not None
    opened.qtbot.waitUntil(lambda: jail._stands)
    return target


def test_a_page_is_drawn_while_it_is_written(opened: Open) -> None:
    opened.answer(State.RUNNING, PLAIN[: PLAIN.index("INV-20377")])
    wait_for(opened, "INV-20418")
    assert "INV-20377" not in drawn_text(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20377")


def test_it_is_drawn_five_times_a_second_at_most(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    show = Jail.show_page

    def note(jail: Jail, html: str) -> None:
        drawn.append(html)
        show(jail, html)

    monkeypatch.setattr(Jail, "show_page", note)
    start = time.monotonic()
    for end in range(300, len(PLAIN), 30):
        opened.answer(State.RUNNING, PLAIN[:end])
        opened.qtbot.wait(20)
    opened.answer(State.DONE, PLAIN)
    opened.qtbot.waitUntil(lambda: drawn[-1] == PLAIN)
    assert 2 <= len(drawn) <= 2 + (time.monotonic() - start) * 5.5  # a timer of Qt may be early by a twentieth


def test_only_what_is_seen_is_drawn(opened: Open) -> None:
    shown = html_view(opened)
    shown.turn_to(Way.SOURCE)
    opened.answer(State.DONE, PLAIN)
    opened.qtbot.wait(300)
    assert opened.panel.findChild(QWebEngineView) is None
    assert shown.source.text.toPlainText() == PLAIN
    shown.turn_to(Way.PAGE)
    wait_for(opened, "INV-20418")


def test_a_panel_that_is_closed_draws_nothing_and_is_ready_again(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20418")
    opened.panel.close()
    opened.qtbot.waitUntil(lambda: opened.panel.findChild(QWebEngineView) is None)
    opened.qtbot.waitUntil(lambda: browsers() == 0)
    opened.panels.open_last("")
    wait_for(opened, "INV-20418")
    opened.qtbot.waitUntil(lambda: "Likeness" in html_view(opened).notice.text())


def test_another_picture_finds_nothing_of_the_one_before(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20418")
    opened.panel.close()
    again = Open(opened.panels, opened.qtbot, "code")
    assert again.panel is opened.panel
    assert html_view(again).source.text.toPlainText() == ""
    assert html_view(again).clipping().text == ""
    again.answer(State.RUNNING, "<!DOCTYPE html><p>other")
    wait_for(again, "other")
    assert "INV" not in drawn_text(again)


def test_the_panel_grows_for_a_page_once(opened: Open, panels: Panels) -> None:
    small = opened.panel.width()
    panels.open_shot(Shot(1000, 500, bytes(1_500_000)), "code")
    opened.panel = panels._open[-1]
    opened.answer(State.RUNNING, PLAIN[:500])
    wide = opened.panel.size()
    assert wide.width() > small
    opened.answer(State.DONE, PLAIN)
    assert opened.panel.size() == wide


def test_blocked_requests_are_told(opened: Open) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN.replace("<main>", "<main><img src='https://example.org/a.png'>"))
    told = "1 request blocked: a preview reaches no network."
    opened.qtbot.waitUntil(lambda: told in shown.notice.text())
    assert shown.notice.isVisible()
    opened.answer(State.DONE, PLAIN)
    opened.qtbot.waitUntil(lambda: "blocked" not in shown.notice.text())


def test_copy_takes_the_selection_else_all(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    opened.panel.deeds.copy()
    assert clipboard() == PLAIN
    shown = html_view(opened)
    shown.turn_to(Way.SOURCE)
    assert shown.source.text.find("background")
    shown.source.text.setFocus()
    QTest.keyClick(shown.source.text, Qt.Key.Key_C, CTRL)
    assert clipboard() == "background"


def test_what_is_selected_out_of_sight_is_not_copied(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    shown = html_view(opened)
    shown.turn_to(Way.SOURCE)
    assert shown.source.text.find("background")
    shown.turn_to(Way.PAGE)
    opened.panel.deeds.copy()
    assert clipboard() == PLAIN


def test_what_is_selected_on_the_page_and_in_its_changes_is_copied(opened: Open, xserver: XServer) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "INV-20377")
    clickable(opened).setFocus()
    xserver.run("xdotool", "key", "ctrl+a")
    opened.qtbot.waitUntil(lambda: shown.clipping().text.startswith("Orders of this week\nINV-20418"))
    xserver.run("xdotool", "key", "ctrl+c")
    opened.qtbot.waitUntil(lambda: clipboard().startswith("Orders of this week\nINV-20418"))
    opened.type("make it about the month")
    opened.answer(State.DONE, block("Orders of this week", "Orders of this month"))
    shown.turn_to(Way.CHANGES)
    assert shown.changes.find("month")
    QTest.keyClick(shown.changes, Qt.Key.Key_C, CTRL)
    assert clipboard() == "month"
    shown.changes.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(shown.changes, Qt.Key.Key_C, CTRL)
    assert clipboard() == shown.page


def test_a_page_in_one_line_grows_in_its_source_without_holding_up_the_window(opened: Open) -> None:
    shown = html_view(opened)
    shown.turn_to(Way.SOURCE)
    page = f"<!DOCTYPE html><p>{'<b>word</b> ' * 20_000}"
    start = time.monotonic()
    for end in range(1000, len(page), 1000):
        opened.answer(State.RUNNING, page[:end], lines=())
        opened.qtbot.wait(1)
    opened.answer(State.DONE, page, lines=())
    assert shown.source.text.toPlainText() == page
    assert time.monotonic() - start < 6


def test_words_in_the_place_of_a_page_are_not_drawn(opened: Open, tmp_path: Path) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, "I **cannot** see a design.")
    assert shown.words.toPlainText() == "I cannot see a design."
    opened.qtbot.waitUntil(lambda: shown.words.height() > shown.height() / 2)
    assert opened.panel.findChild(QWebEngineView) is None
    opened.panel.deeds.copy()
    assert clipboard() == "I **cannot** see a design."
    opened.panel.deeds.save_to(tmp_path / "a.txt", opened.panel.view.formats()[0])
    assert (tmp_path / "a.txt").read_text("utf-8") == "I **cannot** see a design.\n"


def test_find_is_asked_for_by_its_keys_and_left_by_esc(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    shown = html_view(opened)
    QTest.keyClick(shown.bar, Qt.Key.Key_F, CTRL)
    opened.qtbot.waitUntil(shown.source.finder.words.hasFocus)
    QTest.keyClicks(shown.source.finder.words, "INV")
    assert shown.source.finder.found.text() == "2 found"
    QTest.keyClick(shown.source.finder.words, Qt.Key.Key_Escape)
    assert shown.source.finder.isHidden()
    assert opened.panel.isVisible()


def test_it_is_saved_as_page_and_as_bundle(opened: Open, tmp_path: Path) -> None:
    page = "<!DOCTYPE html><script src='https://cdn.tailwindcss.com'></script><p class='p-4'>Grüße"
    opened.answer(State.DONE, page)
    as_page, as_bundle = opened.panel.view.formats()
    opened.panel.deeds.save_to(tmp_path / "a.html", as_page)
    assert (tmp_path / "a.html").read_text("utf-8") == f"{page}\n"
    opened.panel.deeds.save_to(tmp_path / "a.zip", as_bundle)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())) as archive:
        assert archive.namelist() == ["index.html", "frameworks/tailwind.css"]
        assert "cdn" not in archive.read("index.html").decode()


class Browser(QObject):
    """Stands where the user's browser would: Qt hands it the addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_it_is_opened_in_the_browser(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "open")  # type: ignore[arg-type]
    try:
        html_view(opened).open_in_browser()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (url,) = browser.opened
    assert Path(url.toLocalFile()).read_text("utf-8") == PLAIN


def test_the_page_is_laid_out_for_the_width_that_is_picked(opened: Open, panels: Panels, qtbot: QtBot) -> None:
    panels.open_shot(Shot(2000, 10, bytes(60_000), scale=2.0), "code")
    opened.panel = panels._open[-1]
    opened.answer(State.DONE, f"<!DOCTYPE html><p>{'word ' * 300}")
    wait_for(opened, "word")
    browser = opened.panel.findChild(QWebEngineView)
    assert browser is not None

    def width() -> float:
        answers: list[float] = []
        browser.page().runJavaScript("innerWidth", ASIDE, answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    qtbot.waitUntil(lambda: abs(width() - 1000) < 3)
    html_view(opened).phone.click()
    opened.panel.resize(800, 600)
    qtbot.waitUntil(lambda: abs(width() - 390) < 3)
    assert browser.zoomFactor() == 1.0
    html_view(opened).phone.click()
    qtbot.waitUntil(lambda: abs(width() - 1000) < 3)


def test_without_the_preview_there_is_the_source_and_how_to_get_it(
    panels: Panels, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "preview_lack", lambda: lack.NOT_INSTALLED)
    opened = Open(panels, qtbot, "code")
    opened.answer(State.DONE, PLAIN)
    shown = html_view(opened)
    assert shown.source.text.isVisible()
    assert shown.source.text.toPlainText() == PLAIN
    assert shown.notice.text() == lack.NOT_INSTALLED
    assert "shotglass[preview]" in lack.NOT_INSTALLED


@pytest.mark.parametrize(
    ("environ", "user", "sentence"),
    [({}, 0, lack.AS_ROOT), ({"QTWEBENGINE_DISABLE_SANDBOX": "1"}, 0, "")],
)
def test_root_has_no_sandbox(
    environ: dict[str, str], user: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert lack.sandbox_lack(environ) == sentence


@pytest.mark.parametrize(("code", "sentence"), [(0, ""), (1, lack.NO_SANDBOX)])
def test_a_system_without_user_namespaces_is_told_apart(
    code: int, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "unshare"
    program.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert lack.sandbox_lack({}) == sentence


def test_a_change_in_words_can_be_taken_back(opened: Open) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    wait_for(opened, "Orders of this week")
    assert not shown.back.isVisible()
    opened.type("make it about the month")
    opened.answer(State.DONE, block("Orders of this week", "Orders of this month"))
    wait_for(opened, "Orders of this month")
    opened.panel.deeds.copy()
    assert clipboard() == PLAIN.replace("this week", "this month")
    QTest.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    wait_for(opened, "Orders of this week")
    shown.forth.click()
    assert "this month" in shown.page
    shown.turn_to(Way.CHANGES)
    assert '+  <header class="top">Orders of this month</header>' in shown.changes.toPlainText()


def test_a_change_that_does_not_fit_is_told(opened: Open) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    opened.type("change it")
    opened.answer(State.DONE, block("not there", "x"))
    assert "does not fit the page" in shown.notice.text()
    assert shown.page == PLAIN


def test_an_answer_in_words_stands_below(opened: Open) -> None:
    shown = html_view(opened)
    opened.answer(State.DONE, PLAIN)
    opened.type("which font is it?")
    opened.answer(State.DONE, "A sans-serif font.")
    assert shown.words.isVisible()
    assert shown.words.toPlainText() == "› which font is it?\nA sans-serif font."


def test_the_question_box_says_what_it_takes(opened: Open) -> None:
    opened.answer(State.DONE, PLAIN)
    assert opened.panel.question.placeholderText() == "Say what to change, or ask…"
    opened.pick(1)
    opened.answer(State.DONE, "text")
    assert opened.panel.question.placeholderText() == "Ask about this picture…"
