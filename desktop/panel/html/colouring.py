"""Colours the source of a page, only those lines that changed."""

from pygments.token import Comment, Keyword, Name, Number, String, _TokenType
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.webpage.lexer import START, Stack, read_line

_COLOURS: dict[bool, dict[_TokenType, str]] = {
    False: {
        Comment: "#6b7380",
        Name.Tag: "#0b5fb0",
        Name.Attribute: "#8a4b08",
        Name.Class: "#0b5fb0",
        Name.Builtin: "#7a2fa0",
        Name.Entity: "#7a2fa0",
        Keyword: "#8a4b08",
        Keyword.Constant: "#7a2fa0",
        String: "#177245",
        Number: "#7a2fa0",
    },
    True: {
        Comment: "#8b95a3",
        Name.Tag: "#7ab8ff",
        Name.Attribute: "#e5b567",
        Name.Class: "#7ab8ff",
        Name.Builtin: "#d3a0ee",
        Name.Entity: "#d3a0ee",
        Keyword: "#e5b567",
        Keyword.Constant: "#d3a0ee",
        String: "#8fd18f",
        Number: "#d3a0ee",
    },
}

# A line that grows is read anew each time; longer ones are pictures as text, or whole pages without a line break.
LONGEST = 5000


class Colouring(QSyntaxHighlighter):
    """Reads each line from where the one before it stopped; Qt asks for what changed, and on while that matters.

    Lines of more than `LONGEST` characters are left plain, as if they were not there.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._dark = False
        # A block keeps a number, which stands for where its line stopped.
        self._stacks: dict[Stack, int] = {START: 0}
        self._formats: dict[_TokenType, QTextCharFormat | None] = {}

    def choose(self, dark: bool) -> None:
        """Use the colours for a dark ground, or a light one."""
        if dark != self._dark:
            self._dark = dark
            self._formats.clear()
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt calls it by name
        """Colour a line."""
        before = max(self.previousBlockState(), 0)
        if len(text) > LONGEST:
            self.setCurrentBlockState(before)
            return
        pieces, stack = read_line(text, list(self._stacks)[before])
        for piece in pieces:
            if chosen := self._format(piece.kind):
                self.setFormat(piece.start, piece.end - piece.start, chosen)
        self.setCurrentBlockState(self._stacks.setdefault(stack, len(self._stacks)))

    def _format(self, kind: _TokenType) -> QTextCharFormat | None:
        if kind not in self._formats:
            colours = _COLOURS[self._dark]
            named = next((one for one in reversed(kind.split()) if one in colours), None)
            self._formats[kind] = chosen = QTextCharFormat() if named else None
            if chosen and named:
                chosen.setForeground(QColor(colours[named]))
        return self._formats[kind]
