"""What an answer names that can be opened or copied by itself: codes, addresses of pages and of people; no Qt."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from desktop.job import Line

_OPENABLE = {"http", "https", "mailto"}
_STOPS = r"\s<>\"'`，。；：！？、（）《》「」【】“”‘’"
_HOST = rf"[^{_STOPS}/?#\u2e80-\uffef]+"  # Chinese right behind a host is no part of the address, in its path it is
_ADDRESS = re.compile(
    rf"(?<![a-zA-Z0-9])(?:(?P<page>(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.(?=[^.]+\.)){_HOST}(?:[/?#][^{_STOPS}]*)?)"
    r"|(?P<person>(?:mailto:)?[a-zA-Z0-9._%+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+))"
)
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class Finding(NamedTuple):
    """What stands in the answer, what a code is called, and what a click opens, '' where nothing may be opened."""

    text: str
    code: str = ""
    link: str = ""


def find_all(text: str, lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Codes first, then addresses, in their order; each text once."""
    codes = (Finding(line.text, line.code, link_of(line.text)) for line in lines if line.code)
    found: dict[str, Finding] = {}
    for finding in (*codes, *_addresses(text)):
        found.setdefault(finding.text, finding)
    return tuple(found.values())


def link_of(text: str) -> str:
    """What a click on the text opens: a page, or a letter without attachments; '' where it is neither."""
    link = text.strip()
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _OPENABLE or re.search(r"\s", link):
        return ""
    if parts.scheme.lower() == "mailto":
        return "" if "attach" in parts.query.lower() or "@" not in parts.path else link
    return link if parts.hostname else ""


def _addresses(text: str) -> Iterator[Finding]:
    for match in _ADDRESS.finditer(text):
        said = _without_end(match[0])
        if match["person"]:
            yield Finding(said.removeprefix("mailto:"), "", link_of(f"mailto:{said.removeprefix('mailto:')}"))
        elif match["page"]:
            yield Finding(said, "", link_of(said if "://" in said else f"https://{said}"))


def _without_end(address: str) -> str:
    """The address without the signs of the sentence around it."""
    while address and (address[-1] in ".,;:!?…*_|" or address.count(address[-1]) > address.count(_opener(address))):
        address = address[:-1]
    return address


def _opener(address: str) -> str:
    """The sign that the last one closes; the last one itself where it closes nothing."""
    return _CLOSERS.get(address[-1], address[-1])
