"""A stand-in for portals newer than any that can be run here, written after their documentation.

Screenshot 3 has targets, GlobalShortcuts 2 a window to configure, and programs register by the name of their entry.
"""

from typing import ClassVar

from jeepney import HeaderFields, Message

from tests.portal.scripted import PATH, Scripted, serve

SERVICE = "org.freedesktop.portal.Desktop"
PORTAL = "org.freedesktop.portal"


class Newer(Scripted):
    """Answers each request at once by its Response; `will` holds `picture` and the `code` of the answers."""

    prefix = PORTAL
    properties: ClassVar = {
        f"{PORTAL}.GlobalShortcuts": {"version": ("u", 2)},
        f"{PORTAL}.Screenshot": {"version": ("u", 3), "AvailableTargets": ("u", 5)},
    }

    def on_Register(self, call: Message) -> None:
        self.reply(call, "")

    def on_CreateSession(self, call: Message) -> None:
        self._respond(call, {"session_handle": ("s", f"{PATH}/session/one")})

    def on_ListShortcuts(self, call: Message) -> None:
        kept = [("text", {"description": ("s", "Text"), "trigger_description": ("s", "Super + T")})]
        self._respond(call, {"shortcuts": ("a(sa{sv})", kept)})

    def on_BindShortcuts(self, call: Message) -> None:
        self._respond(call, {"shortcuts": ("a(sa{sv})", call.body[1])})

    def on_ConfigureShortcuts(self, call: Message) -> None:
        self.reply(call, "")

    def on_Close(self, call: Message) -> None:
        self.reply(call, "")

    def on_Screenshot(self, call: Message) -> None:
        self._respond(call, {"uri": ("s", f"file://{self.will['picture']}")})

    def _respond(self, call: Message, results: dict[str, tuple[str, object]]) -> None:
        sender = call.header.fields[HeaderFields.sender][1:].replace(".", "_")
        path = f"{PATH}/request/{sender}/{call.body[-1]['handle_token'][1]}"
        self.reply(call, "o", path)
        self.signal("Request", "Response", "ua{sv}", self.will.get("code", 0), results, path=path)


if __name__ == "__main__":
    serve(Newer, SERVICE)
