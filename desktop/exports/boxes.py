"""Boxes that were found in a Shot, as the files that other programs read; pure.

Every writer takes the Shot and what was found in it: lines whose text is the label, their boxes in pixels of the Shot.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from desktop.exports.labels import classes_of, label_of, picture_name
from desktop.exports.yolo import to_yolo
from desktop.job import Box, Line, Shot
from desktop.language import tr_later

FIELDS = ("label", "x", "y", "w", "h")


class Export(NamedTuple):
    """A kind of file: what it is called, how its name ends, and what writes it."""

    title: str
    suffix: str
    write: Callable[[Shot, Sequence[Line]], bytes]


def boxes_as_json(found: Sequence[Line]) -> str:
    """`[{"label": "..", "x": .., "y": .., "w": .., "h": ..}, ..]`, one box a line; x and y are the top left corner."""
    rows = (dict(zip(FIELDS, (line.text, *_sides(line.box)), strict=True)) for line in found)
    inside = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f"[\n{inside}\n]" if inside else "[]"


def to_json(_shot: Shot, found: Sequence[Line]) -> bytes:
    """The same as on the clipboard."""
    return f"{boxes_as_json(found)}\n".encode()


def to_csv(_shot: Shot, found: Sequence[Line]) -> bytes:
    """A heading and a row a box, with the mark by which spreadsheets know UTF-8."""
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(FIELDS)
    writer.writerows((line.text, *_sides(line.box)) for line in found)
    return rows.getvalue().encode("utf-8-sig")


def to_coco(shot: Shot, found: Sequence[Line]) -> bytes:
    """COCO's object detection; ids count from 1 as its own do. See cocodataset.org/#format-data."""
    ids = {label: number for number, label in enumerate(classes_of(found), 1)}
    content = {
        "info": {"description": "Boxes found by Shotglass", "version": "1.0"},
        "licenses": [],
        "images": [{"id": 1, "file_name": picture_name(shot), "width": shot.width, "height": shot.height}],
        "annotations": [
            {
                "id": number,
                "image_id": 1,
                "category_id": ids[label_of(line)],
                "bbox": _sides(line.box),
                "area": line.box.width * line.box.height,
                "segmentation": [],
                "iscrowd": 0,
            }
            for number, line in enumerate(found, 1)
        ],
        "categories": [{"id": number, "name": label, "supercategory": ""} for label, number in ids.items()],
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def to_voc(shot: Shot, found: Sequence[Line]) -> bytes:
    """Pascal VOC: corners count from 1 and belong to the box. Without a declaration, which some readers refuse."""
    root = ElementTree.Element("annotation")
    _put(root, {"folder": "", "filename": picture_name(shot)})
    _put(ElementTree.SubElement(root, "source"), {"database": "Unknown"})
    _put(ElementTree.SubElement(root, "size"), {"width": shot.width, "height": shot.height, "depth": 3})
    _put(root, {"segmented": 0})
    for line in found:
        thing, box = ElementTree.SubElement(root, "object"), line.box
        _put(thing, {"name": label_of(line), "pose": "Unspecified", "truncated": 0, "difficult": 0})
        corners = {"xmin": box.left + 1, "ymin": box.top + 1, "xmax": box.right, "ymax": box.bottom}
        _put(ElementTree.SubElement(thing, "bndbox"), corners)
    ElementTree.indent(root, "\t")
    return ElementTree.tostring(root, "unicode").encode() + b"\n"


EXPORTS = (
    Export("JSON", ".json", to_json),
    Export("COCO", ".json", to_coco),
    Export(tr_later("YOLO, with the picture"), ".zip", to_yolo),
    Export("Pascal VOC", ".xml", to_voc),
    Export("CSV", ".csv", to_csv),
)
"""The usual one first."""


def _sides(box: Box) -> list[int]:
    return [box.left, box.top, box.width, box.height]


def _put(parent: ElementTree.Element, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(parent, name).text = str(value)
