"""Answers in Markdown in a panel: streamed, marked, copied, followed, on a real X server."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QPalette, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.job import State
from desktop.panel.panels import Panels
from desktop.panel.rich_text import RichText
from tests.panel.opened import Open, clipboard
from tests.panel.pasted import pasted
from tests.xserver import XServer

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ANSWER = """# Title

Some **bold** words, [a page](https://example.org/p) and ![a picture](https://example.org/p.png).

- one
- two

| Name | Price |
| --- | ---: |
| Tea | 1.10 |

```python
def total():
    return 1
```

The end."""
READ = (
    "Title\nSome bold words, a page and a picture.\n• one\n• two\nName\tPrice\nTea\t1.10\n"
    "def total():\n    return 1\nThe end."
)


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that was asked for a description and has the keyboard."""
    return Open(panels, qtbot, "describe").with_keyboard()


class Browser(QObject):
    """What opens web pages in these tests."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    for scheme in ("http", "https", "mailto", "file"):
        # Its types say bytes, which it refuses.
        QDesktopServices.setUrlHandler(scheme, browser, "show")  # type: ignore[arg-type]
    yield browser
    for scheme in ("http", "https", "mailto", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def text_of(opened: Open) -> RichText:
    text = opened.panel.view.findChild(RichText)
    assert text is not None
    return text


def read(opened: Open) -> str:
    """All that can be read, as a selection of it all copies it."""
    text = text_of(opened)
    cursor = QTextCursor(text.document())
    cursor.select(QTextCursor.SelectionType.Document)
    before = text.textCursor()
    text.setTextCursor(cursor)
    selected = text.selected_text()
    text.setTextCursor(before)
    return selected


def place_of(opened: Open, words: str, number: int = 1) -> QPoint:
    """The middle of the number-th place where some words stand."""
    text = text_of(opened)
    cursor = QTextCursor(text.document())
    for _ in range(number):
        cursor = text.document().find(words, cursor)
    assert not cursor.isNull()
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    return text.cursorRect(cursor).center()


def click(opened: Open, words: str, number: int = 1) -> None:
    QTest.mouseClick(text_of(opened).viewport(), Qt.MouseButton.LeftButton, pos=place_of(opened, words, number))


def test_what_grew_reads_as_what_came_at_once(opened: Open) -> None:
    """Streamed character by character; the document holds nothing more and nothing less."""
    for end in range(len(ANSWER)):
        opened.answer(State.RUNNING, ANSWER[:end])
        if end % 25 == 0:
            opened.qtbot.wait(1)
    opened.answer(State.DONE, ANSWER)
    assert read(opened) == READ
    grown = text_of(opened).document().toHtml()
    opened.panel.clear()
    opened.panels.open_shot(opened.asked[0].shot, "describe")
    opened.answer(State.DONE, ANSWER)
    assert text_of(opened).document().toHtml() == grown


def test_only_the_end_is_written_again(opened: Open) -> None:
    """What stands above the last blocks is the same text in the same place: the document tells of no change there."""
    start = "\n\n".join(f"Paragraph {number}." for number in range(40))
    opened.answer(State.RUNNING, start)
    opened.qtbot.waitUntil(lambda: read(opened).endswith("Paragraph 39."))
    changes: list[int] = []
    text_of(opened).document().contentsChange.connect(lambda place, _gone, _come: changes.append(place))
    for end in range(1, 30):
        opened.qtbot.wait(60)
        opened.answer(State.RUNNING, f"{start}\n\n{'more ' * end}")
    opened.answer(State.DONE, f"{start}\n\n{'more ' * 30}")
    assert changes
    assert min(changes) > len(start) // 2


def test_selection_and_place_stay_while_it_grows(opened: Open) -> None:
    """Also where the selection lies in what is written again."""
    start = "\n\n".join(f"Paragraph {number}." for number in range(60))
    opened.answer(State.RUNNING, f"{start}\n\nThe last **words** here")
    opened.qtbot.waitUntil(lambda: read(opened).endswith("here"))
    text, bar = text_of(opened), text_of(opened).verticalScrollBar()
    for marked in ("Paragraph 7.", "last words"):
        text.setTextCursor(text.document().find(marked))
        bar.setValue(120)
        for end in range(1, 20):
            opened.answer(State.RUNNING, f"{start}\n\nThe last **words** here{' and more' * end}")
            opened.qtbot.wait(60)
        assert text.selected_text() == marked
        assert bar.value() == 120


def test_newest_question_moves_to_the_top_and_stays(opened: Open) -> None:
    """A long answer is read from its question on; where the user scrolls the view no longer moves by itself."""
    bar = text_of(opened).verticalScrollBar()
    opened.answer(State.DONE, "\n\n".join(["line"] * 50))
    assert bar.value() == 0
    opened.type("What colour?")
    assert bar.value() == bar.maximum()
    opened.answer(State.RUNNING, "\n\n".join(["brown"] * 60))
    opened.qtbot.waitUntil(lambda: 0 < bar.value() < bar.maximum())
    assert place_of(opened, "What colour").y() < 40
    opened.answer(State.DONE, "\n\n".join(["brown"] * 90))
    assert place_of(opened, "What colour").y() < 40
    opened.type("Sure?")
    bar.setValue(7)
    opened.answer(State.DONE, "\n\n".join(["yes"] * 100))
    assert bar.value() == 7


def test_a_conversation_in_one_flow(opened: Open) -> None:
    """Questions stand on their band above their answers, each set as Markdown means it."""
    opened.answer(State.DONE, "A *table*.")
    opened.type("What colour?")
    opened.answer(State.DONE, "- brown\n- red")
    assert read(opened) == "A table.\n› What colour?\n• brown\n• red"
    assert (
        text_of(opened).document().findBlockByNumber(1).blockFormat().background().style() is Qt.BrushStyle.SolidPattern
    )


def test_copying_gives_markdown_and_html(opened: Open, xserver: XServer) -> None:
    """Without a selection the newest answer, as its own source and as HTML in which nothing is fetched."""
    opened.answer(State.DONE, "First.")
    opened.type("More?")
    opened.answer(State.DONE, ANSWER)
    QTest.keyClick(text_of(opened), KEY.Key_C, CTRL)
    assert pasted(xserver, opened.qtbot, "UTF8_STRING").decode() == ANSWER
    assert pasted(xserver, opened.qtbot, "text/markdown").decode() == ANSWER
    html = pasted(xserver, opened.qtbot, "text/html").decode()
    assert html.startswith("<h1>Title</h1>")
    assert '<td style="text-align:right">1.10</td>' in html
    assert "<img" not in html


def test_a_selection_copies_plain_text(opened: Open) -> None:
    """Cells are parted by tabs, the bar above code is left out."""
    opened.answer(State.DONE, ANSWER)
    QTest.keyClick(text_of(opened), KEY.Key_A, CTRL)
    QTest.keyClick(text_of(opened), KEY.Key_C, CTRL)
    assert clipboard() == READ
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_links_open_after_a_click_alone(opened: Open, browser: Browser) -> None:
    """The web and mail; a picture is a link, too, and everything else is text."""
    opened.answer(State.DONE, f"{ANSWER}\n\n[mail](mailto:a@b.c) [file](file:///etc/passwd) [own](shotglass:models)")
    assert browser.opened == []
    for words in ("a page", "a picture", "mail", "file", "own"):
        click(opened, words)
    assert browser.opened == ["https://example.org/p", "https://example.org/p.png", "mailto:a@b.c"]


def test_code_is_copied_by_its_link(opened: Open) -> None:
    """Each block by its own, without a word around it; the status line says so."""
    opened.answer(State.DONE, "```python\na = 1\n\nb\n```\n\n```\nother\n```")
    click(opened, "Copy")
    assert clipboard() == "a = 1\n\nb"
    click(opened, "Copy", 2)
    assert clipboard() == "other"
    assert opened.panel.header.status.text() == "Copied the code"


def test_code_takes_on_the_colours_of_the_window(opened: Open) -> None:
    """Other colours on dark than on light, without another answer."""
    opened.answer(State.DONE, "```python\nreturn 1\n```")

    def colour() -> str:
        cursor = text_of(opened).document().find("return")
        return cursor.charFormat().foreground().color().name()

    light = colour()
    before = QApplication.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Base, QColor("#17191d"))
    QApplication.setPalette(dark)
    opened.qtbot.waitUntil(lambda: colour() != light)
    QApplication.setPalette(before)
    opened.qtbot.waitUntil(lambda: colour() == light)


def test_saving(opened: Open) -> None:
    """Everything that was said, as Markdown first."""
    opened.answer(State.DONE, "A *table*.")
    opened.type("What colour?")
    opened.answer(State.DONE, "Brown.")
    formats = {one.suffix: one.content().decode() for one in opened.panel.view.formats()}
    assert list(formats) == [".md", ".html", ".txt"]
    assert formats[".md"] == formats[".txt"] == "A *table*.\n\n› What colour?\nBrown.\n"
    assert "<p>A <em>table</em>.</p>" in formats[".html"]


def test_questions_below_a_table_are_markdown_too(panels: Panels, qtbot: QtBot) -> None:
    """What was asked about a table stands below it, set as Markdown means it."""
    opened = Open(panels, qtbot, "table")
    opened.answer(State.DONE, "a\tb")
    opened.type("Why?")
    opened.answer(State.DONE, "**Because**\n\n" + "- so\n" * 20)
    (below,) = (text for text in opened.panel.views.findChildren(RichText) if text.isVisible())
    qtbot.waitUntil(lambda: below.verticalScrollBar().maximum() > 0)
    assert below.toPlainText().startswith("› Why?\nBecause\n• so")
    assert (below.textCursor().position(), below.verticalScrollBar().value()) == (0, 0)


def test_regenerate_asks_for_the_newest_answer_anew(opened: Open) -> None:
    """Ctrl+R asks the last question once more; what was said before it stays and goes with it."""
    opened.answer(State.DONE, "A table.")
    opened.type("What colour?")
    opened.answer(State.DONE, "Brown.")
    QTest.keyClick(opened.panel, KEY.Key_R, CTRL)
    again = opened.asked[-1]
    assert (again.question, len(again.earlier)) == ("What colour?", 1)
    assert again.id != opened.asked[-2].id
    opened.answer(State.DONE, "Red.")
    assert read(opened) == "A table.\n› What colour?\nRed."
    QTest.keyClick(opened.panel, KEY.Key_R, CTRL)
    QTest.keyClick(opened.panel, KEY.Key_R, CTRL)
    assert opened.stopped == [opened.asked[-2].id], "one that still runs is stopped first"


def test_a_cleared_conversation_begins_anew(opened: Open) -> None:
    """Ctrl+L forgets it; a question is then one of its own, and other tasks keep what was said in theirs."""
    opened.answer(State.DONE, "A table.")
    opened.pick(1)
    opened.answer(State.DONE, "text")
    opened.pick(2)
    QTest.keyClick(opened.panel, KEY.Key_L, CTRL)
    assert read(opened) == ""
    assert not opened.panel.buttons.clear.isEnabled()
    assert len(opened.asked) == 2
    opened.type("What is it?")
    assert (opened.asked[-1].task.id, opened.asked[-1].earlier) == ("ask", ())
    opened.answer(State.DONE, "A table.")
    assert read(opened) == "› What is it?\nA table."
    opened.pick(1)
    assert len(opened.asked) == 3, "the text is still there"


def test_both_are_reached_by_the_mouse(opened: Open) -> None:
    opened.answer(State.DONE, "A table.")
    menu = opened.panel.buttons.more.menu()
    assert [action.text() for action in menu.actions()][:2] == ["Regenerate the answer", "Clear the conversation"]
    menu.actions()[0].trigger()
    assert len(opened.asked) == 2


def test_without_a_model_nothing_waits_for_a_question(panels: Panels, qtbot: QtBot) -> None:
    """A text that was cleared leaves no box to ask in where nobody would answer."""
    panels.set_has_model(False)
    opened = Open(panels, qtbot, "text")
    opened.answer(State.DONE, "text")
    opened.panel.buttons.clear.trigger()
    assert opened.panel.shown is None
    assert not opened.panel.question.isVisible()
