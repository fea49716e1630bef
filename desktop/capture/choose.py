"""Which way to take pictures fits this desktop."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.capture.capture import Capture

if TYPE_CHECKING:
    from desktop.capture.permission import MacPermission
    from desktop.capture.portal_permission import PortalPermission
    from desktop.portal.portal import Portal


def choose_capture(portal: "Portal | None") -> Capture:
    """A Capture that asks the portals where there are any, and photographs the screens itself elsewhere."""
    if portal is None:
        return Capture()
    from desktop.capture.wayland import WaylandCamera

    return Capture(wayland=WaylandCamera(portal))


def choose_permission(
    portal: "Portal | None", parent: QObject | None = None
) -> "PortalPermission | MacPermission | None":
    """The leave to take pictures; None where the system asks nobody for it."""
    if portal:
        from desktop.capture.portal_permission import PortalPermission

        return PortalPermission(portal, parent)
    if sys.platform == "darwin":
        from desktop.capture.permission import MacPermission

        return MacPermission(parent)
    return None


def system_settings(sentence: str) -> str:
    """A link to the page of the system's settings that ends what a capture failed by, '' where there is none."""
    if sys.platform == "darwin":
        from desktop.capture.permission import way_out

        return way_out(sentence)
    return ""
