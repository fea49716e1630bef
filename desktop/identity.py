"""What this process is to its desktop: on Windows an app of its own, on macOS one without a place in the Dock.

Elsewhere the desktop entry says so. By the documentation of both systems, not tried there:
https://learn.microsoft.com/windows/win32/shell/appids
https://developer.apple.com/documentation/appkit/nsapplication/activationpolicy-swift.enum/accessory
"""

import ctypes
import sys
from ctypes import CFUNCTYPE, c_bool, c_char_p, c_long, c_void_p, c_wchar_p
from typing import Any

from desktop.desktop_entry import APP_ID
from desktop.native import declare

OBJC = "/usr/lib/libobjc.A.dylib"
ACCESSORY = 1
_SHELL32 = {"SetCurrentProcessExplicitAppUserModelID": (c_long, c_wchar_p)}
_OBJC = {"objc_getClass": (c_void_p, c_char_p), "sel_registerName": (c_void_p, c_char_p)}


def introduce() -> None:
    """Tell the desktop, once there is a QApplication and before its first window."""
    if sys.platform == "win32":
        join_taskbar(ctypes.WinDLL("shell32"))
    elif sys.platform == "darwin":
        leave_dock(ctypes.CDLL(OBJC))


def join_taskbar(shell32: Any) -> None:
    """Have windows and messages stand under our own name instead of Python's."""
    declare(shell32, _SHELL32).SetCurrentProcessExplicitAppUserModelID(APP_ID)


def leave_dock(objc: Any) -> None:
    """Be an accessory: an icon in the menu bar, none in the Dock; `[NSApp setActivationPolicy: …]`."""
    declare(objc, _OBJC)
    send = ctypes.cast(objc.objc_msgSend, c_void_p).value or 0  # each message has the prototype of its method
    ask, order = CFUNCTYPE(c_void_p, c_void_p, c_void_p)(send), CFUNCTYPE(c_bool, c_void_p, c_void_p, c_long)(send)
    application = ask(objc.objc_getClass(b"NSApplication"), objc.sel_registerName(b"sharedApplication"))
    order(application, objc.sel_registerName(b"setActivationPolicy:"), ACCESSORY)
