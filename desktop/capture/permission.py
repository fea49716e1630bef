"""Whether macOS lets this program see the screen; without leave pictures hold the wallpaper alone. Not tried there.

https://developer.apple.com/documentation/coregraphics/cgrequestscreencaptureaccess()
"""

import ctypes
from ctypes import c_bool
from typing import Any

from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.native import declare

CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
PROTOTYPES = {"CGPreflightScreenCaptureAccess": (c_bool,), "CGRequestScreenCaptureAccess": (c_bool,)}
SETTINGS_PAGE = "x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture"
NOT_ALLOWED = tr_later(
    "macOS does not let Shotglass see the screen yet: allow it under Privacy & Security, Screen Recording, "
    "then start Shotglass again."
)
OPEN_SETTINGS = tr_later(' <a href="{page}">Open these settings</a>')


def check_permission(core_graphics: Any = None) -> None:
    """Raise UserError where pictures of the screen are not allowed; macOS asks the user the first time."""
    library = declare(core_graphics or ctypes.CDLL(CORE_GRAPHICS), PROTOTYPES)
    if not (library.CGPreflightScreenCaptureAccess() or library.CGRequestScreenCaptureAccess()):
        raise UserError(tr(NOT_ALLOWED))


def way_out(sentence: str) -> str:
    """A link to the page of the settings that ends this trouble, '' for another one."""
    return tr(OPEN_SETTINGS, page=SETTINGS_PAGE) if sentence == tr(NOT_ALLOWED) else ""
