"""Package indexes: where the files of packages are, by the pages that pip reads (PEP 503)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from desktop.download.source import HubError, Read, RemoteFile
from desktop.language import tr_later
from desktop.runtime.wheels import Wheel, WheelList


@dataclass(frozen=True, slots=True)
class Indexes:
    """The Source of some wheels: of the indexes at these addresses the first that holds a wheel gives it."""

    addresses: Sequence[str]
    wheels: Sequence[Wheel]

    @property
    def id(self) -> str:
        """See Source."""
        return self.title

    @property
    def title(self) -> str:
        """See Source."""
        return urlsplit(self.addresses[0]).hostname or self.addresses[0]

    async def find(self, read: Read) -> Sequence[tuple[RemoteFile, str]]:
        """See Source."""
        return [
            (RemoteFile(wheel.file, wheel.size, wheel.sha256), await self._find(wheel, read)) for wheel in self.wheels
        ]

    async def _find(self, wheel: Wheel, read: Read) -> str:
        failure = HubError(tr_later("{hub} does not hold {file}"), file=wheel.file)
        for address in self.addresses:
            page = f"{address.rstrip('/')}/{wheel.name}/"
            try:
                links = links_of((await read(page)).decode("utf-8", "replace"), page)
            except HubError as error:
                failure = error
                continue
            if wheel.file in links:
                return links[wheel.file]
        raise failure


def sources_of(wheels: WheelList, index: str) -> Sequence[Indexes]:
    """Where a list's wheels come from: an index of the user's, or '', then those of the list."""
    places = ([index], wheels.indexes) if index else (wheels.indexes,)
    return [Indexes(addresses, wheels.wheels) for addresses in places]


def links_of(text: str, page: str) -> dict[str, str]:
    """The addresses that a page links to, by the names of their files."""
    reader = _Links()
    reader.feed(text)
    addresses = [urljoin(page, link).partition("#")[0] for link in reader.links]
    return {unquote(urlsplit(address).path).rpartition("/")[2]: address for address in addresses}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if (tag, name) == ("a", "href") and value]
