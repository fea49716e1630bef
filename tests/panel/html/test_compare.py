"""A page against the picture it was made from."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.job import Shot
from desktop.panel.html.compare import Compare, Manner
from desktop.panel.html.photographer import Photographer, Sitting
from tests.patient_bot import wait_exposed

RED = Shot(600, 400, bytes([255, 0, 0]) * 240_000, scale=2.0)
BLUE_PAGE = "<!DOCTYPE html><body style='background: #0000ff'>"


@pytest.fixture
def photographer(qtbot: QtBot) -> Iterator[Photographer]:
    photographer = Photographer()
    yield photographer
    photographer.stop()


def take(photographer: Photographer, sitting: Sitting, qtbot: QtBot) -> QImage:
    with qtbot.waitSignal(photographer.taken) as taken:
        photographer.take(sitting)
    picture, of = taken.args
    assert of == sitting
    assert isinstance(picture, QImage)
    return picture


def test_pictures_are_as_large_as_the_window_they_are_of(photographer: Photographer, qtbot: QtBot) -> None:
    page = (
        "<!DOCTYPE html><style>body { background: lime } @media (max-width: 400px) { body { background: red } }</style>"
    )
    for width, colour in ((1000, "#00ff00"), (390, "#ff0000"), (1000, "#00ff00")):
        picture = take(photographer, Sitting(page, width, 500), qtbot)
        ratio = picture.devicePixelRatio()
        assert picture.size().toTuple() == (width * ratio, 500 * ratio)
        assert {picture.pixelColor(x, 400).name() for x in range(0, width, 10)} == {colour}  # no scroll bar either


def test_the_same_page_gives_the_same_picture(photographer: Photographer, qtbot: QtBot) -> None:
    page = "<!DOCTYPE html><h1>Hello</h1><p>" + "word " * 2000
    first = take(photographer, Sitting(page, 800, 600), qtbot)
    take(photographer, Sitting(BLUE_PAGE, 800, 600), qtbot)
    assert take(photographer, Sitting(page, 800, 600), qtbot) == first


def test_the_newest_page_comes_next(photographer: Photographer, qtbot: QtBot) -> None:
    taken: list[int] = []
    photographer.taken.connect(lambda _picture, sitting: taken.append(sitting.width))
    for width in range(300, 310):
        photographer.take(Sitting(BLUE_PAGE, width, 100))
    qtbot.waitUntil(lambda: taken[-1:] == [309])
    assert taken == [300, 309]


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    """Red on one side, blue on the other."""
    compare = Compare()
    qtbot.addWidget(compare)
    compare.resize(400, 300)
    compare.show()
    wait_exposed(compare)
    compare.show_page(RED, BLUE_PAGE, 300)
    qtbot.waitUntil(lambda: "#0000ff" in colours(compare))
    return compare


def colours(compare: Compare) -> list[str]:
    """What is seen from left to right, half-way down the picture."""
    picture = compare.both.grab().toImage()
    line = [picture.pixelColor(x, picture.height() // 4).name() for x in range(picture.width())]
    return [one for one, before in zip(line, [None, *line], strict=False) if one != before]


def test_side_by_side(compare: Compare) -> None:
    seen = [colour for colour in colours(compare) if colour in ("#ff0000", "#0000ff")]
    assert seen == ["#ff0000", "#0000ff"]


@pytest.mark.parametrize(("percent", "colour"), [(0, "#ff0000"), (100, "#0000ff")])
def test_overlay(percent: int, colour: str, compare: Compare) -> None:
    compare.turn_to(Manner.OVER)
    compare.slider.setValue(percent)
    assert colour in colours(compare)
    assert ("#ff0000" in colours(compare)) is (percent == 0)


def test_overlay_half_way(compare: Compare) -> None:
    compare.turn_to(Manner.OVER)
    compare.slider.setValue(50)
    assert any(colour[1:3] in ("7f", "80") and colour[5:] in ("7f", "80") for colour in colours(compare))


def test_swipe_is_dragged(compare: Compare) -> None:
    compare.turn_to(Manner.SWIPE)
    area = compare.both._areas()[0]
    QTest.mouseClick(compare.both, Qt.MouseButton.LeftButton, pos=QPoint(round(area.left() + area.width() / 4), 20))
    assert compare.slider.value() == 25
    assert [colour for colour in colours(compare) if colour in ("#ff0000", "#0000ff")] == ["#ff0000", "#0000ff"]
    picture = compare.both.grab().toImage()
    ratio = picture.devicePixelRatio()
    for share, colour in ((0.2, "#ff0000"), (0.3, "#0000ff")):
        assert picture.pixelColor(round((area.left() + area.width() * share) * ratio), 20).name() == colour


def test_nothing_is_held_of_a_picture_that_is_gone(compare: Compare, qtbot: QtBot) -> None:
    compare.show_page(None, "", 0)
    assert set(colours(compare)).isdisjoint({"#ff0000", "#0000ff"})
    qtbot.waitUntil(lambda: browsers() == 0)


def test_nothing_is_drawn_while_it_is_hidden(compare: Compare, qtbot: QtBot) -> None:
    compare.hide()
    compare.show_page(RED, BLUE_PAGE.replace("0000ff", "00ff00"), 300)
    qtbot.waitUntil(lambda: browsers() == 0)
    compare.show()
    qtbot.waitUntil(lambda: "#00ff00" in colours(compare))


def browsers() -> int:
    return sum(isinstance(widget, QWebEngineView) for widget in QApplication.topLevelWidgets())
