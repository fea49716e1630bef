"""A scripted desktop behind the real xdg-desktop-portal: the part of the portals that a desktop has to do."""

import time
from typing import Any, ClassVar

from jeepney import Message
from jeepney.io.blocking import DBusConnection

from tests.portal.scripted import Scripted, serve

NAME = "org.freedesktop.impl.portal.desktop.scripted"
IMPL = "org.freedesktop.impl.portal"
CALM: dict[str, Any] = {"picture": "", "deny": 0, "silent": False, "drop": [], "empty": False, "code": 0, "token": ""}
"""What it does unless told otherwise: `deny` is the code of its answers, `drop` names shortcuts it does not take.
Shortcuts that it took it tells with `code`, and not at all while it is `empty`.

While it is `silent` a picture that is asked for is kept waiting; the order `answer` is the code that ends that.
"""


class Backend(Scripted):
    """Orders: press, close, change, forget, answer; everything else stays in `will`."""

    prefix = IMPL
    properties: ClassVar = {
        f"{IMPL}.GlobalShortcuts": {"version": ("u", 1)},
        f"{IMPL}.Screenshot": {"version": ("u", 2)},
        f"{IMPL}.Access": {"version": ("u", 1)},
    }

    def __init__(self, connection: DBusConnection) -> None:
        super().__init__(connection)
        self.will = dict(CALM)
        self.session = ""
        self.kept: list[tuple[str, dict[str, tuple[str, str]]]] = []
        self.waiting: list[Message] = []

    def obey(self, order: dict[str, Any]) -> None:
        if name := order.pop("press", ""):
            options = {"activation_token": ("s", self.will["token"])} if self.will["token"] else {}
            self.signal("GlobalShortcuts", "Activated", "osta{sv}", self.session, name, int(time.time()), options)
        if order.pop("close", False):
            self.signal("Session", "Closed", "", path=self.session)
        if trigger := order.pop("change", ""):
            self.kept = [(name, {**values, "trigger_description": ("s", trigger)}) for name, values in self.kept]
            self.signal("GlobalShortcuts", "ShortcutsChanged", "oa(sa{sv})", self.session, self.kept)
        if order.pop("forget", False):
            self.kept, self.waiting = [], []
        if code := order.pop("answer", 0):
            for call in self.waiting:
                self.reply(call, "ua{sv}", code, {})
            self.waiting = []
        super().obey(order)

    def on_CreateSession(self, call: Message) -> None:
        self.session = call.body[1]
        self.reply(call, "ua{sv}", 0, {})

    def on_ListShortcuts(self, call: Message) -> None:
        self.reply(call, "ua{sv}", 0, {"shortcuts": ("a(sa{sv})", self.kept)})

    def on_BindShortcuts(self, call: Message) -> None:
        if self.will["deny"]:
            self.reply(call, "ua{sv}", self.will["deny"], {})
            return
        asked = {name: values for name, values in call.body[2] if name not in self.will["drop"]}
        self.kept = [
            (
                name,
                {
                    "description": values["description"],
                    "trigger_description": values.get("preferred_trigger", ("s", "")),
                },
            )
            for name, values in asked.items()
        ]
        answer = [] if self.will["empty"] else self.kept
        self.reply(call, "ua{sv}", self.will["code"], {"shortcuts": ("a(sa{sv})", answer)})

    def on_AccessDialog(self, call: Message) -> None:
        self.reply(call, "ua{sv}", self.will["deny"], {})

    def on_Screenshot(self, call: Message) -> None:
        if self.will["silent"]:
            self.waiting.append(call)
        else:
            self.reply(call, "ua{sv}", self.will["deny"], {"uri": ("s", f"file://{self.will['picture']}")})

    def on_Close(self, call: Message) -> None:
        self.reply(call, "")


if __name__ == "__main__":
    serve(Backend, NAME)
