"""Every file of boxes, read back as its format's publishers say."""

import csv
import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml  # type: ignore[import-untyped] # rapidocr brings it
from PIL import Image

from desktop.exports.boxes import EXPORTS, boxes_as_json
from desktop.job import Box, Line, Shot

SHOT = Shot(1001, 333, bytes(range(256)) * 3906 + bytes(1001 * 333 * 3 - 256 * 3906))
ODD = '购物车 & <"b">\nsecond\x07 line'
FOUND = [
    Line("button", Box(0, 0, 1001, 333)),
    Line("button", Box(17, 20, 18, 21)),
    Line(ODD, Box(1000, 332, 1001, 333)),
    Line("", Box(3, 5, 700, 11)),
    Line("no: yes", Box(500, 100, 640, 217)),
]
CLASSES = ["button", '购物车 & <"b"> second line', "object", "no: yes"]
NUMBERS = [0, 0, 1, 2, 3]


def written(title: str, found: list[Line] = FOUND, shot: Shot = SHOT) -> bytes:
    """The file of a format."""
    return next(export.write(shot, found) for export in EXPORTS if export.title.startswith(title))


def close(one: Box, other: Box) -> bool:
    """Tell whether two boxes are the same within a pixel."""
    return all(abs(a - b) < 1 for a, b in zip(one, other, strict=True))


def test_json() -> None:
    """A list of objects, labels as they were said; the same as on the clipboard."""
    rows = json.loads(written("JSON"))
    assert rows == json.loads(boxes_as_json(FOUND))
    assert rows[2] == {"label": ODD, "x": 1000, "y": 332, "w": 1, "h": 1}
    assert [Box(r["x"], r["y"], r["x"] + r["w"], r["y"] + r["h"]) for r in rows] == [line.box for line in FOUND]


def test_csv() -> None:
    """A heading and a row a box; a label may hold commas, quotes and line breaks."""
    rows = list(csv.DictReader(io.StringIO(written("CSV").decode("utf-8-sig"), newline="")))
    assert [row["label"] for row in rows] == [line.text for line in FOUND]
    boxes = [tuple(int(row[side]) for side in "xywh") for row in rows]
    assert [Box(x, y, x + w, y + h) for x, y, w, h in boxes] == [line.box for line in FOUND]


def test_coco() -> None:
    """As cocodataset.org describes it: every reference leads somewhere, ids are unique, boxes are x, y, w, h."""
    content: dict[str, Any] = json.loads(written("COCO"))
    assert content.keys() == {"info", "licenses", "images", "annotations", "categories"}
    (image,) = content["images"]
    assert (image["width"], image["height"], image["file_name"]) == (1001, 333, "shotglass.png")
    names = {category["id"]: category["name"] for category in content["categories"]}
    assert list(names.values()) == CLASSES
    assert all(isinstance(category["supercategory"], str) for category in content["categories"])
    assert len({one["id"] for one in content["annotations"]}) == len(FOUND)
    for one, line, number in zip(content["annotations"], FOUND, NUMBERS, strict=True):
        assert one["image_id"] == image["id"]
        assert names[one["category_id"]] == CLASSES[number]
        x, y, width, height = one["bbox"]
        assert close(Box(x, y, x + width, y + height), line.box)
        assert one["area"] == width * height
        assert (one["iscrowd"], one["segmentation"]) == (0, [])


def test_voc() -> None:
    """As the development kit of the challenge reads it: corners count from 1, both belong to the box."""
    text = written("Pascal").decode()
    assert text.startswith("<annotation>")
    root = ElementTree.fromstring(text)
    size = {part.tag: int(part.text or "") for part in root.find("size") or ()}
    assert size == {"width": 1001, "height": 333, "depth": 3}
    assert root.findtext("filename") == "shotglass.png"
    things = root.findall("object")
    assert [thing.findtext("name") for thing in things] == [CLASSES[number] for number in NUMBERS]
    for thing, line in zip(things, FOUND, strict=True):
        assert {part.tag for part in thing} == {"name", "pose", "truncated", "difficult", "bndbox"}
        left, top, right, bottom = (int(thing.findtext(f"bndbox/{s}") or "") for s in ("xmin", "ymin", "xmax", "ymax"))
        assert 1 <= left <= right <= 1001
        assert 1 <= top <= bottom <= 333
        assert Box(left - 1, top - 1, right, bottom) == line.box


def test_yolo() -> None:
    """As Ultralytics reads it: the label file has the picture's name in the twin folder, shares lie in 0 to 1."""
    with zipfile.ZipFile(io.BytesIO(written("YOLO"))) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    settings = yaml.safe_load(files["data.yaml"])
    assert settings == {"train": "images/train", "val": "images/val", "names": dict(enumerate(CLASSES))}
    assert {"images/val/", "labels/val/"} <= files.keys(), "readers refuse folders that are named and missing"
    assert files["classes.txt"].decode().splitlines() == CLASSES
    (picture,) = (name for name in files if name.endswith(".png"))
    assert Image.open(io.BytesIO(files[picture])).tobytes() == SHOT.rgb
    labels = files[picture.replace("images/", "labels/").replace(".png", ".txt")].decode().splitlines()
    for row, line, number in zip(labels, FOUND, NUMBERS, strict=True):
        kind, *shares = row.split()
        x, y, width, height = map(float, shares)
        assert int(kind) == number
        assert all(0 <= share <= 1 for share in (x, y, width, height))
        corners = (x - width / 2) * 1001, (y - height / 2) * 333, (x + width / 2) * 1001, (y + height / 2) * 333
        assert all(abs(a - b) < 0.01 for a, b in zip(corners, line.box, strict=True))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.title)
def test_nothing_found_is_a_file_too(export: Any) -> None:
    """An empty list, table or data set, not an error."""
    content = export.write(SHOT, [])
    assert content
    if export.suffix == ".json":
        json.loads(content)


def test_a_picture_from_a_file_keeps_its_name() -> None:
    """So that the boxes find it where it lies among others."""
    shot = Shot(4, 4, bytes(48), source="holiday 1.JPG")
    assert json.loads(written("COCO", [], shot))["images"][0]["file_name"] == "holiday 1.JPG"
    with zipfile.ZipFile(io.BytesIO(written("YOLO", [], shot))) as archive:
        assert "labels/train/holiday 1.txt" in archive.namelist()
        assert yaml.safe_load(archive.read("data.yaml"))["names"] == {}
