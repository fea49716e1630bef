"""A conversation in Markdown as a list of pieces, of which a growing answer changes only the last; no Qt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.exports.markdown import parse
from desktop.language import tr
from desktop.panel.code_colours import colour
from desktop.panel.conversation import MARK, Exchange
from desktop.panel.run import Run

if TYPE_CHECKING:
    from markdown_it.token import Token

BULLET = "•"


class Kind(Enum):
    """How a piece is set."""

    TEXT = auto()
    HEADING = auto()
    BAR = auto()
    CODE = auto()
    RULE = auto()
    TABLE = auto()
    QUESTION = auto()


class Cell(NamedTuple):
    """One cell of a table; `align` is "left", "center", "right" or ""."""

    runs: tuple[Run, ...]
    align: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, one line of code, the bar above code, or a table.

    `level` is that of a heading, `depth` how many lists and quotes it stands in, `marker` what stands before the first
    paragraph of a list's item. `close` pieces stand close to the one above.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    depth: int = 0
    marker: str = ""
    close: bool = False
    quoted: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()


class Growing:
    """The pieces of one exchange; while its answer grows only the end of it is parsed again."""

    def __init__(self) -> None:
        self._said = Exchange("", "")
        self._done = False
        self._start = 0
        self._settled: list[Piece] = []
        self._definitions: dict[str, Any] = {}
        self._pieces: tuple[Piece, ...] = ()

    def feed(self, said: Exchange, done: bool) -> tuple[Piece, ...]:
        """The pieces of the exchange as it stands now."""
        said = Exchange(said.question, said.answer.replace("\r\n", "\n").replace("\r", "\n"))
        if (said, done) != (self._said, self._done):
            self._pieces = (*_question(said.question), *self._grow(said, done))
            self._said, self._done = said, done
        return self._pieces

    def _grow(self, said: Exchange, done: bool) -> Iterator[Piece]:
        """Blocks before the last two are settled: a line that becomes an item may join the list before it."""
        old, new = self._said, said.answer
        if self._done or said.question != old.question or not new.startswith(old.answer):
            self._start, self._settled, self._definitions = 0, [], {}
        rest = new[self._start :]
        blocks = list(_blocks(parse(rest, self._definitions)))
        for block in blocks[:-2]:
            self._settled += _Walk().pieces(block, done=True)
        if len(blocks) > 2:
            line = (blocks[-2][0].map or [0])[0]
            self._start += sum(len(one) + 1 for one in rest.split("\n")[:line])
        if done and self._definitions:  # of links, which may stand behind what they are for
            yield from _Walk().pieces(parse(new, {}), done=True)
            return
        yield from self._settled
        for block in blocks[-2:]:
            yield from _Walk().pieces(block, done=done or block is not blocks[-1])


def _question(question: str) -> tuple[Piece, ...]:
    return (Piece(Kind.QUESTION, (Run(f"{MARK}{question}", bold=True),)),) if question else ()


def _blocks(tokens: "Iterable[Token]") -> "Iterator[list[Token]]":
    """The tokens of each outermost block."""
    block: list[Token] = []
    level = 0
    for token in tokens:
        block.append(token)
        level += token.nesting
        if level == 0:
            yield block
            block = []


class _Walk:
    """Goes through tokens and makes pieces of them."""

    def __init__(self) -> None:
        self._lists: list[int] = []
        self._quotes = 0
        self._marker = ""
        self._first = True

    def pieces(self, tokens: "Sequence[Token]", done: bool) -> list[Piece]:
        """The pieces of some blocks; code is coloured where it is `done`."""
        made: list[Piece] = []
        for place, token in enumerate(tokens):
            if token.type in ("fence", "code_block"):
                made += self._code(token, done)
            elif token.type == "hr":
                made.append(self._piece(Kind.RULE))
            elif token.type == "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                made.append(replace(self._piece(Kind.TABLE), rows=tuple(_rows(tokens[place:end]))))
            elif token.type == "inline" and tokens[place - 1].type == "paragraph_open":
                close = tokens[place - 1].hidden and not self._first
                made.append(replace(self._piece(Kind.TEXT), runs=tuple(_runs(token)), close=close))
            elif token.type == "inline" and tokens[place - 1].type == "heading_open":
                level = int(tokens[place - 1].tag[1:])
                made.append(replace(self._piece(Kind.HEADING), runs=tuple(_runs(token)), level=level))
            else:
                self._step(token)
        return made

    def _step(self, token: "Token") -> None:
        """Go into lists, items and quotes and out of them."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._first = not self._lists
            self._lists.append(int(token.attrs.get("start", 1)) if token.type[0] == "o" else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            number = self._lists[-1]
            self._marker = f"{number}." if number or token.markup in (".", ")") else BULLET
            self._lists[-1] += bool(number or token.markup in (".", ")"))
        elif token.type in ("blockquote_open", "blockquote_close"):
            self._quotes += token.nesting

    def _piece(self, kind: Kind) -> Piece:
        marker, self._marker, self._first = self._marker, "", False
        return Piece(kind, depth=len(self._lists) + self._quotes, marker=marker, quoted=self._quotes > 0)

    def _code(self, token: "Token", done: bool) -> Iterator[Piece]:
        language = token.info.strip().split(" ")[0]
        yield replace(self._piece(Kind.BAR), runs=(Run(language or tr("code")),))
        line = self._piece(Kind.CODE)
        code = token.content.removesuffix("\n")
        for runs in colour(code, language) if done else [(Run(text),) for text in code.split("\n")]:
            yield replace(line, runs=tuple(runs))


def _rows(tokens: "Sequence[Token]") -> Iterator[tuple[Cell, ...]]:
    row: list[Cell] = []
    for place, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            head = token.type == "th_open"
            runs = tuple(run._replace(bold=head or run.bold) for run in _runs(tokens[place + 1]))
            row.append(Cell(runs, str(token.attrs.get("style", "")).removeprefix("text-align:")))
        elif token.type == "tr_close":
            yield tuple(row)
            row = []


def _runs(inline: "Token") -> Iterator[Run]:
    """The text of a paragraph by its looks; a break inside it is U+2028, as Qt has it."""
    looks = Run("")
    for token in inline.children or ():
        name = token.type.rpartition("_")[0]
        if name == "strong":
            looks = looks._replace(bold=token.nesting > 0)
        elif name == "em":
            looks = looks._replace(italic=token.nesting > 0)
        elif name == "s":
            looks = looks._replace(struck=token.nesting > 0)
        elif name == "link":
            looks = looks._replace(link=str(token.attrs.get("href", "")))
        elif token.type in ("softbreak", "hardbreak"):
            yield looks._replace(text="\u2028")
        elif token.type == "image":
            yield looks._replace(text=token.content or tr("picture"), link=str(token.attrs.get("src", "")))
        elif token.content:
            yield looks._replace(text=token.content, code=token.type == "code_inline")
