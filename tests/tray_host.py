"""A desktop's tray that speaks StatusNotifierItem, scripted on a session bus: it comes when a test lets it."""

from typing import Any, ClassVar

from jeepney import DBusAddress, HeaderFields, Message, Properties, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.portal.desktop import ScriptedDesktop
from tests.portal.scripted import Scripted, serve

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"


class Watcher(Scripted):
    """Orders: `host`, whether there is such a tray."""

    properties: ClassVar = {
        WATCHER: {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
            "RegisteredStatusNotifierItems": ("as", []),
        }
    }

    def obey(self, order: dict[str, Any]) -> None:
        if "host" in order:
            bus = Proxy(message_bus, self.connection)
            bus.RequestName(WATCHER) if order["host"] else bus.ReleaseName(WATCHER)
        super().obey(order)

    def on_RegisterStatusNotifierItem(self, call: Message) -> None:  # noqa: N802 - D-Bus names the methods
        self.reply(call, "")


class TrayDesktop(ScriptedDesktop):
    """The bus; what the desktop does with an icon is asked of the last one that came."""

    program = "tests.tray_host"

    def icons(self) -> list[str]:
        """The names on the bus of the icons that came."""
        return [str(arguments[0]) for arguments in self.asked("RegisterStatusNotifierItem")]

    def title(self) -> str:
        """What the icon says of itself."""
        return str(self._ask(Properties(self._item(ITEM, "/StatusNotifierItem")).get("Title")).body[0][1])

    def click(self) -> None:
        """Click on the icon with the left button."""
        self._ask(new_method_call(self._item(ITEM, "/StatusNotifierItem"), "Activate", "ii", (10, 10)))

    def menu(self) -> dict[str, int]:
        """The numbers of the menu's entries by their words, submenus left out."""
        menu = self._item(MENU, "/MenuBar")
        layout = self._ask(new_method_call(menu, "GetLayout", "iias", (0, 1, ["label"]))).body[1]
        return {entry[1][1]["label"][1]: entry[1][0] for entry in layout[2] if "label" in entry[1][1]}

    def choose(self, words: str) -> None:
        """Choose an entry of the menu."""
        event = (self.menu()[words], "clicked", ("s", ""), 0)
        self._ask(new_method_call(self._item(MENU, "/MenuBar"), "Event", "isvu", event))

    def _item(self, interface: str, path: str) -> DBusAddress:
        return DBusAddress(path, self.icons()[-1], interface)

    def _ask(self, call: Message) -> Message:
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            reply = connection.send_and_get_reply(call, timeout=60)
        assert HeaderFields.error_name not in reply.header.fields, reply.body
        return reply


if __name__ == "__main__":
    serve(Watcher, "org.shotglass.TrayOfTests")
