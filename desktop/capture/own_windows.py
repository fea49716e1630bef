"""Leaves the windows of this program out of its pictures on Windows; by Microsoft's documentation, not tried there.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-setwindowdisplayaffinity
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_long, wintypes
from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop.native import declare

WDA_NONE, WDA_EXCLUDEFROMCAPTURE = 0x00, 0x11
FIRST_BUILD = 19041  # Windows 10 2004; before it such a window is a black one in pictures
USER32 = {"SetWindowDisplayAffinity": (wintypes.BOOL, wintypes.HWND, wintypes.DWORD)}
DWMAPI = {"DwmFlush": (c_long,)}


@contextmanager
def left_out(user32: Any = None, dwmapi: Any = None, build: int = 0) -> Iterator[None]:
    """While this lasts no window of ours is in a picture, though the user sees them all; what is not given is found."""
    if sys.platform == "win32":
        user32 = user32 or ctypes.WinDLL("user32")
        dwmapi = dwmapi or ctypes.WinDLL("dwmapi")
        build = build or sys.getwindowsversion().build
    ours: list[int] = []
    if build >= FIRST_BUILD:
        declare(user32, USER32)
        shown = [int(window.winId()) for window in QGuiApplication.topLevelWindows() if window.isVisible()]
        ours = [handle for handle in shown if user32.SetWindowDisplayAffinity(handle, WDA_EXCLUDEFROMCAPTURE)]
    try:
        if ours:
            declare(dwmapi, DWMAPI).DwmFlush()  # the next frame is the first one without them
        yield
    finally:
        for handle in ours:
            user32.SetWindowDisplayAffinity(handle, WDA_NONE)
