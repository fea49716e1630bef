"""Whether the servers answer, and what they have; for the doctor and the preferences.

What speaks to them takes 15 MB and is imported when one is asked.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.engine.remote.address import read_address
from desktop.engine.remote.keys import find_key
from desktop.engine.remote.patience import PATIENCE, Patience
from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.engine.remote.server import Server

IN_THE_CLEAR = tr_later("pictures and the key can be read on their way; use an https address")


@dataclass(frozen=True, slots=True)
class Looked:
    """How one server is: `trouble` says why it cannot be used, `warning` what to think of."""

    host: str
    model: str = ""
    models: tuple[str, ...] = ()
    seconds: float = 0.0
    trouble: str = ""
    warning: str = ""

    @property
    def words(self) -> str:
        """One line about it."""
        if self.trouble:
            return self.trouble
        time_ms = round(self.seconds * 1000)
        return tr("{host} answers in {time} ms with {model}", host=self.host, time=time_ms, model=self.model)


def look_at_servers(settings: Settings, patience: Patience = PATIENCE) -> Iterator[Looked]:
    """Every server of the settings, one after another; only its list of models is asked for."""
    import asyncio

    from desktop.engine.remote.server import Server

    for text in settings.servers:
        try:
            address = read_address(text)
            server = Server(address, find_key(settings.server_key, address), settings.server_model, patience)
        except UserError as error:
            yield Looked(text, trouble=str(error))
        else:
            yield asyncio.run(_look(server))


async def _look(server: "Server") -> Looked:
    start = time.monotonic()
    trouble = ""
    try:
        await server.look()
    except UserError as error:
        trouble = str(error)
    finally:
        await server.close()
    models = tuple(model.id for model in server.models)
    warning = "" if server.address.encrypted else tr(IN_THE_CLEAR)
    return Looked(server.host, server.model, models, time.monotonic() - start, trouble, warning)
