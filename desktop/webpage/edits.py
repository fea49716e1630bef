"""Changes to a page as a model writes them: blocks of what to look for and what to put there. Pure."""

import re
from typing import NamedTuple

from desktop.errors import UserError

_BLOCK = re.compile(
    r"^<{5,9} ?SEARCH[ \t]*\n(?P<search>.*?)(?:^|\n)={5,9}[ \t]*\n(?P<replace>.*?)(?:^|\n)?>{5,9} ?REPLACE[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_OPENED = re.compile(r"^<{5,9} ?SEARCH[ \t]*$", re.MULTILINE)
_WHOLE = re.compile(r"(?:<!doctype\s+html|<html[\s>]).*</html\s*>", re.DOTALL | re.IGNORECASE)
_AGAIN = "The page stays as it was; ask again in other words, or ask for the whole page."


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
        raise EditError(f"The answer ended in the middle of a change. {_AGAIN}")
    return found


def apply(page: str, edits: list[Edit]) -> str:
    """The page after all the changes, or none of them. Raises EditError where one does not fit exactly once."""
    for number, edit in enumerate(edits, 1):
        count = page.count(edit.search) if edit.search else 0
        if count != 1:
            which = f"Change {number} of {len(edits)}" if len(edits) > 1 else "The change"
            said = "does not fit the page" if count == 0 else f"fits {count} places in the page"
            raise EditError(f"{which} {said}. {_AGAIN}")
        page = page.replace(edit.search, edit.replace)
    return page


def read_whole(answer: str) -> str:
    """The page of an answer that holds all of one, or ''."""
    found = _WHOLE.search(answer)
    return found[0] if found else ""
