"""A scripted desktop behind the real xdg-desktop-portal: its part of the portals, run as a process of its own.

Lines of JSON on standard input change it (`{"picture": PATH, "deny": true, …}`) or let it act (`{"press": "text"}`);
what the portal asks of it is written to standard output, one line of JSON each.
"""

import json
import os
import selectors
import sys
import time
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

NAME = "org.freedesktop.impl.portal.desktop.scripted"
PATH = "/org/freedesktop/portal/desktop"
IMPL = "org.freedesktop.impl.portal"
VERSIONS = {f"{IMPL}.GlobalShortcuts": 1, f"{IMPL}.Screenshot": 2, f"{IMPL}.Access": 1}


class Backend:
    """What the desktop would do, as the test tells it."""

    def __init__(self, connection: DBusConnection) -> None:
        self.connection = connection
        self.will: dict[str, Any] = {"picture": "", "deny": 0, "silent": False, "drop": [], "empty": False, "token": ""}
        self.session = ""
        self.kept: list[tuple[str, dict[str, tuple[str, str]]]] = []

    def obey(self, line: str) -> None:
        """Do what the test says."""
        order: dict[str, Any] = json.loads(line)
        if name := order.pop("press", ""):
            options = {"activation_token": ("s", self.will["token"])} if self.will["token"] else {}
            self.signal("GlobalShortcuts", "Activated", "osta{sv}", self.session, name, int(time.time()), options)
        if order.pop("close", False):
            self.signal("Session", "Closed", "", path=self.session)
        if (trigger := order.pop("change", "")) and self.kept:
            self.kept = [(name, {**values, "trigger_description": ("s", trigger)}) for name, values in self.kept]
            self.signal("GlobalShortcuts", "ShortcutsChanged", "oa(sa{sv})", self.session, self.kept)
        if order.pop("forget", False):
            self.kept = []
        self.will |= order
        say("obeyed")

    def signal(self, interface: str, name: str, signature: str, *body: object, path: str = PATH) -> None:
        """Send a signal to the portal."""
        address = DBusAddress(path, interface=f"{IMPL}.{interface}")
        self.connection.send(new_signal(address, name, signature or None, body))

    def answer(self, call: Message) -> None:
        """Answer one call of the portal."""
        fields = call.header.fields
        method, interface = fields[HeaderFields.member], fields.get(HeaderFields.interface, "")
        if method == "GetAll":
            version = VERSIONS.get(call.body[0], 1)
            self.reply(call, "a{sv}", {"version": ("u", version)})
        elif handler := getattr(self, f"on_{method}", None):
            say(method, *json.loads(json.dumps(call.body)))
            handler(call)
        else:
            self.connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (f"{interface}.{method}",)))

    def reply(self, call: Message, signature: str, *body: object) -> None:
        """Return values."""
        self.connection.send(new_method_return(call, signature or None, body))

    def on_CreateSession(self, call: Message) -> None:  # noqa: N802
        self.session = call.body[1]
        self.reply(call, "ua{sv}", 0, {})

    def on_ListShortcuts(self, call: Message) -> None:  # noqa: N802
        self.reply(call, "ua{sv}", 0, {"shortcuts": ("a(sa{sv})", self.kept)})

    def on_BindShortcuts(self, call: Message) -> None:  # noqa: N802
        if self.will["deny"]:
            self.reply(call, "ua{sv}", self.will["deny"], {})
            return
        asked = {name: values for name, values in call.body[2] if name not in self.will["drop"]}
        self.kept = [
            (name, {"description": values["description"], "trigger_description": values.get("preferred_trigger", ("s", ""))})
            for name, values in asked.items()
        ]
        answer = [] if self.will["empty"] else self.kept
        self.reply(call, "ua{sv}", 0, {"shortcuts": ("a(sa{sv})", answer)})

    def on_AccessDialog(self, call: Message) -> None:  # noqa: N802
        self.reply(call, "ua{sv}", self.will["deny"], {})

    def on_Screenshot(self, call: Message) -> None:  # noqa: N802
        if self.will["silent"]:
            return
        self.reply(call, "ua{sv}", self.will["deny"], {"uri": ("s", f"file://{self.will['picture']}")})

    def on_Close(self, call: Message) -> None:  # noqa: N802
        self.reply(call, "")


def say(*words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    connection = open_dbus_connection("SESSION")
    Proxy(message_bus, connection).RequestName(NAME)
    backend = Backend(connection)
    waiting = selectors.DefaultSelector()
    waiting.register(connection.sock, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    say("ready")
    rest = b""
    while True:
        for key, _events in waiting.select():
            if key.fileobj is sys.stdin:
                data = os.read(sys.stdin.fileno(), 1 << 16)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    backend.obey(line.decode())
        try:
            while message := connection.receive(timeout=0):
                if message.header.message_type is MessageType.method_call:
                    backend.answer(message)
        except TimeoutError:
            continue


if __name__ == "__main__":
    main()
