"""A screen reader's side: the bus on which programs tell what happens in their windows, and what is heard there."""

import os
import subprocess
import time
from types import TracebackType
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from tests.programs import Programs

REGISTRY = "/usr/libexec/at-spi2-registryd"
EVENTS = "org.a11y.atspi.Event.Object"
_ROOT = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")


class ScreenReader(Programs):
    """Listens to announcements; use it in a `with` statement. `environment` leads a program to it."""

    _connection: DBusConnection

    def __enter__(self) -> "ScreenReader":
        address = f"--address=unix:path={self.folder / 'bus'}"
        bus = self._start("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", address)
        assert bus.stdout is not None
        place = bus.stdout.readline().strip()
        self.environment = {
            "AT_SPI_BUS_ADDRESS": place,
            "DBUS_SESSION_BUS_ADDRESS": place,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        registry = self._start(REGISTRY)
        assert registry.stdout is not None
        registry.stdout.readline()  # it says that it runs
        self._connection = open_dbus_connection(place)
        wish = new_method_call(_ROOT, "RegisterEvent", "sass", ("object:announcement", [], ""))
        self._connection.send_and_get_reply(wish, timeout=10)
        Proxy(message_bus, self._connection).AddMatch(MatchRule(type="signal", interface=EVENTS))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        super().__exit__(kind, error, trace)

    def hear(self, last: str, timeout_s: float = 20) -> list[tuple[str, bool]]:
        """What is announced up to some words, and whether each is urgent; TimeoutError where those never come."""
        heard: list[tuple[str, bool]] = []
        end = time.monotonic() + timeout_s
        while not heard or heard[-1][0] != last:
            message = self._connection.receive(timeout=max(0.01, end - time.monotonic()))
            fields: dict[Any, Any] = message.header.fields
            if message.header.message_type is MessageType.signal and fields[HeaderFields.member] == "Announcement":
                _detail, politeness, _none, (_kind, words), _more = message.body
                heard.append((words, politeness == 2))
        return heard

    def _start(self, *command: str) -> "subprocess.Popen[str]":
        environment = os.environ | self.environment
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._processes.append(process)
        return process
