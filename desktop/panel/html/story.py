"""What a conversation made of a page, followed as it goes on; no Qt."""

from desktop.job import State
from desktop.panel.conversation import Conversation, Exchange
from desktop.webpage.edits import EditError
from desktop.webpage.versions import Versions


class Story:
    """The versions of the page; `problem` is why the newest answer changed nothing, `said` one that is only words."""

    def __init__(self) -> None:
        self.versions = Versions()
        self.problem = ""
        self.said: Exchange | None = None
        self._taken: tuple[Exchange, ...] = ()

    def follow(self, talk: Conversation | None) -> None:
        """Take in what was said since; another conversation begins anew."""
        exchanges = talk.exchanges if talk else ()
        if not exchanges or exchanges[: len(self._taken)] != self._taken:
            self.versions, self._taken = Versions(), ()
            self.problem, self.said = "", None
        if talk is None:
            return
        if not self._taken:
            first = exchanges[0]
            self.versions = Versions.begin(first.answer)
            self.said = None if self.versions.page or not talk.latest.state.final else first
            self._taken = exchanges[:1] if len(exchanges) > 1 else ()
        done = exchanges if talk.latest.state is State.DONE else exchanges[:-1]
        if self._taken:
            for exchange in done[len(self._taken) :]:
                self._take(exchange)
            if len(self._taken) < len(exchanges):
                self.problem, self.said = "", _if_words(exchanges[-1])

    def undo(self) -> None:
        """Go back to the version before."""
        self.versions = self.versions.undo()

    def redo(self) -> None:
        """Go on to the version after."""
        self.versions = self.versions.redo()

    def _take(self, exchange: Exchange) -> None:
        before = self.versions
        self._taken = (*self._taken, exchange)
        self.problem, self.said = "", None
        try:
            self.versions = before.take(exchange.answer, exchange.question)
        except EditError as error:
            self.problem = str(error)
        else:
            self.said = exchange if self.versions is before else None


def _if_words(exchange: Exchange) -> Exchange | None:
    """An answer that grows, where it begins neither as changes nor as a page."""
    start = exchange.answer.lstrip()[:1]
    return None if start in ("", "<", "`") else exchange
