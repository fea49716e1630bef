"""Copies entries of the history out of it: each as its picture, its text and its JSON, in a folder or a .zip."""

import io
import json
import re
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.history.entry import Entry
from desktop.history.picture import image_of
from desktop.history.reader import Reader
from desktop.job import AnswerKind, Line, Shot
from desktop.language import tr, tr_later
from desktop.panel.conversation import Conversation
from desktop.webpage.versions import newest_page

_ODD = re.compile(r"[^\w-]")
Progress = Callable[[int], None]
Files = Iterator[tuple[str, bytes]]


def export(reader: Reader, entries: Sequence[int], path: Path, progress: Progress, halted: threading.Event) -> None:
    """Write the entries to `path`, all or none: into a .zip where it is named so, else into a new folder.

    `progress` hears how many are done. Raises UserError where it cannot be written, or was halted.
    """
    write = _write_zip if path.suffix.lower() == ".zip" else _write_folder
    if path.is_dir() and (write is _write_zip or any(path.iterdir())):
        raise UserError(tr("The folder {path} is there already; choose another name for the export.", path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".shotglass-") as folder:
            made = Path(folder) / "export"
            write(made, _files(reader, entries, progress, halted))
            made.replace(path)
    except OSError as error:
        words = tr_later("Could not export to {path}: {reason}; choose another place.")
        raise UserError(tr(words, path=path, reason=error.strerror or error)) from error


def _write_zip(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files:
            how = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)


def _write_folder(path: Path, files: Files) -> None:
    path.mkdir()
    for name, content in files:
        (path / name).write_bytes(content)


def _files(reader: Reader, entries: Sequence[int], progress: Progress, halted: threading.Event) -> Files:
    """Names and contents, three an entry and a page where it made one; those that are gone meanwhile are left out."""
    taken: dict[str, int] = {}
    for done, number in enumerate(entries, 1):
        if halted.is_set():
            raise UserError(tr("The export was stopped; nothing was written."))
        entry = reader.entry(number)
        if entry is not None:
            stem = f"{entry.created:%Y-%m-%d-%H%M%S}-{_ODD.sub('', entry.task)}"
            taken[stem] = taken.get(stem, 0) + 1
            name = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
            talk = reader.conversation(number)
            yield f"{name}.png", _png(talk.job.shot)
            answers = [said.answer for said in talk.exchanges if talk.task.answer is AnswerKind.HTML]
            if page := newest_page(answers):
                yield f"{name}.html", f"{page}\n".encode()
            yield f"{name}.txt", f"{talk.transcript}\n".encode()
            yield f"{name}.json", json.dumps(_values(entry, talk, f"{name}.png"), indent=2, ensure_ascii=False).encode()
        progress(done)


def _png(shot: Shot) -> bytes:
    buffer = io.BytesIO()
    image_of(shot).save(buffer, "PNG")
    return buffer.getvalue()


def _values(entry: Entry, talk: Conversation, picture: str) -> dict[str, Any]:
    shot = talk.job.shot
    return {
        "task": entry.task,
        "title": entry.title,
        "created": entry.created.astimezone().isoformat(timespec="seconds"),
        "favourite": entry.favourite,
        "engine": talk.latest.engine,
        "picture": {"file": picture, "width": shot.width, "height": shot.height, "source": shot.source},
        "exchanges": [
            {
                "task": turn.task.id,
                "question": said.question,
                "chosen": dict(turn.chosen),
                "answer": said.answer,
                "words": turn.answer,
                "lines": [_line(line) for line in said.lines],
            }
            for turn, said in zip(talk.job.turns(talk.latest.words), talk.exchanges, strict=True)
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    box = line.box
    return {"text": line.text, "x": box.left, "y": box.top, "width": box.width, "height": box.height, "code": line.code}
