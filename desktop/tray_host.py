"""Which kind of tray a Linux desktop has, and when one comes: Qt asks once in a process, and never again.

QtDBus is loaded only where no tray of the old kind is there, or the kind is asked for.
"""

import logging
import os

from PySide6.QtCore import QObject, Signal

from desktop.display import on_wayland

log = logging.getLogger(__name__)

WATCHER = "org.kde.StatusNotifierWatcher"
STATUS_NOTIFIER, OLD_TRAY = "StatusNotifierItem", "XEmbed"


def tray_there() -> bool:
    """Whether an icon would be seen now."""
    return _old_tray_there() or _watcher_there()


def tray_kind() -> str:
    """The kind of tray that Qt uses, '' where there is none."""
    if _watcher_there():
        return STATUS_NOTIFIER
    return OLD_TRAY if _old_tray_there() else ""


def has_clipboard_manager() -> bool:
    """Whether a program of an X11 desktop takes over what was copied once its source ends."""
    return _is_owned("CLIPBOARD_MANAGER")


class TrayHost(QObject):
    """`came` once there is a tray of the newer kind; an icon for an old one waits for it by itself."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        super().__init__(parent)
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        self._watcher = QDBusServiceWatcher(WATCHER, QDBusConnection.sessionBus(), mode, self)
        self._watcher.serviceRegistered.connect(lambda _name: self.came.emit())


def _watcher_there() -> bool:
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(WATCHER).value())


def _old_tray_there() -> bool:
    """Programs of Wayland cannot stand in it, and asking would start an X server there."""
    return not on_wayland() and _is_owned("_NET_SYSTEM_TRAY_S{screen}")


def _is_owned(selection: str) -> bool:
    """Tell whether a program owns a selection of the X server; False where there is none."""
    if not os.environ.get("DISPLAY"):
        return False
    from Xlib.display import Display
    from Xlib.error import DisplayError

    try:
        display = Display()
    except (DisplayError, OSError) as error:
        log.info("no X server: %s", error)
        return False
    try:
        atom = display.get_atom(selection.format(screen=display.get_default_screen()))
        return bool(display.get_selection_owner(atom))
    finally:
        display.close()
