"""The entry in the registry of Windows; written against Microsoft's documentation, not tried there."""

import subprocess
from importlib import import_module
from typing import Any

from desktop.autostart.api import own_command
from desktop.errors import UserError
from desktop.language import tr

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the Task Manager keeps what the user switched off: the first byte of such a value is odd.
_SWITCHES = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_NAME = "Shotglass"


class RunKey:
    """A value of the key whose commands Windows starts when the user logs in."""

    def __init__(self) -> None:
        self._registry: Any = import_module("winreg")

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""
        switch = self._value(_SWITCHES)
        return self._value(_KEY) is not None and not (isinstance(switch, bytes) and switch[:1] and switch[0] & 1)

    @property
    def lost(self) -> str:
        """None: whoever removes the program removes its value."""
        return ""

    def turn(self, on: bool) -> None:
        """Set the value or delete it; raises UserError."""
        registry = self._registry
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, _KEY) as key:
                if on:
                    self._forget(_SWITCHES)
                    registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, subprocess.list2cmdline(own_command()))
                elif self._value(_KEY) is not None:
                    registry.DeleteValue(key, _NAME)
        except OSError as error:
            reason = error.strerror
            raise UserError(tr("Windows does not let the autostart be changed: {reason}.", reason=reason)) from error

    def _value(self, path: str) -> object:
        """What our value holds in a key; None where it is not there."""
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                return self._registry.QueryValueEx(key, _NAME)[0]
        except OSError:
            return None

    def _forget(self, path: str) -> None:
        if self._value(path) is not None:
            with self._registry.CreateKey(self._registry.HKEY_CURRENT_USER, path) as key:
                self._registry.DeleteValue(key, _NAME)
