"""Which way to take pictures fits this desktop."""

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
