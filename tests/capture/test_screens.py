"""Pictures of a real screen, and the sentences where there is none."""

import subprocess
import sys

import pytest
from mss import darwin
from pytestqt.qtbot import QtBot

from desktop.capture import screens
from desktop.capture.geometry import Screen
from desktop.capture.screens import NO_DISPLAY, REFUSED, WAYLAND, Camera
from desktop.capture.shot import shot_of
from desktop.errors import UserError
from desktop.job import Box
from tests.capture.backdrop import expected_rgb
from tests.xserver import XServer


def test_the_picture_is_what_stands_on_the_screen(backdrop: XServer, qtbot: QtBot) -> None:
    camera = Camera()
    (picture,) = camera.photograph()
    region = Box(3, 5, 1003, 705)
    assert shot_of(picture, region).rgb == expected_rgb(region)
    assert picture.screen.device == Box(0, 0, 1920, 1080)
    assert camera.photograph("no such screen") == []
    camera.close()


def test_a_dead_x_server_is_one_sentence(qtbot: QtBot) -> None:
    with XServer("1920x1080", bare=True) as server:
        camera = Camera(server.display)
        assert camera.photograph()
        server.kill()
        with pytest.raises(UserError, match=REFUSED):
            camera.photograph()
    with pytest.raises(UserError, match=REFUSED):
        camera.photograph()
    camera.close()


def test_no_display_and_wayland_are_one_sentence_each(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(UserError, match=NO_DISPLAY):
        Camera().photograph()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(UserError, match=WAYLAND):
        Camera().screens()


CHANGES = """
import subprocess
from PySide6.QtWidgets import QApplication
from desktop.capture.screens import Camera
app = QApplication([])
camera = Camera()
def show():
    print(sorted((p.screen.name, *p.screen.device, p.image.width()) for p in camera.photograph()))
def change(*command):
    before = [s.geometry() for s in app.screens()], len(app.screens())
    subprocess.run(["xrandr", *command], check=True, stdout=subprocess.DEVNULL)
    for _ in range(200):
        app.processEvents()
        if ([s.geometry() for s in app.screens()], len(app.screens())) != before:
            break
        subprocess.run(["sleep", "0.01"])
show()
change("--setmonitor", "LEFT", "960/250x1080/290+0+0", "screen")
change("--setmonitor", "RIGHT", "960/250x1080/290+960+0", "none")
show()
change("--delmonitor", "RIGHT")
show()
"""


def test_screens_that_come_and_go_between_captures_are_found() -> None:
    with XServer("1920x1080", bare=True) as server:
        done = subprocess.run(
            [sys.executable, "-c", CHANGES], env=server.environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "[('screen', 0, 0, 1920, 1080, 1920)]",
        "[('LEFT', 0, 0, 960, 1080, 960), ('RIGHT', 960, 0, 1920, 1080, 960)]",
        "[('LEFT', 0, 0, 960, 1080, 960)]",
    ]


@pytest.mark.parametrize(
    ("logical", "scale", "taken", "measured"),
    [
        ((1440, 900), 2.0, (2880, 1800), 2.0),  # macOS, every pixel
        ((1440, 900), 2.0, (1440, 900), 1.0),  # macOS, one pixel a point
        ((911, 512), 1.5, (1366, 768), 1.5),  # a rounded size keeps its scale
        ((1920, 1080), 1.0, (1920, 1080), 1.0),
    ],
)
def test_a_screen_has_the_scale_of_its_picture(
    logical: tuple[int, int], scale: float, taken: tuple[int, int], measured: float
) -> None:
    """Where the system counts otherwise than Qt, what was photographed says how large a pixel is."""
    told = Screen(
        "screen", Box(-100, 0, logical[0] - 100, logical[1]), scale, Box(-100, 0, logical[0] - 100, logical[1])
    )
    screen = screens._measured(told, *taken)
    assert (screen.scale, screen.logical) == (measured, told.logical)
    assert (screen.picture.right, screen.picture.bottom) == taken
    assert screen.to_device(told.logical) == screen.picture


def test_macos_is_asked_for_every_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the options that mss has for it; its other ones stay."""
    monkeypatch.setattr(darwin, "IMAGE_OPTIONS", darwin.IMAGE_OPTIONS)
    before = darwin.IMAGE_OPTIONS
    screens._want_every_pixel()
    assert before - darwin.IMAGE_OPTIONS == darwin.kCGWindowImageNominalResolution
