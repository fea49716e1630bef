"""Names of answers: predictable, unique, and telling what was asked; what is answered already."""

import os
from pathlib import Path, PurePath

import pytest

from desktop.batch.plan import Item, ending, plan
from desktop.batch.sources import Source
from desktop.job import AnswerKind, Task

TRANSLATE = Task("translate", "Translate", "{language}", AnswerKind.TEXT, options={"language": ("English", "German")})


@pytest.mark.parametrize(
    ("chosen", "as_json", "name"),
    [
        ({}, False, ".translate.txt"),
        ({"language": "English"}, False, ".translate.txt"),
        ({"language": "German"}, False, ".translate-German.txt"),
        ({"language": "Français / québécois"}, True, ".translate-Français-québécois.json"),
        ({"language": "../../etc"}, False, ".translate-etc.txt"),
    ],
)
def test_names_end_by_what_was_asked(chosen: dict[str, str], as_json: bool, name: str) -> None:
    """No answer passes for that of another question, and no choice leads out of the folder."""
    assert ending(TRANSLATE, chosen, as_json) == name


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_every_kind_has_an_ending(kind: AnswerKind) -> None:
    assert ending(Task("own", "Own", "?", kind), {}).startswith(".own.")


def test_no_two_answers_share_a_file(tmp_path: Path) -> None:
    """Also where the disk does not tell capitals from small letters, and where a number is taken."""
    names = ("x.png", "X.png", "x.png-2", "x.png")
    items = plan([Source(name, PurePath(name)) for name in names], tmp_path, ".txt")
    targets = [item.target.name for item in items if item.target]
    assert targets == ["x.png.txt", "X.png-2.txt", "x.png-2-2.txt", "x.png-3.txt"]
    assert len({name.casefold() for name in targets}) == 4


def test_an_answer_counts_while_it_is_newer_than_its_picture(tmp_path: Path) -> None:
    picture, target = tmp_path / "x.png", tmp_path / "out" / "x.png.txt"
    picture.touch()
    item = Item(Source(str(picture), PurePath("x.png")), target)
    states = [item.answered]
    item.keep("words")
    assert target.read_text() == "words\n"
    os.utime(picture, ns=(0, target.stat().st_mtime_ns - 1))
    states.append(item.answered)
    os.utime(picture, ns=(0, target.stat().st_mtime_ns))
    assert [*states, item.answered] == [False, True, False]
    assert not Item(Source("-", PurePath("stdin")), target).answered
    assert not Item(Source(str(picture), PurePath("x.png"))).answered
