"""Whether macOS lets this program see the screen; without leave pictures hold the wallpaper alone. Not tried there.

https://developer.apple.com/documentation/coregraphics/cgrequestscreencaptureaccess()
"""

import ctypes
from ctypes import c_bool
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.native import declare
from desktop.permission import Permission

CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
PROTOTYPES = {"CGPreflightScreenCaptureAccess": (c_bool,), "CGRequestScreenCaptureAccess": (c_bool,)}
SETTINGS_PAGE = "x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture"
NOT_ALLOWED = tr_later(
    "macOS does not let Shotglass see the screen yet: allow it under Privacy & Security, Screen Recording, "
    "then start Shotglass again."
)
OPEN_SETTINGS = tr_later(' <a href="{page}">Open these settings</a>')


class MacPermission(QObject):
    """`told` brings how it stands."""

    told = Signal(Permission)

    def look(self) -> None:
        """Tell whether pictures are allowed; nobody is asked."""
        self.told.emit(Permission(is_allowed()))

    def ask(self) -> None:
        """Have macOS ask, which it does once; afterwards its settings decide."""
        try:
            check_permission()
        except UserError as error:
            self.told.emit(Permission(trouble=str(error) + way_out(str(error))))
        else:
            self.told.emit(Permission(allowed=True))


def is_allowed() -> bool:
    """Whether pictures of the screen can be taken without a question."""
    return bool(_load().CGPreflightScreenCaptureAccess())


def check_permission(core_graphics: Any = None) -> None:
    """Raise UserError where pictures of the screen are not allowed; macOS asks the user the first time."""
    library = _load(core_graphics)
    if not (library.CGPreflightScreenCaptureAccess() or library.CGRequestScreenCaptureAccess()):
        raise UserError(tr(NOT_ALLOWED))


def way_out(sentence: str) -> str:
    """A link to the page of the settings that ends this trouble, '' for another one."""
    return tr(OPEN_SETTINGS, page=SETTINGS_PAGE) if sentence == tr(NOT_ALLOWED) else ""


def _load(core_graphics: Any = None) -> Any:
    return declare(core_graphics or ctypes.CDLL(CORE_GRAPHICS), PROTOTYPES)
