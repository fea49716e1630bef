"""Text with its places out of Qwen's document HTML, whose elements carry `data-bbox`. Pure."""

from html.parser import HTMLParser

from desktop.engine.boxes import LabelledBox, Size, place, read_corners
from desktop.engine.html_page import VOID


def read_located_text(text: str, resized: Size, shot: Size) -> tuple[LabelledBox, ...]:
    """Each element with a `data-bbox="x1 y1 x2 y2"`, its own text and its box in the Shot, in the order of the page.

    Text belongs to the innermost such element. Elements outside the picture or with a broken box are left out.
    """
    parser = _Parser()
    parser.feed(text.replace("<![", "&lt;!["))
    found = []
    for numbers, parts in parser.found:
        corners = read_corners(numbers)
        if corners and (box := place(corners, resized, shot)):
            found.append(LabelledBox(" ".join("".join(parts).split()), box))
    return tuple(found)


class _Parser(HTMLParser):
    """Collects elements; `_path` holds the open ones, each with the text it adds to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str]]] = []
        self._path: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parts = self._path[-1][1] if self._path else []
        if numbers := dict(attrs).get("data-bbox"):
            parts = []
            self.found.append((numbers, parts))
        if tag not in VOID:
            self._path.append((tag, parts))
        elif tag == "br":
            parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _parts in self._path):
            while self._path.pop()[0] != tag:
                continue

    def handle_data(self, data: str) -> None:
        if self._path:
            self._path[-1][1].append(data)
