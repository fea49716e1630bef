"""An answer under way: pieces come in on the connection's thread and go out on the session's."""

import threading
import time
from dataclasses import dataclass, field

from desktop.engine.remote.picture import SentPicture
from desktop.engine.remote.schema import Chunk, Usage


@dataclass(slots=True)
class Reply:
    """`news` is shared by all replies of an engine and guards every field.

    `places` are the hosts that the picture was sent to, '' for this computer; `error` is what ended it early.
    """

    news: threading.Condition
    begun: float = field(default_factory=time.monotonic)
    fresh: bool = False
    pieces: list[str] = field(default_factory=list)
    picture: SentPicture | None = None
    places: list[str] = field(default_factory=list)
    host: str = ""
    model: str = ""
    finish: str = ""
    usage: Usage | None = None
    first: float = 0.0
    ended: bool = False
    error: Exception | None = None

    def send(self, picture: SentPicture, host: str, place: str, model: str) -> None:
        """Tell that the picture leaves now, and where to."""
        with self.news:
            self.picture, self.host, self.model = picture, host, model
            self.places.append(place)
            self._tell()

    def take_back(self) -> None:
        """Tell that the picture did not leave after all."""
        with self.news:
            self.places.pop()

    @property
    def place(self) -> str:
        """Where the picture went, in words."""
        return ", ".join(dict.fromkeys(filter(None, self.places)))

    def take(self, chunk: Chunk) -> None:
        """Take a piece of the answer."""
        with self.news:
            self.usage = chunk.usage or self.usage
            for choice in chunk.choices[:1]:
                if choice.delta.content:
                    self.first = self.first or time.monotonic()
                    self.pieces.append(choice.delta.content)
                self.finish = choice.finish_reason or self.finish
            self._tell()

    def end(self, error: Exception | None = None) -> None:
        """Tell that nothing follows."""
        with self.news:
            self.ended, self.error = True, error
            self._tell()

    def drain(self) -> str:
        """What came since the last time."""
        with self.news:
            text, self.pieces, self.fresh = "".join(self.pieces), [], False
        return text

    def _tell(self) -> None:
        self.fresh = True
        self.news.notify_all()
