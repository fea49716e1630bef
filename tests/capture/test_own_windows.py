"""Our windows and the pictures of Windows, at the border of user32 and dwmapi; the windows themselves are real."""

import sys
from ctypes import c_int, c_long, c_uint, c_void_p
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.capture import own_windows
from desktop.capture.own_windows import left_out
from desktop.capture.screens import Camera
from tests.native_library import c_library


class Compositor:
    """Which windows pictures lack, and in which frame."""

    def __init__(self) -> None:
        self.affinity: dict[int, int] = {}
        self.frames: list[dict[int, int]] = []
        self.user32: Any = c_library({"SetWindowDisplayAffinity": (c_int, (c_void_p, c_uint), self.set_affinity)})
        self.dwmapi: Any = c_library({"DwmFlush": (c_long, (), self.flush)})

    def set_affinity(self, window: int, affinity: int) -> int:
        self.affinity[window] = affinity
        return 1

    def flush(self) -> int:
        self.frames.append(dict(self.affinity))
        return 0


@pytest.fixture
def windows(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    """One that is shown and one that is hidden."""
    shown, hidden = QWidget(), QWidget()
    for window in (shown, hidden):
        qtbot.addWidget(window)
        window.winId()
    shown.show()
    return shown, hidden


def test_shown_windows_are_not_in_the_picture(windows: tuple[QWidget, QWidget]) -> None:
    """From the frame before the picture on, and only until it is taken, whatever happens then."""
    compositor, shown = Compositor(), windows[0].winId()
    with pytest.raises(ValueError, match="the picture failed"), left_out(compositor.user32, compositor.dwmapi, 19041):
        assert compositor.frames == [{shown: 0x11}]
        raise ValueError("the picture failed")
    assert compositor.affinity == {shown: 0}


def test_older_windows_would_paint_them_black(windows: tuple[QWidget, QWidget]) -> None:
    compositor = Compositor()
    with left_out(compositor.user32, compositor.dwmapi, 18363):
        assert (compositor.affinity, compositor.frames) == ({}, [])


def test_without_windows_nothing_is_waited_for(qtbot: QtBot) -> None:
    compositor = Compositor()
    with left_out(compositor.user32, compositor.dwmapi, 22631):
        assert compositor.frames == []


def test_pictures_are_taken_without_them(windows: tuple[QWidget, QWidget], monkeypatch: pytest.MonkeyPatch) -> None:
    compositor, shown = Compositor(), windows[0].winId()
    monkeypatch.setattr(own_windows, "left_out", partial(left_out, compositor.user32, compositor.dwmapi, 26100))
    monkeypatch.setattr(sys, "platform", "win32")
    camera = Camera()
    assert len(camera.photograph()) == 1
    camera.close()
    assert compositor.frames == [{shown: 0x11}]
    assert compositor.affinity == {shown: 0}
