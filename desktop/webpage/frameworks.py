"""CSS frameworks that pages take from a CDN, and the files that ship in their place. Pure."""

import re
from typing import NamedTuple

from desktop import paths
from desktop.webpage.tailwind import bracket_sheet


class Framework(NamedTuple):
    """A file of `resources/frameworks`, its MIME type, and the addresses that mean it."""

    file: str
    mime: str
    address: re.Pattern[str]


TAILWIND = "tailwind.css"
FRAMEWORKS = (
    Framework(TAILWIND, "text/css", re.compile(r"tailwind", re.IGNORECASE)),
    Framework(
        "bootstrap.bundle.min.js",
        "text/javascript",
        re.compile(r"/bootstrap(?:\.bundle)?(?:\.min)?\.js(?:[?#]|\Z)", re.IGNORECASE),
    ),
    Framework("bootstrap.min.css", "text/css", re.compile(r"/bootstrap(?:\.min)?\.css(?:[?#]|\Z)", re.IGNORECASE)),
)
_TAG = re.compile(
    r"""<(?:link|script)\b[^>]*?\s(?:href|src)\s*=\s*["']?((?:https?:)?//[^"'\s>]+)[^>]*>(?:\s*</script\s*>)?""",
    re.IGNORECASE,
)
_LINK = {
    "text/css": '<link rel="stylesheet" href="{}">',
    "text/javascript": '<script src="{}"></script>',
}


def localize(page: str, place: str) -> tuple[str, frozenset[str]]:
    """The page with its links to frameworks led to the files at `place` (such as "css/"), and the files it uses."""
    used: set[str] = set()

    def replace(tag: re.Match[str]) -> str:
        found = next((one for one in FRAMEWORKS if one.address.search(tag[1])), None)
        if found is None:
            return tag[0]
        used.add(found.file)
        more = bracket_sheet(page) if found.file == TAILWIND else ""
        return _LINK[found.mime].format(f"{place}{found.file}") + (f"<style>{more}</style>" if more else "")

    return _TAG.sub(replace, page), frozenset(used)


def content(file: str) -> bytes:
    """The bytes of a framework's file. Raises KeyError for a name that is none of them."""
    known = {one.file: one for one in FRAMEWORKS}[file]
    return (paths.resources() / "frameworks" / known.file).read_bytes()
