"""Changes to a page as a model writes them: blocks of what to look for and what to put there. Pure."""

import re
from typing import NamedTuple

from desktop.errors import UserError
from desktop.language import tr

_BLOCK = re.compile(
    r"^<{5,9} ?SEARCH[ \t]*\n(?P<search>.*?)(?:^|\n)={5,9}[ \t]*\n(?P<replace>.*?)(?:^|\n)?>{5,9} ?REPLACE[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_OPENED = re.compile(r"^<{5,9} ?SEARCH[ \t]*$", re.MULTILINE)
_WHOLE = re.compile(r"(?:<!doctype\s+html|<html[\s>]).*</html\s*>", re.DOTALL | re.IGNORECASE)
_BEGUN = re.compile(r"^[ \t]*<!doctype\s+html", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_FENCED = re.compile(r"^```[\w-]*[ \t]*\n(?P<inside>.*?)(?:\n```|\Z)", re.DOTALL | re.MULTILINE)
# Fewer characters may be the same by chance, unless a tag begins in them; more are never written again.
_LEAST_SHARED, _MOST_SHARED = 20, 2000


class EditError(UserError):
    """Changes that do not fit the page, which stays as it was."""


class Edit(NamedTuple):
    """Text that stands once in the page, and what comes in its place."""

    search: str
    replace: str


def read_edits(answer: str) -> list[Edit]:
    """The blocks of an answer in their order; none where it has none. Raises EditError for one that is cut off."""
    answer = answer.replace("\r\n", "\n")
    found = [Edit(block["search"], block["replace"]) for block in _BLOCK.finditer(answer)]
    if len(_OPENED.findall(answer)) > len(found):
        raise _refusal(tr("The answer ended in the middle of a change."))
    return found


def apply(page: str, edits: list[Edit]) -> str:
    """The page after all the changes, or none of them. Raises EditError where one does not fit exactly once."""
    for number, edit in enumerate(edits, 1):
        count = page.count(edit.search) if edit.search else 0
        if count != 1:
            raise _refusal(_misfit(number, len(edits), count))
        page = page.replace(edit.search, edit.replace)
    return page


def _misfit(number: int, total: int, count: int) -> str:
    """How one change of some does not fit, which was found `count` times."""
    if total == 1 and count == 0:
        return tr("The change does not fit the page.")
    if total == 1:
        return tr("The change fits {count} places in the page.", count=count)
    if count == 0:
        return tr("Change {number} of {total} does not fit the page.", number=number, total=total)
    return tr("Change {number} of {total} fits {count} places in the page.", number=number, total=total, count=count)


def _refusal(problem: str) -> EditError:
    return EditError(
        tr(
            "{problem} The page stays as it was; ask again in other words, or ask for the whole page.",
            problem=problem,
        )
    )


def read_whole(answer: str) -> str:
    """The page of an answer that holds all of one, or ''. Raises EditError for one that is cut off."""
    found = _WHOLE.search(answer)
    if found is None and _BEGUN.search(answer):
        raise _refusal(tr("The answer ended in the middle of the page."))
    return found[0] if found else ""


def go_on(page: str, answer: str) -> str:
    """A page that was cut off, with the rest of it; '' where it was not, or where the answer is no rest of it.

    A rest ends the page, or begins with what the page ends with, which is not written twice.
    """
    if not page or _END.search(page):
        return ""
    fence = _FENCED.search(answer)
    rest = fence["inside"] if fence else answer
    most = min(len(page), len(rest), _MOST_SHARED)
    shared = next((count for count in range(most, 0, -1) if page.endswith(rest[:count])), 0)
    if "<" not in rest[:shared] and shared < _LEAST_SHARED:
        shared = 0
    end = _END.search(rest)
    return page + rest[shared : end.end() if end else None] if shared or end else ""
