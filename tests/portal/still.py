"""A stand-in for a desktop whose user may not want things to move: the portal Settings, as it is documented."""

from typing import Any, ClassVar

from jeepney import Message

from tests.portal.scripted import Scripted, serve

SERVICE = "org.freedesktop.portal.Desktop"
PORTAL = "org.freedesktop.portal"


class Still(Scripted):
    """`will` holds what each key is set to; a change of it is told."""

    prefix = PORTAL
    properties: ClassVar = {f"{PORTAL}.Settings": {"version": ("u", 2)}}

    def obey(self, order: dict[str, Any]) -> None:
        super().obey(order)
        for name, value in order.items():
            group, _, key = name.rpartition(" ")
            self.signal("Settings", "SettingChanged", "ssv", group, key, _variant(value))

    def on_Read(self, call: Message) -> None:
        value = self.will.get(" ".join(call.body))
        if value is None:
            self.refuse(call, f"{PORTAL}.Error.NotFound")
        else:
            self.reply(call, "v", ("v", _variant(value)))


def _variant(value: Any) -> tuple[str, Any]:
    return ("b", value) if isinstance(value, bool) else ("u", value)


if __name__ == "__main__":
    serve(Still, SERVICE)
