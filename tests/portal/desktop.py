"""A desktop with portals: a session bus of its own, the real xdg-desktop-portal, and a scripted backend behind it."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from jeepney import DBusAddress, Properties, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.portal.backend import IMPL, NAME
from tests.xserver import wait_until

SERVICE = "org.freedesktop.portal.Desktop"
_PROGRAMS = ("/usr/libexec/xdg-desktop-portal", "/usr/lib/xdg-desktop-portal")
_PORTAL = f"""[portal]
DBusName={NAME}
Interfaces={IMPL}.GlobalShortcuts;{IMPL}.Screenshot;{IMPL}.Access;
UseIn=scripted
"""


class PortalDesktop:
    """Use it in a `with` statement; `environment` leads programs to its bus."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.environment: dict[str, str] = {}
        self.said: list[list[Any]] = []
        self._bus: subprocess.Popen[str] | None = None
        self._backend: subprocess.Popen[str] | None = None
        self._frontend: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "PortalDesktop":
        (self.folder / "scripted.portal").write_text(_PORTAL)
        kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.environment = kept | {
            "XDG_DESKTOP_PORTAL_DIR": str(self.folder),
            "XDG_CURRENT_DESKTOP": "scripted",
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "GIO_USE_VFS": "local",
        }
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        self._bus = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        assert self._bus.stdout
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._backend = subprocess.Popen(
            [sys.executable, "-m", "tests.portal.backend"], env=self.environment, text=True, **pipes
        )
        self._wait_for("ready")
        self.start_frontend()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._frontend, self._backend, self._bus):
            if process:
                process.kill()
                process.communicate()
        with contextlib.suppress(OSError):  # the document portal may still hold a folder of its own in there
            self._folder.cleanup()

    def start_frontend(self) -> None:
        """Start the real portal."""
        program = next((program for program in _PROGRAMS if shutil.which(program)), "")
        assert program, "xdg-desktop-portal is missing: run installer/test.py, which installs it"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._frontend = subprocess.Popen([program], env=self.environment, **quiet)
        wait_until(self._answers, "the portal")

    def stop_frontend(self) -> None:
        """Let the real portal die."""
        assert self._frontend
        self._frontend.kill()
        self._frontend.wait()

    def do(self, **order: object) -> None:
        """Let the backend do something, or do it otherwise from now on."""
        assert self._backend
        assert self._backend.stdin
        self._backend.stdin.write(json.dumps(order) + "\n")
        self._backend.stdin.flush()
        self._wait_for("obeyed")

    def asked(self, method: str) -> list[list[Any]]:
        """The calls of a method that the portal made so far, each as its arguments."""
        self.do()
        return [words[1:] for words in self.said if words[0] == method]

    def _wait_for(self, word: str) -> None:
        assert self._backend
        assert self._backend.stdout
        while True:
            words = json.loads(self._backend.stdout.readline())
            if words[0] == word:
                return
            self.said.append(words)

    def _answers(self) -> bool:
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            if not Proxy(message_bus, connection).NameHasOwner(SERVICE)[0]:
                return False
            portal = DBusAddress("/org/freedesktop/portal/desktop", SERVICE, "org.freedesktop.portal.GlobalShortcuts")
            reply = connection.send_and_get_reply(Properties(portal).get("version"))
            return bool(reply.body and reply.body[0] == ("u", 1))
