"""The likeness of two pictures, on pictures made for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.webpage.likeness.looks import Picture
from desktop.webpage.likeness.score import _PARTS, WEIGHTS, compare
from desktop.webpage.likeness.texts import first_missing, recall
from tests.untranslated import CLOSE, OPEN


def design(header: tuple[int, int, int] = (23, 103, 210)) -> Picture:
    """A header above some lines on a light ground."""
    picture = np.full((300, 400, 3), 245, np.uint8)
    picture[:60] = header
    for row in range(90, 280, 30):
        picture[row : row + 10, 30:300:3] = 40
    return picture


def test_a_picture_is_like_itself() -> None:
    likeness = compare(design(), design(), ["Orders", "Paid"], ["Orders", "Paid"])
    assert likeness.total == pytest.approx(1.0, abs=0.01)
    assert likeness.words == ""
    assert likeness.sentence == f"Likeness {int(likeness.total * 100 + 1e-6)} %."


def test_a_page_drawn_at_another_density_is_nearly_as_like() -> None:
    assert compare(np.repeat(np.repeat(design(), 2, 0), 2, 1), design()).total > 0.95


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ((120, 170, 235), "top is too light"),
        ((5, 20, 60), "top is too dark"),
        ((210, 60, 60), "top is too red"),
        ((20, 140, 40), "top is too green"),
    ],
)
def test_what_is_off_most_is_named(header: tuple[int, int, int], words: str) -> None:
    likeness = compare(design(header), design())
    assert min(likeness.parts, key=lambda name: likeness.parts[name]) == "colours"
    assert words in likeness.words.replace(" left", "").replace(" right", "")
    assert likeness.total < 0.95


def test_a_missing_block_is_named() -> None:
    page = design()
    page[190:] = 245
    likeness = compare(page, design())
    assert likeness.words.startswith("the bottom")
    assert likeness.words.endswith("is laid out otherwise")


def test_missing_text_is_named() -> None:
    likeness = compare(design(), design(), ["Orders"], ["Orders", "Paid on 1 October", "ok"])
    assert likeness.parts["text"] == pytest.approx(1 / 6)
    assert "text 16 %: “Paid on 1 October” is missing." in likeness.sentence


def test_without_a_reader_the_rest_counts() -> None:
    assert "text" not in compare(design(), design(), None, ["a"]).parts
    assert compare(design(), design()).total == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("wanted", "found", "share"),
    [
        (["Save changes"], ["SAVE", "changes"], 1.0),
        (["a a b"], ["a c"], 1 / 3),
        (["设置", "帮助"], ["设 置"], 0.5),
        (["用户名 user"], ["user"], 0.25),
        ([], ["a"], 1.0),
        (["…"], [], 1.0),
    ],
)
def test_recall_counts_words_and_ideographs(wanted: list[str], found: list[str], share: float) -> None:
    assert recall(wanted, found) == pytest.approx(share)


texts = st.lists(st.text(st.sampled_from("ab 设")), max_size=5)


@given(texts, texts)
def test_recall_is_a_share(wanted: list[str], found: list[str]) -> None:
    assert 0 <= recall(wanted, found) <= 1
    assert recall(wanted, wanted + found) == 1
    assert (first_missing(wanted, found) == "") is (recall(wanted, found) == 1) or recall(wanted, found) < 1


@given(st.integers(0, 2**32 - 1), st.tuples(st.integers(1, 60), st.integers(1, 60)))
def test_any_two_pictures_can_be_compared(seed: int, size: tuple[int, int]) -> None:
    dice = np.random.default_rng(seed)
    one, other = (dice.integers(0, 256, (*size, 3), np.uint8) for _ in range(2))
    likeness = compare(one, other)
    assert all(0 <= share <= 1 for share in (likeness.total, *likeness.parts.values()))
    assert compare(one, one).total == pytest.approx(1.0, abs=0.01)


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("off", ["nothing", "light", "colour", "block", "text"])
def test_it_is_said_in_the_language_that_is_spoken(off: str) -> None:
    pages = {"light": design((120, 170, 235)), "colour": design((210, 60, 60)), "block": design()}
    pages["block"][190:] = 245
    texts = (["ok"], ["ok", "12"]) if off == "text" else (None, None)
    likeness = compare(pages.get(off, design()), design(), *texts)
    assert likeness.sentence.startswith(OPEN)
    assert likeness.sentence.endswith(CLOSE)
    assert likeness.words.startswith(OPEN) or not likeness.words


def test_every_part_has_a_name() -> None:
    assert set(_PARTS) == set(WEIGHTS)
