"""A program on a session bus that a test tells by lines of JSON what to do, and that says what it is asked."""

import json
import os
import selectors
import sys
from typing import Any, ClassVar

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

PATH = "/org/freedesktop/portal/desktop"


class Scripted:
    """Answers every call by the method `on_<name of the call>`; properties come from `properties`.

    `will` is what the test wants it to do from now on.
    """

    properties: ClassVar[dict[str, dict[str, tuple[str, object]]]]
    prefix = ""

    def __init__(self, connection: DBusConnection) -> None:
        self.connection = connection
        self.will: dict[str, Any] = {}

    def obey(self, order: dict[str, Any]) -> None:
        """Act, or act otherwise from now on."""
        self.will |= order

    def signal(self, interface: str, name: str, signature: str, *body: object, path: str = PATH) -> None:
        """Send a signal."""
        address = DBusAddress(path, interface=f"{self.prefix}.{interface}")
        self.connection.send(new_signal(address, name, signature or None, body))

    def reply(self, call: Message, signature: str, *body: object) -> None:
        """Return values."""
        self.connection.send(new_method_return(call, signature or None, body))

    def refuse(self, call: Message, error: str) -> None:
        """Answer with an error."""
        self.connection.send(new_error(call, error, "s", (call.header.fields[HeaderFields.member],)))

    def answer(self, call: Message) -> None:
        """Answer one call."""
        method = call.header.fields[HeaderFields.member]
        if method == "GetAll":
            self.reply(call, "a{sv}", self.properties.get(call.body[0], {}))
        elif method == "Get" and call.body[1] in self.properties.get(call.body[0], {}):
            self.reply(call, "v", self.properties[call.body[0]][call.body[1]])
        elif handler := getattr(self, f"on_{method}", None):
            say(method, *call.body)
            handler(call)
        else:
            self.refuse(call, "org.freedesktop.DBus.Error.UnknownMethod")


def say(*words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def serve(kind: type[Scripted], name: str) -> None:
    """Own a name on the session bus until standard input ends."""
    connection = open_dbus_connection("SESSION")
    Proxy(message_bus, connection).RequestName(name)
    scripted = kind(connection)
    waiting = selectors.DefaultSelector()
    waiting.register(connection.sock, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    say("ready")
    rest = b""
    while True:
        if any(key.fileobj is sys.stdin for key, _events in waiting.select()):
            data = os.read(sys.stdin.fileno(), 1 << 16)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                scripted.obey(json.loads(line))
                say("obeyed")
        _answer_all(connection, scripted)


def _answer_all(connection: DBusConnection, scripted: Scripted) -> None:
    try:
        while True:
            message = connection.receive(timeout=0)
            if message.header.message_type is MessageType.method_call:
                scripted.answer(message)
    except TimeoutError:
        return
