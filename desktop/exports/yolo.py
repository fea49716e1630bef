"""Boxes as a YOLO dataset of one picture; pure."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from desktop.exports.labels import classes_of, label_of, picture_name
from desktop.job import Line, Shot


def to_yolo(shot: Shot, found: Sequence[Line]) -> bytes:
    """A zip as Ultralytics lays it out (docs.ultralytics.com/datasets/detect), which CVAT imports, too.

    `labels/train/NAME.txt` holds a line a box: class, then the middle and the size in shares of the picture's sides.
    The classes stand in data.yaml, and line by line in classes.txt. The folders for validation are there and empty:
    trainers ask for them, and one picture must not be in both.
    """
    classes = classes_of(found)
    name = PurePath(picture_name(shot)).stem
    files = {
        "data.yaml": _settings(classes),
        "classes.txt": "".join(f"{label}\n" for label in classes),
        f"labels/train/{name}.txt": "".join(_row(classes.index(label_of(line)), line, shot) for line in found),
        "images/val/": "",
        "labels/val/": "",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text.encode(), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo(f"images/train/{name}.png"), _png(shot))
    return content.getvalue()


def _settings(classes: Sequence[str]) -> str:
    """YAML, in which what stands in JSON's quotes is text whatever it looks like."""
    names = "".join(f"\n  {number}: {json.dumps(label, ensure_ascii=False)}" for number, label in enumerate(classes))
    return f"train: images/train\nval: images/val\nnames:{names or ' {}'}\n"


def _row(number: int, line: Line, shot: Shot) -> str:
    box = line.box
    middle = (box.left + box.right) / 2 / shot.width, (box.top + box.bottom) / 2 / shot.height
    size = box.width / shot.width, box.height / shot.height
    return " ".join([str(number), *(f"{share:.6f}" for share in (*middle, *size))]) + "\n"


def _png(shot: Shot) -> bytes:
    from PIL.Image import frombytes

    content = io.BytesIO()
    frombytes("RGB", (shot.width, shot.height), shot.rgb).save(content, "PNG", compress_level=3)
    return content.getvalue()
