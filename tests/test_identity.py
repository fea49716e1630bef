"""What this process tells Windows and macOS of itself, at the borders of their libraries."""

from ctypes import c_char_p, c_long, c_void_p, c_wchar_p

from desktop.identity import introduce, join_taskbar, leave_dock
from tests.native_library import c_library


def test_the_taskbar_knows_the_app() -> None:
    """By the name that the installer gives to its shortcut."""
    told: list[str] = []

    def take(name: str) -> int:
        told.append(name)
        return 0

    join_taskbar(c_library({"SetCurrentProcessExplicitAppUserModelID": (c_long, (c_wchar_p,), take)}))
    assert told == ["org.shotglass.Shotglass"]


def test_the_dock_has_no_icon() -> None:
    """NSApplication's shared instance becomes an accessory; the addresses need all their bits."""
    names = {b"NSApplication": 0x7F0000001000, b"sharedApplication": 0x7F0000002000}
    names[b"setActivationPolicy:"] = 0x7F0000003000
    application, sent = 0x7F0000004000, []

    def message(receiver: int, selector: int, value: int) -> int:
        sent.append((receiver, selector, value & 0xFFFFFFFF))
        return application

    leave_dock(
        c_library(
            {
                "objc_getClass": (c_void_p, (c_char_p,), names.__getitem__),
                "sel_registerName": (c_void_p, (c_char_p,), names.__getitem__),
                "objc_msgSend": (c_void_p, (c_void_p, c_void_p, c_long), message),
            }
        )
    )
    assert sent[0][:2] == (names[b"NSApplication"], names[b"sharedApplication"])
    assert sent[1] == (application, names[b"setActivationPolicy:"], 1)
    assert len(sent) == 2


def test_elsewhere_nothing_is_told() -> None:
    introduce()
