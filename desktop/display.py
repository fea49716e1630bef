"""Whether there is a desktop to draw on; Qt would abort the process where there is none."""

import os
import sys

from desktop.errors import UserError
from desktop.language import tr, tr_later

HEADLESS = tr_later(
    "There is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set); `shotglass text FILE` works without one."
)


def on_wayland() -> bool:
    """Whether this is a Wayland desktop, where a program asks for keys and pictures instead of taking them."""
    return sys.platform == "linux" and bool(os.environ.get("WAYLAND_DISPLAY"))


def check_display() -> None:
    """Raise UserError where no window can be shown."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return
    name = os.environ.get("DISPLAY")
    if not name:
        raise UserError(tr(HEADLESS))
    from Xlib.display import Display
    from Xlib.error import DisplayError

    try:
        Display(name).close()
    except (DisplayError, OSError) as error:
        raise UserError(
            tr("The X server {name} cannot be reached; check DISPLAY, or log in to the desktop again.", name=name)
        ) from error
