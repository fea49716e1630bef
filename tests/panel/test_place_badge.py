"""A panel tells that its picture leaves this computer, and where to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.tasks import read_tasks
from desktop.job import State
from desktop.panel.manner import Manner
from desktop.panel.message import HERE_LINK, SERVER_LINK
from desktop.panel.panels import Panels
from tests.panel.opened import Open

HOST = "gpu.example.org"


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    """No panels yet, and a server that answers."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True), pasted_shot)
    panels.set_place(HOST)
    yield panels
    panels.close_all()


def test_before_and_after(panels: Panels, qtbot: QtBot) -> None:
    """Where it will go is told before it goes, where it went afterwards, also once another engine answers."""
    opened = Open(panels, qtbot)
    badge = opened.panel.header.badge
    assert (badge.isVisible(), badge.text()) == (True, f"goes to {HOST}")
    opened.answer(State.RUNNING, "one", place="other.example.org")
    assert badge.text() == "sent to other.example.org"
    opened.answer(State.DONE, "one", place="other.example.org")
    panels.set_place("")
    assert (badge.isVisible(), badge.text()) == (True, "sent to other.example.org")
    assert badge.toolTip() == "This picture was sent to other.example.org."


def test_a_picture_that_stayed_has_none(panels: Panels, qtbot: QtBot) -> None:
    """Nor has one that failed before it left; a server that is used from now on changes nothing about it."""
    panels.set_place("")
    opened = Open(panels, qtbot)
    badge = opened.panel.header.badge
    opened.answer(State.RUNNING, "one")
    assert not badge.isVisible()
    opened.answer(State.FAILED, "one")
    panels.set_place(HOST)
    assert not badge.isVisible()


def test_a_question_that_is_waited_for_is_told_where_it_goes(panels: Panels, qtbot: QtBot) -> None:
    """The user knows before pressing Enter; so does whoever looks at the first panel of all."""
    badge = Open(panels, qtbot, "ask").panel.header.badge
    assert (badge.isVisible(), badge.text()) == (True, f"goes to {HOST}")
    panels.set_place("")
    assert not badge.isVisible()
    panels.set_place(HOST)
    panels.say("Drag.")
    welcome = panels._open[-1]
    assert welcome.header.status.text() == f"pictures are sent to {HOST}"
    assert not welcome.header.badge.isVisible()


def test_a_long_name_does_not_widen_the_panel(panels: Panels, qtbot: QtBot) -> None:
    opened = Open(panels, qtbot, "translate")
    width = opened.panel.width()
    place = f"{'very-' * 30}long.example.org"
    opened.answer(State.DONE, "one", place=place)
    assert opened.panel.minimumSizeHint().width() <= width
    assert place in opened.panel.header.badge.toolTip()


def test_this_computer_is_offered_where_a_server_fails(panels: Panels, qtbot: QtBot) -> None:
    """By link, reached by keyboard, before the one that tries again."""
    followed: list[str] = []
    panels.link_clicked.connect(followed.append)
    opened = Open(panels, qtbot)
    opened.answer(State.FAILED, error=f"{HOST} wants a key (preferences, Server), or let this computer answer.")
    message = opened.panel.message
    assert message.text().count("<a href") == 3
    qtbot.waitUntil(opened.panel.view.hasFocus)
    for title, link in (("Answer on this computer", HERE_LINK), ("Server…", SERVER_LINK)):
        while message.selectedText() != title:
            QTest.keyClick(opened.panel.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(message, Qt.Key.Key_Return)
        assert followed[-1] == link
