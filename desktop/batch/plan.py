"""Where each answer of a batch goes, and which answers are there already."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.batch.sources import Source
from desktop.files import write_atomically
from desktop.job import AnswerKind, Task

_ENDINGS = {
    AnswerKind.TEXT: ".txt",
    AnswerKind.MARKDOWN: ".md",
    AnswerKind.FIELDS: ".txt",
    AnswerKind.TABLE: ".tsv",
    AnswerKind.BOXES: ".boxes.json",
    AnswerKind.HTML: ".html",
    AnswerKind.FORMULA: ".tex",
}
_NO_WORD = re.compile(r"[^\w+#]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A picture and the file for its answer; None is standard output."""

    source: Source
    target: Path | None = None

    @property
    def answered(self) -> bool:
        """True where the file is there and newer than the picture."""
        if self.target is None or self.source.trouble:
            return False
        try:
            return self.target.stat().st_mtime_ns > Path(self.source.path).stat().st_mtime_ns
        except OSError:
            return False

    def keep(self, body: str) -> None:
        """Write an answer to its file, whole or not at all; raises UserError."""
        if self.target is not None:
            write_atomically(self.target, f"{body}\n".encode(errors="backslashreplace"))


def ending(task: Task, chosen: Mapping[str, str], as_json: bool = False) -> str:
    """How the names of a task's answers end: what was asked, then the kind of file.

    What was chosen otherwise than the task offers first is part of it, so that no answer passes for another.
    """
    other = [text for name, text in chosen.items() if text and text != task.options[name][0]]
    words = "".join(f"-{_NO_WORD.sub('-', text).strip('-')[:40]}" for text in other)
    return f".{task.id}{words}{'.json' if as_json else _ENDINGS[task.answer]}"


def plan(sources: Sequence[Source], folder: Path, ending: str) -> Iterator[Item]:
    """An Item a source, no two with the same file, also where a disk takes capitals for small letters."""
    taken: set[str] = set()
    for source in sources:
        number, name = 1, str(source.inside)
        while name.casefold() in taken:
            number += 1
            name = f"{source.inside}-{number}"
        taken.add(name.casefold())
        yield Item(source, folder / f"{name}{ending}")
