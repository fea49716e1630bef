"""The entry in the registry of Windows; written against Microsoft's documentation, not tried there."""

import subprocess
from importlib import import_module
from typing import Any

from desktop.autostart.api import own_command
from desktop.errors import UserError
from desktop.language import tr

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "Shotglass"


class RunKey:
    """A value of the key whose commands Windows starts when the user logs in."""

    def __init__(self) -> None:
        self._registry: Any = import_module("winreg")

    def is_on(self) -> bool:
        """True where the program starts with the desktop."""
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, _KEY) as key:
                self._registry.QueryValueEx(key, _NAME)
        except OSError:
            return False
        return True

    def turn(self, on: bool) -> None:
        """Set the value or delete it; raises UserError."""
        registry = self._registry
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, _KEY) as key:
                if on:
                    registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, subprocess.list2cmdline(own_command()))
                elif self.is_on():
                    registry.DeleteValue(key, _NAME)
        except OSError as error:
            reason = error.strerror
            raise UserError(tr("Windows does not let the autostart be changed: {reason}.", reason=reason)) from error
