"""Which way to take pictures fits this desktop."""

import sys
from typing import TYPE_CHECKING

from desktop.capture.capture import Capture

if TYPE_CHECKING:
    from desktop.portal.portal import Portal


def choose_capture(portal: "Portal | None") -> Capture:
    """A Capture that asks the portals where there are any, and photographs the screens itself elsewhere."""
    if portal is None:
        return Capture()
    from desktop.capture.wayland import WaylandCamera

    return Capture(wayland=WaylandCamera(portal))


def system_settings(sentence: str) -> str:
    """A link to the page of the system's settings that ends what a capture failed by, '' where there is none."""
    if sys.platform == "darwin":
        from desktop.capture.permission import way_out

        return way_out(sentence)
    return ""
