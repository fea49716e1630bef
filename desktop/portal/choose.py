"""Whether this desktop is asked for keys and pictures through portals."""

from typing import TYPE_CHECKING

from desktop.display import on_wayland

if TYPE_CHECKING:
    from desktop.portal.portal import Portal


def choose_portal() -> "Portal | None":
    """The portals of a Wayland desktop; None elsewhere, where nothing of them is loaded."""
    if not on_wayland():
        return None
    from desktop.portal.portal import Portal

    return Portal()
