"""A Capture that asks the portal: what the desktop says becomes its signals; ways to a picture; one picture divided."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.capture.capture import Capture
from desktop.capture.choose import choose_capture
from desktop.capture.division import divide
from desktop.capture.geometry import Screen
from desktop.capture.sources import NO_WAY
from desktop.job import Box
from desktop.portal.desk import REFUSED
from desktop.portal.portal import Portal
from tests.capture.backdrop import expected_rgb
from tests.portal.desktop import PortalDesktop


@pytest.fixture
def capture(portal: Portal, qtbot: QtBot) -> Iterator[Capture]:
    capture = choose_capture(portal)
    yield capture
    capture.close()


def paint(path: Path, portals: PortalDesktop) -> None:
    """The picture that the desktop hands out: the backdrop on the one screen of these tests."""
    rgb = expected_rgb(Box(0, 0, 1920, 1080))
    assert QImage(rgb, 1920, 1080, 1920 * 3, QImage.Format.Format_RGB888).save(str(path))
    portals.do(picture=str(path))


def test_a_no_fails_with_one_sentence_and_is_not_gone_round(
    capture: Capture, portals: PortalDesktop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grim = tmp_path / "grim"
    grim.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    grim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    portals.do(deny=2)
    with qtbot.waitSignal(capture.failed) as failed:
        capture.begin("text")
    assert failed.args == [REFUSED]
    assert not capture.busy
    assert not (tmp_path / "ran").exists()


def test_without_any_way_one_sentence_says_what_to_install(
    capture: Capture, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    with qtbot.waitSignal(capture.failed) as failed:
        capture.begin("text")
    assert failed.args == [NO_WAY]


def test_a_capture_under_way_is_only_pointed_elsewhere(
    capture: Capture, portals: PortalDesktop, qtbot: QtBot, tmp_path: Path
) -> None:
    """Two presses of a key are one picture; Esc ends it, also while the desktop still thinks."""
    paint(tmp_path / "screen.png", portals)
    with qtbot.waitSignal(capture.shown):
        capture.begin("text")
        capture.begin("code")
    assert len(portals.asked("Screenshot")) == 1
    with qtbot.waitSignal(capture.cancelled):
        capture.cancel()
    portals.do(silent=True)
    capture.begin("text")
    qtbot.wait(200)
    with qtbot.waitSignal(capture.cancelled):
        capture.cancel()
    assert not capture.busy


def test_one_picture_is_divided_among_screens_of_many_scales() -> None:
    """Negative origins, the largest scale exact, smaller ones back at their own size."""
    left = Screen("left", Box(-800, -50, 0, 400), 2.0, Box(-800, -50, 800, 850))
    right = Screen("right", Box(0, 0, 640, 360), 1.0, Box(0, 0, 640, 360))
    whole = QImage(2880, 900, QImage.Format.Format_RGB32)
    for y in range(900):
        for x in range(0, 2880, 7):
            whole.setPixel(x, y, 0xFF000000 | (x * 31 + y * 7) & 0xFFFFFF)
    first, second = divide(whole, [left, right])
    assert first.image == whole.copy(0, 0, 1600, 900)
    assert (first.screen.scale, first.screen.picture) == (2.0, Box(0, 0, 1600, 900))
    assert (second.screen.scale, second.screen.picture) == (1.0, Box(0, 0, 640, 360))


def test_a_fraction_of_a_scale_is_found_in_the_picture() -> None:
    """Qt rounds the scale of a Wayland screen up; the picture has the real one."""
    screen = Screen("only", Box(0, 0, 1280, 720), 2.0, Box(0, 0, 2560, 1440))
    (picture,) = divide(QImage(1920, 1080, QImage.Format.Format_RGB32), [screen])
    assert (picture.screen.scale, picture.screen.picture) == (1.5, Box(0, 0, 1920, 1080))
