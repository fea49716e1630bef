"""A desktop with portals: a session bus with a scripted program, behind the real portal or in its place."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Properties, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.portal.backend import IMPL, NAME
from tests.programs import Programs
from tests.xserver import wait_until

SERVICE = "org.freedesktop.portal.Desktop"
_PROGRAMS = ("/usr/libexec/xdg-desktop-portal", "/usr/lib/xdg-desktop-portal")
_PORTAL = f"""[portal]
DBusName={NAME}
Interfaces={IMPL}.GlobalShortcuts;{IMPL}.Screenshot;{IMPL}.Access;
UseIn=scripted
"""


class ScriptedDesktop(Programs):
    """A bus with one scripted program; use it in a `with` statement. `environment` leads programs to the bus."""

    program = "tests.portal.newer"

    def __init__(self) -> None:
        super().__init__()
        self.said: list[list[Any]] = []

    def __enter__(self) -> Self:
        kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.environment = kept | {
            "XDG_DESKTOP_PORTAL_DIR": str(self.folder),
            "XDG_CURRENT_DESKTOP": "scripted",
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "GIO_USE_VFS": "local",
        }
        address = f"--address=unix:path={self.folder / 'bus'}"  # goes with the folder
        bus = self._start("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", address)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self._scripted = self._start(sys.executable, "-m", self.program)
        self._wait_for("ready")
        return self

    def do(self, **order: object) -> None:
        """Let the scripted program do something, or do it otherwise from now on."""
        self._scripted.stdin.write(json.dumps(order) + "\n")
        self._scripted.stdin.flush()
        self._wait_for("obeyed")

    def asked(self, method: str) -> list[list[Any]]:
        """The calls of a method so far, each as its arguments."""
        self.do()
        return [words[1:] for words in self.said if words[0] == method]

    def _wait_for(self, word: str) -> None:
        while (words := json.loads(self._scripted.stdout.readline()))[0] != word:
            self.said.append(words)

    def _start(self, *command: str) -> Any:
        process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._processes.append(process)
        return process


class PortalDesktop(ScriptedDesktop):
    """The real xdg-desktop-portal in front of the scripted backend."""

    program = "tests.portal.backend"

    def __enter__(self) -> Self:
        (self.folder / "scripted.portal").write_text(_PORTAL)
        super().__enter__()
        self.start_frontend()
        return self

    def start_frontend(self) -> None:
        """Start the real portal."""
        program = next((program for program in _PROGRAMS if shutil.which(program)), "")
        assert program, "xdg-desktop-portal is missing: run installer/test.py, which installs it"
        self._frontend = self._start(program)
        wait_until(self._answers, "the portal")

    def stop_frontend(self) -> None:
        """Let the real portal die."""
        self._frontend.kill()
        self._frontend.communicate()
        self._processes.remove(self._frontend)

    def forget_permissions(self) -> None:
        """Let the portal ask again whether pictures may be taken."""
        store = DBusAddress(
            "/org/freedesktop/impl/portal/PermissionStore",
            "org.freedesktop.impl.portal.PermissionStore",
            "org.freedesktop.impl.portal.PermissionStore",
        )
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            reply = connection.send_and_get_reply(new_method_call(store, "Delete", "ss", ("screenshot", "screenshot")))
            name = reply.header.fields.get(HeaderFields.error_name, "")
            assert name in ("", "org.freedesktop.portal.Error.NotFound"), name

    def _answers(self) -> bool:
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            if not Proxy(message_bus, connection).NameHasOwner(SERVICE)[0]:
                return False
            portal = DBusAddress("/org/freedesktop/portal/desktop", SERVICE, "org.freedesktop.portal.GlobalShortcuts")
            reply = connection.send_and_get_reply(Properties(portal).get("version"))
            return bool(reply.body and reply.body[0] == ("u", 1))
