"""Everything in a panel is reached by keyboard, is seen to have it, and has a name for those who do not see it."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel import accessible
from desktop.panel.answer_text import AnswerText
from desktop.panel.boxes_picture import BoxesPicture
from desktop.panel.boxes_table import BoxesTable
from desktop.panel.chip_row import ChipRow
from desktop.panel.formula_picture import FormulaPicture
from desktop.panel.grid_table import GridTable
from desktop.panel.html.view import HtmlView, Way
from desktop.panel.panel import Panel
from desktop.panel.panels import Panels
from desktop.panel.rich_text import RichText
from desktop.panel.tab_order import stops
from desktop.panel.words_view import WordsView
from desktop.theme import Theme
from tests.panel.kinds import SAMPLES, open_kind
from tests.panel.opened import Open, clipboard, text_of
from tests.webpage.test_edits import block
from tests.xserver import XServer

KEY = Qt.Key
MOST = 60


def can_be_reached(widget: QWidget) -> bool:
    """Tell whether Tab should come to it."""
    usable = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return usable and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def walk(panel: Panel, key: Qt.Key) -> list[QWidget]:
    """Where the keyboard goes from stop to stop until it is back where it began; a text with links takes a few keys."""
    begun = panel.focusWidget()
    seen = [begun]
    for _ in range(MOST):
        QTest.keyClick(panel.focusWidget(), key)
        stop = panel.focusWidget()
        if stop is begun and seen[-1] is not begun:
            return seen
        if stop is not seen[-1]:
            seen.append(stop)
    raise AssertionError(f"never came back to {begun}: {seen}")


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken else ""


@pytest.mark.parametrize("kind", SAMPLES)
def test_tab_comes_to_everything_and_back(panels: Panels, qtbot: QtBot, kind: str) -> None:
    """Once to each control, as they are read; Shift+Tab goes the other way round."""
    panel = open_kind(panels, qtbot, kind).panel
    panel.question.setFocus()
    seen = walk(panel, KEY.Key_Tab)
    assert set(seen) == {widget for widget in panel.findChildren(QWidget) if can_be_reached(widget)}
    assert len(seen) == len(set(seen))
    parts = [panel.question, panel.tasks, panel.buttons, panel.header, panel.views]
    ranks = [next(rank for rank, part in enumerate(parts) if part is stop or part.isAncestorOf(stop)) for stop in seen]
    assert ranks == sorted(ranks)
    panel.question.setFocus()
    assert walk(panel, KEY.Key_Backtab) == [seen[0], *reversed(seen[1:])]


def test_tab_comes_to_what_was_made_later(panels: Panels, qtbot: QtBot) -> None:
    """Another view, the links of a sentence, what a model's download asks, and a button that is back."""
    opened = open_kind(panels, qtbot, "text")
    opened.panel._pick("table")
    opened.answer(State.FAILED, "a\tb", error="It failed.")
    opened.panel.question.setFocus()
    seen = walk(opened.panel, KEY.Key_Tab)
    assert opened.panel.message in seen
    assert opened.panel.view.focusProxy() in seen
    opened.panel.tasks.setEnabled(False)
    opened.panel.question.setFocus()
    assert set(seen) > set(walk(opened.panel, KEY.Key_Tab))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_the_keyboard_is_seen(panels: Panels, qtbot: QtBot, kind: str, theme: Theme, dark: bool) -> None:
    """Each stop looks different with the keyboard than without it."""
    theme.choose("dark" if dark else "light")
    panel = open_kind(panels, qtbot, kind).panel
    stops = walk(panel, KEY.Key_Tab)
    unseen = []
    for stop, other in zip(stops, [*stops[1:], stops[0]], strict=True):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        with_keyboard = looks(stop)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        if looks(stop) == with_keyboard:
            unseen.append(name_of(stop))
    assert unseen == []


def looks(widget: QWidget) -> QImage:
    """The widget as it is painted, its edge included."""
    return widget.grab().toImage()


@pytest.fixture
def theme(qapp: object) -> Iterator[Theme]:
    """The looks of the app; taken off again."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    sheet, palette, style = application.styleSheet(), application.palette(), application.style().name()
    yield Theme(application)
    application.setStyleSheet(sheet)
    application.setPalette(palette)
    application.setStyle(style)


@pytest.mark.parametrize("kind", SAMPLES)
def test_everything_has_a_name(panels: Panels, qtbot: QtBot, kind: str) -> None:
    """All that can have the keyboard or be pressed, hidden parts too, where they have something to show."""
    opened = open_kind(panels, qtbot, kind)
    opened.type("What?")
    opened.answer(State.FAILED, error="It failed.")
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in opened.panel.findChildren(QWidget)
        if (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton))
        and not name_of(widget)
        and not opened.panel.strip.isAncestorOf(widget)  # it is named when it asks something
        and type(widget) is not QAbstractButton  # the corner of Qt's tables, which does nothing here
        and type(widget.parent()).__name__ != "QWebEngineView"  # the browser tells of its parts by itself
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("kind", "of", "role"),
    [
        ("boxes", BoxesPicture, QAccessible.Role.Graphic),
        ("boxes", BoxesTable, QAccessible.Role.Table),
        ("text", WordsView, QAccessible.Role.Graphic),
        ("text", AnswerText, QAccessible.Role.EditableText),
        ("table", GridTable, QAccessible.Role.Table),
        ("formula", FormulaPicture, QAccessible.Role.Graphic),
        ("markdown", RichText, QAccessible.Role.StaticText),
    ],
)
def test_painted_widgets_say_what_they_are(
    panels: Panels, qtbot: QtBot, kind: str, of: type[QWidget], role: QAccessible.Role
) -> None:
    """Qt's own names and descriptions go with that."""
    panel = open_kind(panels, qtbot, kind).panel
    one = panel.view.findChild(of)
    assert isinstance(one, of)
    spoken = QAccessible.queryAccessibleInterface(one)
    assert spoken.role() is role
    assert spoken.text(QAccessible.Text.Name) == one.accessibleName() != ""
    assert spoken.text(QAccessible.Text.Description) == one.accessibleDescription() or not one.accessibleDescription()


def test_cells_are_read(panels: Panels, qtbot: QtBot) -> None:
    """A screen reader finds what stands in the tables, and the names of their columns."""
    for kind, of, cell, head in (("table", GridTable, "pen", "A"), ("boxes", BoxesTable, "button", "Label")):
        table = open_kind(panels, qtbot, kind).panel.view.findChild(of)
        assert isinstance(table, QWidget)
        spoken = QAccessible.queryAccessibleInterface(table)
        names = [spoken.child(index).text(QAccessible.Text.Name) for index in range(spoken.childCount())]
        assert cell in names
        assert head in names


@pytest.mark.parametrize("kind", ["text", "markdown", "translation"])
def test_a_part_of_an_answer_is_copied_by_keyboard(panels: Panels, qtbot: QtBot, xserver: XServer, kind: str) -> None:
    opened = open_kind(panels, qtbot, kind)
    opened.panel.views.setFocus()
    first = SAMPLES[kind].text.lstrip("# ").split()[0]
    xserver.run("xdotool", "key", "ctrl+Home", "ctrl+shift+Right", "ctrl+c")
    qtbot.waitUntil(lambda: clipboard().strip() == first)
    xserver.run("xdotool", "key", "ctrl+a", "ctrl+c")
    qtbot.waitUntil(lambda: len(clipboard()) > len(first) + 1)


def test_links_and_code_are_used_by_keyboard(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    """Tab goes to each link of an answer, Enter follows it: here the one above some code, which copies it."""
    opened = open_kind(panels, qtbot, "markdown")
    opened.panel.views.setFocus()
    with qtbot.waitSignal(opened.panel.view.reported):
        xserver.run("xdotool", "key", "Tab", "Tab", "Return")
    assert clipboard() == "print(1)"


@pytest.mark.parametrize("keys", ["Menu", "shift+F10"])
@pytest.mark.parametrize("kind", ["table", "boxes"])
def test_menus_of_the_mouse_are_opened_by_keyboard(
    panels: Panels, qtbot: QtBot, xserver: XServer, kind: str, keys: str
) -> None:
    """The one of a table, and the one of a label's chip."""
    opened = open_kind(panels, qtbot, kind)
    table, chips = opened.panel.view.findChild(GridTable), opened.panel.view.findChild(ChipRow)
    if kind == "table":
        assert table is not None
        table.setFocus()
    else:
        assert chips is not None
        chips.findChildren(QToolButton)[1].setFocus()
    menus: list[list[str]] = []

    def look() -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            menus.append([action.text() for action in popup.actions()])
            popup.close()

    looking = QTimer(opened.panel, interval=50)  # a menu that is open waits for its own end
    looking.timeout.connect(look)
    looking.start()
    xserver.run("xdotool", "key", keys)
    qtbot.waitUntil(lambda: bool(menus))
    looking.stop()
    assert {"table": "Add row above", "boxes": "Only this one"}[kind] in menus[0]


def test_ways_of_showing_a_page_are_picked_by_arrows(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    """Tab comes to the one that is shown, arrows lead to the others, through drawings where a browser makes them."""
    opened = open_kind(panels, qtbot, "html")
    shown = opened.panel.view
    assert isinstance(shown, HtmlView)
    opened.type("Make it blue")
    opened.answer(State.DONE, block("Orders of this week", "Orders"))
    ways = [shown.bar.way(way) for way in Way if shown.bar.way(way).isVisible()]
    assert ways[0].isChecked()
    ways[0].setFocus()
    for way in ways[1:]:
        xserver.run("xdotool", "key", "Right")
        qtbot.waitUntil(way.isChecked)
        assert way.hasFocus()
    assert shown.changes.isVisible()


def test_the_caret_stays_at_the_start_while_an_answer_grows(panels: Panels, qtbot: QtBot) -> None:
    """It is where reading begins, at the newest question; the text is not scrolled to it."""
    opened = Open(panels, qtbot)
    text = text_of(opened.panel)
    for count in (1, 2, 300):
        opened.answer(State.RUNNING, "\n".join(f"line {number}" for number in range(count)))
        assert (text.textCursor().position(), text.verticalScrollBar().value()) == (0, 0)
    QTest.keyClick(text, KEY.Key_Down)
    caret = text.textCursor().position()
    assert caret > 0
    opened.answer(State.DONE, "\n".join(f"line {number}" for number in range(400)))
    assert text.textCursor().position() == caret
    opened.type("What?")
    assert text.textCursor().block().text() == "› What?"


def test_what_screen_readers_were_told_of_goes_with_its_widget(qtbot: QtBot) -> None:
    """However it goes: by Qt, with its parent, or because nobody holds it."""
    gc.collect()
    before = len(accessible._pictures)
    for number in range(60):
        parent = QWidget()
        picture = FormulaPicture(parent if number % 3 else None)
        assert QAccessible.queryAccessibleInterface(picture).role() is QAccessible.Role.Graphic
        if number % 2:
            (parent if number % 3 else picture).deleteLater()
        del parent, picture
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert len(accessible._pictures) == before


def test_what_has_no_height_yet_is_a_stop_as_well(qtbot: QtBot) -> None:
    """Qt asks for the next stop also while a window is laid out, as when what has the keyboard is hidden."""
    window = QWidget()
    qtbot.addWidget(window)
    flat, below = QToolButton(window), QToolButton(window)
    for button, place in ((flat, (0, 10, 20, 0)), (below, (0, 30, 20, 20))):
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setGeometry(*place)
    window.show()
    assert list(stops(window)) == [flat, below]
