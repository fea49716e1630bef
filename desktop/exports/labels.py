"""Labels and names as files of boxes can hold them; pure."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from desktop.job import Line, Shot
from desktop.picture import EXTENSIONS

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # which XML 1.0 cannot hold, or no line can
UNNAMED = "object"


def label_of(line: Line) -> str:
    """The label on one line, never empty."""
    return " ".join(_UNWRITABLE.sub(" ", line.text).split()) or UNNAMED


def classes_of(found: Iterable[Line]) -> list[str]:
    """Each label once, in the order in which they came."""
    return list(dict.fromkeys(map(label_of, found)))


def picture_name(shot: Shot) -> str:
    """The name of the file that the Shot came from, or the one that it would be given."""
    name = PurePath(shot.source).name
    return name if PurePath(name).suffix.lower() in EXTENSIONS else "shotglass.png"
