"""The likeness of drawn pages: twelve designs, each against itself and against pages that are worse step by step."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.job import Shot, State
from desktop.panel.html.judge import Judge, _to_shot
from desktop.panel.html.photographer import Photographer, Sitting
from desktop.panel.html.view import HtmlView
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from desktop.text_reading import read_texts
from desktop.webpage.likeness.looks import Picture
from desktop.webpage.likeness.score import Likeness, compare
from tests.panel.html.designs import DESIGNS, FAULTS, SIZE, drop_text
from tests.panel.html.pages import PLAIN
from tests.panel.html.test_compare import take
from tests.panel.opened import Open


@pytest.fixture
def photographer(qtbot: QtBot) -> Iterator[Photographer]:
    photographer = Photographer()
    yield photographer
    photographer.stop()


def draw(html: str, photographer: Photographer, qtbot: QtBot) -> Shot:
    return _to_shot(take(photographer, Sitting(html, *SIZE), qtbot))


def picture(shot: Shot) -> Picture:
    return np.frombuffer(shot.rgb, np.uint8).reshape(shot.height, shot.width, 3)


def test_there_are_twelve_designs() -> None:
    assert len(DESIGNS) == 12


@pytest.mark.parametrize("design", DESIGNS)
def test_a_page_is_the_less_like_the_worse_it_is(design: str, photographer: Photographer, qtbot: QtBot) -> None:
    right = picture(draw(DESIGNS[design], photographer, qtbot))
    again = compare(picture(draw(f"{DESIGNS[design]}<!-- again -->", photographer, qtbot)), right).total
    assert again == pytest.approx(1.0, abs=0.01)
    for fault, make in FAULTS.items():
        pages = [make(DESIGNS[design], step) for step in range(1, 4)]
        totals = [again, *(compare(picture(draw(page, photographer, qtbot)), right).total for page in pages)]
        assert all(one > other for one, other in pairwise(totals)), (fault, totals)


def test_text_is_read_by_the_embedded_ocr(photographer: Photographer, qtbot: QtBot) -> None:
    shots = [draw(drop_text(PLAIN, step), photographer, qtbot) for step in range(4)]
    texts = read_texts(shots)
    assert "Orders of this week" in texts[0]
    found = [compare(picture(shot), picture(shots[0]), text, texts[0]) for shot, text in zip(shots, texts, strict=True)]
    recalls = [likeness.parts["text"] for likeness in found]
    assert recalls[0] == 1.0
    assert recalls == sorted(recalls, reverse=True)
    assert recalls[3] < 0.2
    assert found[3].words.endswith("is missing")


def judged(judge: Judge, shot: Shot, page: str, qtbot: QtBot) -> Likeness:
    with qtbot.waitSignal(judge.judged) as said:
        judge.judge(shot, page)
    of, likeness = said.args
    assert of == page
    assert isinstance(likeness, Likeness)
    return likeness


def test_the_shot_is_read_once_and_nothing_twice(photographer: Photographer, qtbot: QtBot) -> None:
    shot = draw(PLAIN, photographer, qtbot)
    read: list[int] = []

    def note(shots: list[Shot]) -> list[list[str]]:
        read.append(len(shots))
        return [["words"] for _shot in shots]

    judge = Judge()
    judge.read_texts = note  # type: ignore[assignment]
    assert judged(judge, shot, PLAIN, qtbot).total == pytest.approx(1.0, abs=0.01)
    assert judged(judge, shot, PLAIN.replace("#1767d2", "#aaccff"), qtbot).total < 0.95
    assert judged(judge, shot, PLAIN, qtbot).total == pytest.approx(1.0, abs=0.01)
    assert read == [2, 1]
    judge.forget()


def test_the_newest_page_is_judged(photographer: Photographer, qtbot: QtBot) -> None:
    shot = draw(PLAIN, photographer, qtbot)
    judge = Judge()
    said: list[str] = []
    judge.judged.connect(lambda page, _likeness: said.append(page))
    for number in range(5):
        judge.judge(shot, f"{PLAIN}<!-- {number} -->")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [f"{PLAIN}<!-- 4 -->"]
    judge.forget()


def test_an_unexpected_failure_is_logged_and_said_to_nobody(
    photographer: Photographer, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shot = draw(PLAIN, photographer, qtbot)
    judge = Judge()

    def fail(_shots: object) -> list[list[str]]:
        raise OSError("no networks")

    judge.read_texts = fail
    judge.judge(shot, PLAIN)
    qtbot.waitUntil(lambda: "could not be judged" in caplog.text)
    judge.read_texts = None
    assert judged(judge, shot, f"{PLAIN} ", qtbot).total > 0.99
    judge.forget()


def test_the_panel_tells_the_likeness_when_the_page_is_whole(
    panels: Panels, photographer: Photographer, qtbot: QtBot
) -> None:
    shot = draw(PLAIN, photographer, qtbot)
    manner = panels.manner
    panels._set_manner(Manner(manner.tasks, has_model=True, read_texts=lambda shots: [["same"] for _shot in shots]))
    opened = Open(panels, qtbot, "code")
    panels.open_shot(shot, "code")
    opened.panel = panels._open[-1]
    view = opened.panel.view
    assert isinstance(view, HtmlView)
    opened.answer(State.RUNNING, PLAIN)
    qtbot.wait(300)
    assert "Likeness" not in view.notice.text()
    opened.answer(State.DONE, PLAIN.replace("#1767d2", "#aaccff"))
    qtbot.waitUntil(lambda: "Likeness" in view.notice.text())
    assert "colours" in view.notice.text()
    assert "too light" in view.notice.text()
    opened.type("make it darker")
    assert "Likeness" not in view.notice.text()
