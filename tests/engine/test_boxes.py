"""Boxes out of an answer: every form a model writes them in, cut off anywhere, placed in the Shot."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.boxes import LabelledBox, boxes_to_json, place, read_boxes
from desktop.engine.loose_json import read_objects, read_values
from desktop.job import Box

SAME = (1000, 1000)
CUP = LabelledBox("cup", Box(10, 20, 110, 220))
DOG = LabelledBox("dog", Box(300, 40, 480, 260))
PLAIN = '[\n\t{"bbox_2d": [10, 20, 110, 220], "label": "cup"},\n\t{"bbox_2d": [300, 40, 480, 260], "label": "dog"}\n]'
DOCUMENT = '{"boxes": [[10, 20, 100, 200], [300, 40, 180, 220]], "labels": ["cup", "dog"]}'
FORMS = {
    "plain": PLAIN,
    "document": DOCUMENT,
    "fenced": f"```json\n{PLAIN}\n```",
    "fence open": f"```json\n{PLAIN}",
    "chatty": f"Sure! I found [2] objects {{see below}}, don't worry:\n\n```json\n{PLAIN}\n```\n\nWant [more]?",
    "chinese": f"以下是检测到的物体：\n{PLAIN}\n希望对您有帮助。",
    "single quotes": PLAIN.replace('"', "'"),
    "trailing commas": PLAIN.replace("],", "],,").replace("}", ",}").replace("\n]", ",\n]"),
    "no array": PLAIN.strip("[]\n\t"),
    "one a line": PLAIN.strip("[]\n\t").replace("},", "}"),
    "bare keys": PLAIN.replace('"bbox_2d"', "bbox_2d").replace('"label"', "label"),
    "text content": PLAIN.replace("label", "text_content"),
    "other names": PLAIN.replace("bbox_2d", "bbox").replace("label", "name"),
    "floats": PLAIN.replace("10,", "10.2,").replace("480", "4.8e2"),
    "swapped": PLAIN.replace("[10, 20, 110, 220]", "[110, 20, 10, 220]"),
    "pairs": PLAIN.replace("[10, 20, 110, 220]", "[[10, 20], [110, 220]]"),
    "quoted": PLAIN.replace("[10, 20, 110, 220]", '"10, 20, 110, 220"').replace("40,", '"40",'),
    "named corners": PLAIN.replace('"bbox_2d": [10, 20, 110, 220]', '"x1": 10, "y1": 20, "x2": 110, "y2": 220'),
    "named sides": PLAIN.replace('"bbox_2d": [10, 20, 110, 220]', '"x": 10, "y": 20, "width": 100, "height": 200'),
    "inside an object": f'{{"objects": {PLAIN}, "count": 2}}',
    "brace left out": PLAIN.replace("}\n]", "\n]"),
    "comma left out": PLAIN.replace("},", "}").replace('], "label"', '] "label"'),
    "other objects": PLAIN.replace("[\n", '[\n{"count": 2}, {"bbox_2d": [1, 2, 3]}, {"bbox_2d": ["a", 2, 3, 4]},'),
}


def read(text: str) -> tuple[LabelledBox, ...]:
    return read_boxes(text, SAME, SAME)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_understood(form: str) -> None:
    assert read(FORMS[form]) == (CUP, DOG)


@pytest.mark.parametrize("form", FORMS)
def test_every_prefix_holds_a_growing_part(form: str) -> None:
    text, before = FORMS[form], 0
    for end in range(len(text) + 1):
        found = read(text[:end])
        assert [box for _label, box in found] == [box for _label, box in (CUP, DOG)][: len(found)]
        assert all(label in ("", expected.label) for (label, _box), expected in zip(found, (CUP, DOG), strict=False))
        assert len(found) >= before
        before = len(found)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (r'"a \"quoted\" word"', 'a "quoted" word'),
        ('"a "bare" word"', 'a "bare" word'),
        ("'dog's bowl'", "dog's bowl"),
        (r'"\u4f60\u597d \ud83d\ude00"', "你好 😀"),
        (r'"half \ud83d"', "half \ufffd"),
        (r'"C:\\temp\n"', "C:\\temp\n"),
        ('"two\nlines"', "two\nlines"),
        ('"[x], {y}: z"', "[x], {y}: z"),
        ("7", "7"),
        ("null", "null"),
        ('["red", "cup"]', "red, cup"),
        ('{"name": "cup"}', "cup"),
    ],
)
def test_labels_survive(written: str, label: str) -> None:
    assert read(f'[{{"label": {written}, "bbox_2d": [1, 2, 3, 4]}}]') == (LabelledBox(label, Box(1, 2, 3, 4)),)


def test_the_same_box_twice_stays_twice() -> None:
    assert read(PLAIN.replace("dog", "cup").replace("300, 40, 480, 260", "10, 20, 110, 220")) == (CUP, CUP)


def test_a_missing_label_is_empty() -> None:
    assert read('{"boxes": [[1, 2, 3, 4], [5, 6, 1, 1]], "labels": ["a"]}') == (
        LabelledBox("a", Box(1, 2, 4, 6)),
        LabelledBox("", Box(5, 6, 6, 7)),
    )


@pytest.mark.parametrize(
    "text", ["", "There are no objects.", "[]", "```json\n[]\n```", "{", "[[[", "}]", '{"boxes": 3}']
)
def test_no_boxes(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("corners", "box"),
    [
        ((0, 0, 1932, 1092), Box(0, 0, 1920, 1080)),
        ((966, 546, 1449, 819), Box(960, 540, 1440, 810)),
        ((-50, -50, 9999, 9999), Box(0, 0, 1920, 1080)),
        ((100.2, 100.2, 100.3, 100.3), Box(100, 99, 101, 100)),
        ((1932, 1092, 1932, 1092), Box(1919, 1079, 1920, 1080)),
        ((0, 0, 0, 0), Box(0, 0, 1, 1)),
        ((1933, 0, 1990, 10), None),
        ((-9, -9, -1, -1), None),
        ((float("nan"), 0, 1, 1), None),
        ((0, 0, float("inf"), 1), None),
    ],
)
def test_boxes_land_on_the_shot(corners: tuple[float, float, float, float], box: Box | None) -> None:
    """A picture of 1920 x 1080 was shown to the model as 1932 x 1092."""
    assert place(corners, (1932, 1092), (1920, 1080)) == box


SIZES = st.tuples(st.integers(1, 5000), st.integers(1, 5000))
NUMBERS = st.floats() | st.integers(-100, 6000).map(float)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), SIZES, SIZES)
def test_a_box_never_leaves_the_shot_and_is_never_empty(
    corners: tuple[float, float, float, float], resized: tuple[int, int], shot: tuple[int, int]
) -> None:
    if box := place(corners, resized, shot):
        assert 0 <= box.left < box.right <= shot[0]
        assert 0 <= box.top < box.bottom <= shot[1]


@given(SIZES, SIZES, st.data())
def test_a_box_returns_to_its_place(shot: tuple[int, int], resized: tuple[int, int], data: st.DataObject) -> None:
    """What is scaled to the resized picture comes back to the pixel."""
    left, top = data.draw(st.integers(0, shot[0] - 1)), data.draw(st.integers(0, shot[1] - 1))
    box = Box(left, top, data.draw(st.integers(left + 1, shot[0])), data.draw(st.integers(top + 1, shot[1])))
    x, y = resized[0] / shot[0], resized[1] / shot[1]
    assert place((box.left * x, box.top * y, box.right * x, box.bottom * y), resized, shot) == box


BOXES = st.builds(
    lambda label, x, y, w, h: LabelledBox(label, Box(x, y, x + w, y + h)),
    st.text(),
    *[st.integers(0, 400)] * 2,
    *[st.integers(1, 400)] * 2,
)


@given(st.lists(BOXES, max_size=5))
def test_json_tells_sides_and_is_read_back(boxes: list[LabelledBox]) -> None:
    written = boxes_to_json(boxes)
    assert json.loads(written)["boxes"] == [[b.left, b.top, b.width, b.height] for _label, b in boxes]
    assert [box for _label, box in read(written)] == [box for _label, box in boxes]


@given(st.text(st.sampled_from("[]{}:,\"'\\ \n1.-e+abnu") | st.characters()))
def test_nothing_written_fails(text: str) -> None:
    read(text)
    read_values(text)


JSON = st.recursive(
    st.integers() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\"'")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=20,
)


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    return [as_text(inner) for inner in value] if isinstance(value, list) else str(value)


@given(st.lists(JSON, max_size=4))
def test_real_json_is_read_whole(value: list[object]) -> None:
    assert read_values(json.dumps(value)) == [as_text(value)]
    assert read_values(json.dumps(value, ensure_ascii=False, indent=2)) == [as_text(value)]


def test_absurd_depth_is_no_danger() -> None:
    assert read_values("[" * 100_000)
    assert len(read_objects('{"a":' * 100_000)) == 32
    assert read("[" * 5 + PLAIN + "]" * 5) == (CUP, DOG)
