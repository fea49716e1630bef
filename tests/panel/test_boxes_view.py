"""Boxes as a user sees, filters, copies and saves them in a panel, by real mouse and key events."""

import gc
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.capture.shot import pasted_shot
from desktop.engine.boxes import LabelledBox, boxes_to_json
from desktop.engine.tasks import read_tasks
from desktop.job import Box, Line, Shot, State
from desktop.panel.box_look import colours_of
from desktop.panel.boxes_view import BoxesView
from desktop.panel.manner import Manner
from desktop.panel.panels import Panels
from tests.panel.opened import Open, clipboard

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
SHOT = Shot(600, 400, bytes([250]) * (600 * 400 * 3), region=Box(100, 100, 700, 500))
FOUND = [
    Line("window", Box(0, 0, 600, 400)),
    Line("button", Box(20, 300, 120, 330)),
    Line("按钮", Box(140, 300, 240, 330)),
    Line("button", Box(480, 2, 590, 30)),
]
ROWS = [
    {"label": "window", "x": 0, "y": 0, "w": 600, "h": 400},
    {"label": "button", "x": 20, "y": 300, "w": 100, "h": 30},
    {"label": "按钮", "x": 140, "y": 300, "w": 100, "h": 30},
    {"label": "button", "x": 480, "y": 2, "w": 110, "h": 28},
]


def said(found: list[Line]) -> str:
    """The engine's text for boxes."""
    return boxes_to_json(LabelledBox(line.text, line.box) for line in found)


@pytest.fixture
def panels(qtbot: QtBot) -> Iterator[Panels]:
    """No panels yet, but a model; all are closed after the test."""
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    panels = Panels(Manner(tasks, has_model=True), pasted_shot)
    yield panels
    panels.close_all()


@pytest.fixture
def opened(panels: Panels, qtbot: QtBot) -> Open:
    """A panel that has found boxes."""
    opened = Open(panels, qtbot, "detect", SHOT).with_keyboard()
    opened.answer(State.DONE, said(FOUND), FOUND)
    QApplication.processEvents()
    return opened


def view_of(opened: Open) -> BoxesView:
    view = opened.panel.view
    assert isinstance(view, BoxesView)
    return view


def middle(view: BoxesView, number: int) -> QPoint:
    """Where a box stands in the view of the picture."""
    return view.picture.to_view(FOUND[number].box).center().toPoint()


def row(view: BoxesView, number: int) -> QPoint:
    """Where a row stands in the list, scrolled to."""
    index = view.table.model().index(number, 0)
    view.table.scrollTo(index)
    return view.table.visualRect(index).center()


def point(qtbot: QtBot, widget: QWidget, at: QPoint, happened: Callable[[], bool]) -> None:
    """Move the real pointer there and wait for what it does."""
    QCursor.setPos(widget.mapToGlobal(at))
    qtbot.waitUntil(happened)


def is_lively(view: BoxesView, number: int | None) -> bool:
    """Tell whether that box is brought out in the picture."""
    return view.picture._lively == number


def labels(view: BoxesView) -> list[str]:
    """What the list shows, from top to bottom."""
    model = view.table.model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def chip(view: BoxesView, title: str) -> QToolButton:
    return next(one for one in view.labels.findChildren(QToolButton) if one.text() == title)


def copied(opened: Open) -> list[dict[str, object]]:
    """What Ctrl+C puts on the clipboard, in both its forms."""
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(view_of(opened).table, Qt.Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert bytes(mime.data("application/json").data()).decode() == clipboard()
    rows: list[dict[str, object]] = json.loads(clipboard())
    return rows


def test_boxes_stream_into_picture_and_list(panels: Panels, qtbot: QtBot) -> None:
    """Each is there as soon as it comes; what was selected and how far it is scrolled stays."""
    opened = Open(panels, qtbot, "detect", SHOT)
    view = view_of(opened)
    for count in range(1, len(FOUND) + 1):
        before = view.picture.viewport().grab().toImage()
        opened.answer(State.RUNNING, said(FOUND[:count]), [Line(line.text, line.box) for line in FOUND[:count]])
        assert labels(view) == [line.text for line in FOUND[:count]]
        assert view.picture.viewport().grab().toImage() != before
        if count == 2:
            QTest.mouseClick(view.table.viewport(), LEFT, NONE, row(view, 1))
    opened.answer(State.DONE, said(FOUND), FOUND)
    assert view.table.selected == [1]
    assert list(view.picture._chosen) == [1]


def test_frames_are_drawn_where_the_boxes_are(opened: Open) -> None:
    """In the colour of the label, on the pixels of the box's edges."""
    picture = view_of(opened).picture
    picture.zoom_to(1.0)
    picture.reveal(FOUND[2].box)
    QApplication.processEvents()
    painted = picture.viewport().grab().toImage()
    place = picture.to_view(FOUND[2].box).toRect()
    colour = QColor(colours_of(line.text for line in FOUND)["按钮"])
    across, down = place.center().toTuple()
    for x, y in ((place.left(), down), (place.right(), down), (across, place.bottom())):
        near = {painted.pixelColor(x + dx, y + dy).name() for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        assert colour.name() in near
    assert painted.pixelColor(place.center()) == QColor(250, 250, 250)


def test_nothing_is_drawn_outside_the_picture(opened: Open) -> None:
    """No tag leaves it, whatever the zoom, also of boxes in its corners."""
    picture = view_of(opened).picture
    corners = [Line("a long label", Box(x, y, x + 6, y + 6)) for x in (0, 594) for y in (0, 394)]
    for zoom in (0.4, 0.2):
        picture.zoom_to(zoom)
        QApplication.processEvents()
        opened.answer(State.DONE, "[]", [])
        plain = picture.viewport().grab().toImage()
        opened.answer(State.DONE, said(corners), corners)
        painted = picture.viewport().grab().toImage()
        inside = picture.picture_place().toAlignedRect().adjusted(-2, -2, 2, 2)  # half of a frame's line
        assert inside.width() < painted.width()
        places = [(x, y) for x in range(painted.width()) for y in range(painted.height())]
        changed = [place for place in places if painted.pixel(*place) != plain.pixel(*place)]
        assert changed
        assert all(inside.contains(*place) for place in changed)


def test_pointing_in_the_picture_brings_out_the_row(opened: Open, qtbot: QtBot) -> None:
    """The smallest box under the pointer, and no more once it leaves."""
    view = view_of(opened)
    port = view.picture.viewport()
    for number in (1, 0, 2):
        point(qtbot, port, middle(view, number), partial(is_lively, view, number))
        grounds = [view.table.model().index(row, 0).data(Qt.ItemDataRole.BackgroundRole) for row in range(len(FOUND))]
        assert [row for row, ground in enumerate(grounds) if ground is not None] == [number]
    point(qtbot, opened.panel, QPoint(2, 2), partial(is_lively, view, None))


def test_pointing_in_the_list_brings_out_the_box(opened: Open, qtbot: QtBot) -> None:
    """It is filled while the pointer is on its row."""
    view = view_of(opened)
    at, port = middle(view, 2), view.picture.viewport()
    plain = port.grab().toImage().pixelColor(at)
    point(qtbot, view.table.viewport(), row(view, 2), lambda: port.grab().toImage().pixelColor(at) != plain)
    point(qtbot, opened.panel, QPoint(2, 2), lambda: port.grab().toImage().pixelColor(at) == plain)


def test_a_row_leads_to_its_box_and_back(opened: Open) -> None:
    """By mouse and by keyboard, where the picture is zoomed; a click on a box selects its row, Ctrl adds."""
    view = view_of(opened)
    view.picture.zoom_to(3.0)
    QApplication.processEvents()
    room = view.picture.viewport().rect().toRectF()
    QTest.mouseClick(view.table.viewport(), LEFT, NONE, row(view, 1))
    assert room.contains(view.picture.to_view(FOUND[1].box).center())
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.selected == [3]
    assert room.contains(view.picture.to_view(FOUND[3].box).center())
    view.picture.zoom_to(None)
    QApplication.processEvents()
    port = view.picture.viewport()
    QTest.mouseClick(port, LEFT, NONE, middle(view, 1))
    assert view.table.selected == [1]
    QTest.mouseClick(port, LEFT, CTRL, middle(view, 2))
    assert view.table.selected == [1, 2]
    QTest.mouseClick(port, LEFT, CTRL, middle(view, 1))
    assert view.table.selected == [2]


def test_copy(opened: Open) -> None:
    """All of it, else the rows that are selected, in the order of the answer whatever the list is sorted by."""
    view = view_of(opened)
    assert copied(opened) == ROWS
    QTest.mouseClick(view.table.viewport(), LEFT, NONE, row(view, 3))
    QTest.keyClick(view.table, Qt.Key.Key_Up, SHIFT)
    assert copied(opened) == ROWS[2:]
    header = view.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 5, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, NONE, at)
    QTest.mouseClick(header.viewport(), LEFT, NONE, at)
    assert [view.table.model().index(n, 1).data() for n in range(4)] in ([480, 140, 20, 0], [0, 20, 140, 480])
    assert copied(opened) == ROWS[2:]


def test_filter_by_label(opened: Open, qtbot: QtBot) -> None:
    """A chip hides its boxes in picture, list, copies and files; its menu leaves one label only, or shows all."""
    view = view_of(opened)
    assert [one.text() for one in view.labels._buttons] == ["window 1", "button 2", "按钮 1"]
    before = view.picture.viewport().grab().toImage()
    QTest.mouseClick(chip(view, "button 2"), LEFT)
    assert labels(view) == ["window", "按钮"]
    assert copied(opened) == [ROWS[0], ROWS[2]]
    assert json.loads(view.formats()[0].content()) == [ROWS[0], ROWS[2]]
    assert view.picture.viewport().grab().toImage() != before
    point(qtbot, view.picture.viewport(), middle(view, 1), partial(is_lively, view, 0))
    assert not chip(view, "button 2").isChecked()
    chip(view, "按钮 1").customContextMenuRequested.emit(QPoint(2, 2))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Hide", "Only this one", "Show all"]
    menu.actions()[1].trigger()
    menu.close()
    assert labels(view) == ["按钮"]
    opened.answer(State.DONE, said(FOUND), FOUND)
    assert labels(view) == ["按钮"]
    QTest.mouseClick(chip(view, "window 1"), LEFT)
    QTest.mouseClick(chip(view, "button 2"), LEFT)
    assert labels(view) == [line.text for line in FOUND]


def test_another_answer_begins_with_all_labels(opened: Open) -> None:
    """Nothing of the last one is filtered or selected in it."""
    view = view_of(opened)
    QTest.mouseClick(view.picture.viewport(), LEFT, NONE, middle(view, 1))
    QTest.mouseClick(chip(view, "button 2"), LEFT)
    opened.panel.tasks.picked.emit("detect")
    opened.answer(State.RUNNING, "", [])
    assert labels(view) == []
    opened.answer(State.DONE, said(FOUND[::-1]), FOUND[::-1])
    assert labels(view) == [line.text for line in FOUND[::-1]]
    assert view.table.selected == []
    assert list(view.picture._chosen) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[]", "Nothing of that kind was found in this picture."),
        ("```json\n[]\n```", "Nothing of that kind was found in this picture."),
        ("There are no cats here.", "There are no cats here."),
    ],
)
def test_an_answer_without_boxes_is_said(panels: Panels, qtbot: QtBot, text: str, shown: str) -> None:
    """In words, where the list would be; while it streams, JSON is not shown."""
    opened = Open(panels, qtbot, "detect", SHOT)
    opened.answer(State.RUNNING, text, [])
    view = view_of(opened)
    assert view.table.isVisible()
    opened.answer(State.DONE, text, [])
    assert view.words.isVisible()
    assert view.words.toPlainText() == shown
    opened.panel.deeds.copy()
    assert clipboard() == text


@pytest.mark.parametrize("suffix", [".json", ".zip", ".xml", ".csv", ".png"])
def test_save(opened: Open, tmp_path: Path, qtbot: QtBot, suffix: str) -> None:
    """Picking a format in the dialog is enough: the name follows, and the file is of that format."""
    opened.panel.buttons.save.click()
    dialog = opened.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    wanted = next(one for one in dialog.nameFilters() if suffix in one)
    dialog.selectNameFilter(wanted)
    dialog.filterSelected.emit(wanted)
    assert dialog.selectedFiles() == [str(tmp_path / f"shotglass{suffix}")]
    dialog.accept()
    qtbot.waitUntil(lambda: opened.panel.findChild(QFileDialog) is None)
    file = tmp_path / f"shotglass{suffix}"
    assert file.stat().st_size > 50
    if suffix == ".zip":
        assert zipfile.ZipFile(file).testzip() is None
    if suffix == ".png":
        image = QImage(str(file))
        assert image.size().toTuple() == (600, 400)
        assert image.pixelColor(130, 200) == QColor(250, 250, 250)
        colour = QColor(colours_of(line.text for line in FOUND)["button"])
        assert colour.name() in {image.pixelColor(60, y).name() for y in (328, 329, 330)}


def test_two_formats_with_one_ending_are_told_apart(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    """COCO's JSON is written where COCO is picked."""
    opened.panel.buttons.save.click()
    dialog = opened.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(next(one for one in dialog.nameFilters() if one.startswith("COCO")))
    dialog.accept()
    qtbot.waitUntil(lambda: opened.panel.findChild(QFileDialog) is None)
    assert "annotations" in json.loads((tmp_path / "shotglass.json").read_text("utf-8"))


def test_the_panel_has_room_for_the_picture_only_with_a_model(panels: Panels, qtbot: QtBot) -> None:
    """Whole on the screen beside its region; what cannot be asked grows nothing."""
    opened = Open(panels, qtbot, "detect", SHOT)
    assert view_of(opened).picture.width() >= SHOT.width
    assert opened.panel.screen().availableGeometry().contains(opened.panel.frameGeometry())
    opened.answer(State.DONE, said(FOUND), FOUND)
    large = opened.panel.size()
    opened.panel.tasks.picked.emit("text")
    assert opened.panel.height() < large.height()
    panels.set_has_model(False)
    opened.panel.tasks.picked.emit("detect")
    opened.panel.tasks.picked.emit("detect")
    assert opened.panel.height() < large.height()


def test_nothing_is_kept_of_a_picture(panels: Panels, qtbot: QtBot) -> None:
    """Once there is nothing to be shown: neither the Shot's bytes nor its boxes."""
    shot, lines = Shot(3840, 2160, bytes(3840 * 2160 * 3)), [Line(line.text, line.box) for line in FOUND]
    before = sys.getrefcount(shot.rgb), sys.getrefcount(lines[1])
    opened = Open(panels, qtbot, "detect", shot)
    opened.answer(State.DONE, said(lines), lines)
    view = view_of(opened)
    QTest.mouseClick(view.table.viewport(), LEFT, NONE, row(view, 1))
    opened.panel.grab()
    view.formats()[-1].content()
    shown = sys.getrefcount(shot.rgb), sys.getrefcount(lines[1])
    assert shown > before
    opened.panel.clear()
    opened.asked.clear()
    gc.collect()
    after = sys.getrefcount(shot.rgb), sys.getrefcount(lines[1])
    assert after == before
    assert labels(view) == []
