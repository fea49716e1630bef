"""The versions of a page: what each change made of it, and which one is looked at. Pure."""

import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.language import tr, tr_later
from desktop.webpage.edits import EditError, apply, go_on, read_edits, read_whole

UNCHANGED = tr_later("The answer changes nothing in the page; ask again in other words.")


class Version(NamedTuple):
    """A page and the request that made it, '' for the first one."""

    page: str
    request: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions, oldest first, and the number of the one that is looked at."""

    all: tuple[Version, ...] = (Version(""),)
    at: int = 0

    @classmethod
    def begin(cls, answer: str) -> "Versions":
        """The first version; an empty page where words stand in the place of one. Talk around it is gone before."""
        return cls((Version(answer if answer.lstrip().startswith("<") else ""),))

    @property
    def page(self) -> str:
        """The page that is looked at."""
        return self.all[self.at].page

    @property
    def can_undo(self) -> bool:
        """True where an older one is there."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """True where a newer one is there."""
        return self.at < len(self.all) - 1

    def undo(self) -> "Versions":
        """Look at the one before."""
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> "Versions":
        """Look at the one after."""
        return replace(self, at=min(self.at + 1, len(self.all) - 1))

    def take(self, answer: str, request: str) -> "Versions":
        """Look at what an answer makes of the page; the same versions where it holds neither changes nor a page.

        Changes are made to the version that is looked at. The model knows of no undoing: where they fit a later one
        alone, they are made to the newest that they fit. Raises EditError where they fit none or change nothing.
        """
        page = self._changed(answer)
        if not page:
            return self
        if page == self.page:
            raise EditError(tr(UNCHANGED))
        kept = (*self.all[: self.at + 1], Version(page, request))
        return Versions(kept, len(kept) - 1)

    def _changed(self, answer: str) -> str:
        edits = read_edits(answer)
        if not edits:
            return read_whole(answer) or go_on(self.page, answer)
        try:
            return apply(self.page, edits)
        except EditError:
            for later in reversed(self.all[self.at + 1 :]):
                try:
                    return apply(later.page, edits)
                except EditError:
                    continue
            raise

    def changes(self) -> Iterator[str]:
        """The lines that the version looked at changed, each led by "+", "-" or " ", parts set off by "@@"."""
        before = self.all[self.at - 1].page if self.at else ""
        lines = difflib.unified_diff(before.splitlines(), self.page.splitlines(), lineterm="", n=2)
        yield from list(lines)[2:]


def newest_page(answers: Sequence[str]) -> str:
    """The page that the first answer is, with all that the later ones change; '' where none is a page."""
    versions = Versions.begin(answers[0]) if answers else Versions()
    for answer in answers[1:]:
        with suppress(EditError):
            versions = versions.take(answer, "")
    return versions.page
