"""Tokens to text while they come: never a half character, never a special token."""

from tokenizers import Tokenizer

_HALF = "\ufffd"
_KEPT = 8  # tokens decoded together with new ones, since a token's text may depend on the one before


class Detokenizer:
    """Collects tokens; `text` grows by whole characters only."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._from = self._read = 0
        self.text = ""

    def add(self, token: int) -> None:
        """Take one more token."""
        self._ids.append(token)
        before = self._decode(self._from, self._read)
        now = self._decode(self._from, len(self._ids))
        if len(now) > len(before) and not now.endswith(_HALF):
            self._take(now[len(before) :])

    def finish(self) -> None:
        """Take what is left, also where it ends in half a character."""
        self._take(self._decode(self._from, len(self._ids))[len(self._decode(self._from, self._read)) :])

    def head(self, tokens: int) -> str:
        """The text of the first tokens, and of those behind them that end a character."""
        while (text := self._decode(0, tokens)).endswith(_HALF) and tokens < len(self._ids):
            tokens += 1
        return text

    def _take(self, piece: str) -> None:
        self.text += piece
        self._from = max(self._from, len(self._ids) - _KEPT)
        while self._from > 0 and self._decode(self._from, len(self._ids)).startswith(_HALF):
            self._from -= 1
        self._read = len(self._ids)

    def _decode(self, start: int, end: int) -> str:
        return str(self._tokenizer.decode(self._ids[start:end], skip_special_tokens=True))
