"""What the disk refuses while files come, in sentences."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.amounts import size_in_words
from desktop.engine.api import EngineError
from desktop.language import tr, tr_later

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Raise EngineError where writing inside fails."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            words = tr_later(
                "The disk of {folder} is full; free some space and start the download again, it goes on there."
            )
        else:
            words = tr_later("Shotglass cannot write to {folder} ({reason}); make that folder yours.")
        raise EngineError(tr(words, folder=folder, reason=error.strerror or error)) from error


def free_bytes(folder: Path) -> int:
    """What is free where the folder is or will be."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return shutil.disk_usage(there).free


def check_space(name: str, folder: Path, missing_bytes: int) -> None:
    """Raise EngineError where the disk of a folder has no room for what is missing of something."""
    free = free_bytes(folder)
    if free < missing_bytes:
        words = tr_later(
            "{model} needs {missing} more on the disk of {folder}, where {free} are free; "
            "free some space and start the download again."
        )
        missing = size_in_words(missing_bytes)
        raise EngineError(tr(words, model=name, folder=folder, missing=missing, free=size_in_words(free)))
