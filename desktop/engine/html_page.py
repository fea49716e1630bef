"""The HTML page inside an answer, whole or still being written. Pure."""

import re
from html.parser import HTMLParser

from desktop.engine.chatter import fenced, unfence

_DOCUMENT = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_STYLED = re.compile(r"</head\s*>|</html\s*>", re.IGNORECASE)
_SHEET = re.compile(r"^[ \t]*```css[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"<[a-z][\w-]*(?:[\s>]|/>)", re.IGNORECASE)
_CLOSING_FENCE = re.compile(r"\n[ \t]*(?:```[ \t]*(?:\n.*)?|`{1,2})\Z", re.DOTALL)
_CUT_TAG = re.compile(r"</?[a-z]*\s*\Z", re.IGNORECASE)
_PAGE = '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"></head>\n<body>\n{}\n</body>\n</html>'
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_RAW = ("script", "style")
# Elements that end where the next one of their kind begins.
_ENDS_ITSELF = frozenset(["p", "li", "td", "th", "tr", "option", "dt", "dd"])


def read_page(text: str) -> str:
    """The page of an answer, a fragment made into a page; empty where there is no HTML.

    It goes from the doctype or `<html>` to `</html>`, or as far as it was written. Style sheets that stand in fences
    beside it are put into it.
    """
    page, sheets = _page_alone(text), _SHEET.findall(text)
    place = _STYLED.search(page) if sheets else None
    if place is None:
        return page
    style = "<style>\n{}\n</style>\n".format("\n\n".join(sheets))
    return page[: place.start()] + style + page[place.start() :]


def _page_alone(text: str) -> str:
    start = _DOCUMENT.search(text)
    if start is None:
        fragment = "\n\n".join(block for block in fenced(text) if _TAG.search(block)) or unfence(text)
        tag = _TAG.search(fragment)
        return _PAGE.format(close_tags(fragment[tag.start() :].strip())) if tag else ""
    if end := _END.search(text, start.end()):
        return text[start.start() : end.end()]
    page = text[start.start() :]
    return _CLOSING_FENCE.sub("", page) if "```" in text[: start.start()] else page


def preview_page(text: str) -> str:
    """The page of an answer with its open tags closed, so that it can be drawn while it is written."""
    return close_tags(read_page(text))


def close_tags(html: str) -> str:
    """HTML without the tag that is cut off at its end, and with every open element closed."""
    parser = _OpenTags()
    # The parser of some Python versions fails on marked sections; a declaration ends the same way.
    parser.feed(html.replace("<![", "<!x"))
    rest = len(html) - len(parser.rawdata)
    whole = html[:rest] + _whole_part(html[rest:], parser.open[-1:])
    return whole + "".join(f"</{tag}>" for tag in reversed(parser.open))


def _whole_part(rest: str, inside: list[str]) -> str:
    """What can be drawn of the end that the parser could not take."""
    if inside and inside[0] in _RAW:
        return _CUT_TAG.sub("", rest)
    return rest.partition("<")[0]


class _OpenTags(HTMLParser):
    """Follows which elements are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _ENDS_ITSELF and self.open[-1:] == [tag]:
            self.open.pop()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stays open."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                continue
