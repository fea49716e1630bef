"""Whether things may move by themselves: not where the user asks the system for rest."""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QCoreApplication, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCall, QDBusVariant

_STILL = "still"
_CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")
_RESTS: dict[tuple[str, str], Callable[[object], bool]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: value == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
}
"""The settings of a Linux desktop that ask for rest, each with the value that does."""


def still() -> bool:
    """True where nothing shall move by itself now."""
    application = QCoreApplication.instance()
    return application is not None and bool(application.property(_STILL))


class Motion(QObject):
    """Switches the effects of menus, lists and tips off where the user wants rest; on Linux it follows every change."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._effects = application.isEffectEnabled(Qt.UIEffect.UI_General)
        self._wishes: dict[tuple[str, str], bool] = {}
        if sys.platform == "win32":
            self._be(still=not _windows_moves())
        elif sys.platform == "darwin":
            self._be(still=_mac_rests())
        else:
            self._listen()

    def _be(self, still: bool) -> None:
        QApplication.instance().setProperty(_STILL, still)  # type: ignore[union-attr]  # it is the parent
        QApplication.setEffectEnabled(Qt.UIEffect.UI_General, self._effects and not still)

    def _listen(self) -> None:
        """Ask the portal of the desktop, where one runs, and hear of changes."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.sessionBus()
        service, path, interface = _PORTAL
        bus.connect(service, path, interface, "SettingChanged", self, SLOT("_hear(QDBusMessage)"))  # type: ignore[call-overload]
        for name in _RESTS:
            question = QDBusMessage.createMethodCall(*_PORTAL, "Read")
            question.setArguments(list(name))
            question.setAutoStartService(False)
            self._await(name, bus.asyncCall(question))

    def _await(self, name: tuple[str, str], asked: "QDBusPendingCall") -> None:
        from PySide6.QtDBus import QDBusPendingCallWatcher

        watcher = QDBusPendingCallWatcher(asked, self)

        def take() -> None:
            if not watcher.isError():
                self._take(name, watcher.reply().arguments()[0])
            watcher.deleteLater()

        watcher.finished.connect(take)

    @Slot("QDBusMessage")
    def _hear(self, message: "QDBusMessage") -> None:
        group, key, value = message.arguments()
        self._take((group, key), value)

    def _take(self, name: tuple[str, str], value: "QDBusVariant | object") -> None:
        """Take over what a setting is now; the older way to ask wraps its value twice."""
        if name in _RESTS:
            while hasattr(value, "variant"):
                value = value.variant()
            self._wishes[name] = _RESTS[name](value)
            self._be(still=any(self._wishes.values()))


def _windows_moves() -> bool:
    """Written against Microsoft's documentation, not tried."""
    moves = ctypes.c_int(1)
    windows: object = getattr(ctypes, "windll").user32  # noqa: B009 - there on Windows alone
    windows.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)  # type: ignore[attr-defined]
    return bool(moves.value)


def _mac_rests() -> bool:
    """Written against Apple's documentation, not tried."""
    command = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    return asked.stdout.strip() == "1"
