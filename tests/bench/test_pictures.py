"""The made pictures: 120, all different, the same every time, and true about what is in them."""

import hashlib
import subprocess
import sys
from collections import Counter

import pytest
from PIL import Image, ImageChops, ImageStat

from desktop import paths
from desktop.bench.pictures.series import DRAWERS, EACH, MadePicture, made_pictures
from desktop.engine.tasks import read_tasks
from desktop.job import Box

PROGRAM = """
import hashlib
from desktop.bench.pictures.series import DRAWERS, made_pictures
for task_id in DRAWERS:
    for picture in made_pictures(task_id):
        print(hashlib.sha256(picture.shot.rgb).hexdigest(), *picture.things)
"""


@pytest.fixture(scope="module")
def pictures() -> list[MadePicture]:
    return [picture for task_id in DRAWERS for picture in made_pictures(task_id)]


def as_image(picture: MadePicture) -> Image.Image:
    return Image.frombytes("RGB", (picture.shot.width, picture.shot.height), picture.shot.rgb)


def test_thirty_for_each_of_four_tasks(pictures: list[MadePicture]) -> None:
    assert Counter(picture.task_id for picture in pictures) == {"text": 30, "describe": 30, "detect": 30, "code": 30}
    tasks, _problems = read_tasks([paths.resources() / "tasks"])
    assert {picture.task_id for picture in pictures} <= {task.id for task in tasks}
    assert len({picture.name for picture in pictures}) == 120


def test_they_differ_and_another_process_draws_the_same(pictures: list[MadePicture]) -> None:
    here = [(hashlib.sha256(picture.shot.rgb).hexdigest(), *map(str, picture.things)) for picture in pictures]
    assert len({first for first, *_ in here}) == 120
    environment = {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == [" ".join(words) for words in here]


def test_fewer_of_them_are_the_first_ones(pictures: list[MadePicture]) -> None:
    assert list(made_pictures("text", 2)) == pictures[:2]


def test_sizes(pictures: list[MadePicture]) -> None:
    """From small to large, each as often as another for every task, and mostly around 1280x720."""
    for task_id in DRAWERS:
        sizes = [(p.shot.width, p.shot.height) for p in pictures if p.task_id == task_id]
        assert len(sizes) == EACH
        assert {(400, 300), (1280, 720), (1920, 1080)} <= set(sizes)
        assert all(400 <= width <= 1920 and 300 <= height <= 1100 for width, height in sizes)
        assert 0.5 < sorted(width * height for width, height in sizes)[EACH // 2] / (1280 * 720) < 1.5


def test_things_are_where_their_boxes_say(pictures: list[MadePicture]) -> None:
    """Each box is filled to its edges, and the wall is right beside and above it; below is what it stands on."""
    found = [picture for picture in pictures if picture.task_id == "detect"]
    for picture in found:
        assert 2 <= len(picture.things) <= 8
        image = as_image(picture)
        wall = Image.new("RGB", image.size, image.getpixel((1, 1)))
        drawn = ImageChops.difference(image, wall)
        for box in (thing.box for thing in picture.things):
            assert 0 <= box.left < box.right <= picture.shot.width
            assert 0 <= box.top < box.bottom <= picture.shot.height
            around = drawn.crop((box.left - 1, box.top - 1, box.right + 1, box.bottom))
            assert around.getbbox() == (1, 1, box.width + 1, box.height + 1), (picture.name, box)
    assert {len(picture.things) for picture in found} >= {2, 8}


def test_things_do_not_hide_each_other(pictures: list[MadePicture]) -> None:
    def apart(one: Box, other: Box) -> bool:
        across = one.right <= other.left or other.right <= one.left
        return across or one.bottom <= other.top or other.bottom <= one.top

    for picture in pictures:
        boxes = [thing.box for thing in picture.things]
        assert all(apart(one, other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_none_is_empty(pictures: list[MadePicture]) -> None:
    """Light and dark in the middle of each."""
    for picture in pictures:
        image = as_image(picture).convert("L")
        middle = image.crop((image.width // 3, 0, 2 * image.width // 3, image.height))
        assert ImageStat.Stat(middle).stddev[0] > 8, picture.name
