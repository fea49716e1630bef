"""The leave of a Wayland desktop to take pictures of the screen."""

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.foreign_window import ForeignWindow, name_active_window
from desktop.permission import Permission
from desktop.portal.errors import PortalError
from desktop.portal.portal import Portal
from desktop.portal.screenshot import INTERFACE, take_screenshot

DIALOG_S = 600.0


class PortalPermission(QObject):
    """`told` brings how it stands; what it is before somebody asked, no program can know."""

    told = Signal(Permission)
    _arrived = Signal(object)

    def __init__(self, portal: Portal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._portal = portal
        self._pending: Future[Permission | None] | None = None
        self._window: ForeignWindow | None = None
        self._arrived.connect(self._tell)

    def look(self) -> None:
        """Tell that the user can be asked, where this desktop has a portal for pictures."""
        self._wait_for(self._portal.submit(_look))

    def ask(self) -> None:
        """Have the desktop ask, over the window that has the keyboard; the picture itself is thrown away."""
        if self._pending and not self._pending.done():
            return
        self._window = name_active_window()
        handle = self._window.handle if self._window else ""
        self._wait_for(self._portal.submit(partial(_ask, handle=handle)))

    def _wait_for(self, pending: "Future[Permission | None]") -> None:
        self._pending = pending
        pending.add_done_callback(self._arrived.emit)

    def _tell(self, done: "Future[Permission | None]") -> None:
        if self._window:
            self._window.close()
        self._window = None
        if not done.cancelled() and (permission := done.result()):
            self.told.emit(permission)


async def _look(portal: Portal) -> Permission | None:
    try:
        return Permission() if await (await portal.desk()).version(INTERFACE) else None
    except PortalError:
        return None


async def _ask(portal: Portal, handle: str) -> Permission:
    try:
        await take_screenshot(await portal.desk(), parent_window=handle, wait_s=DIALOG_S)
    except PortalError as error:
        return Permission(trouble=str(error))
    return Permission(allowed=True)
