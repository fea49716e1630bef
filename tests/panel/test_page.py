"""Which words are meant by a point, and what a choice of them says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.job import Box, Line, Word
from desktop.panel.page import Page
from tests.panel.words import HEIGHT, WIDTH, line, page

TEXT, LINES = page([["The quick brown fox", "jumps over the dog."], ["请在发货前核对地址。", "Check 地址 first"]])
PAGE = Page.read(TEXT, LINES)


def said(page: Page) -> list[str]:
    """Every word with the characters that it was given."""
    return [page.text[spot.start : spot.end] for spot in page.spots]


def test_words_are_found_in_the_text() -> None:
    """Spaces and line breaks belong to none; ideographs are words with the signs behind them."""
    latin = ["The", "quick", "brown", "fox", "jumps", "over", "the", "dog."]
    assert said(PAGE) == [*latin, *"请在发货前核对地", "址。", "Check", "地", "址", "first"]
    assert PAGE.copied(PAGE.whole) == TEXT


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ((1, 3), "quick brown"),
        ((2, 6), "brown fox\njumps over"),
        ((6, 10), "the dog.\n\n请在"),
        ((8, 11), "请在发"),
        ((16, 20), "址。\nCheck 地址"),
        ((3, 3), ""),
    ],
)
def test_copied_as_the_text_joins(span: tuple[int, int], text: str) -> None:
    """With the spaces, line breaks and paragraphs of the text; Chinese without spaces."""
    assert PAGE.copied(span) == text


def test_indentation_stays_with_whole_lines_only() -> None:
    """Lines keep theirs, so that copied code runs; a word by itself has none."""
    code = Page.read("    if a:\n        b()", [line("    if a:", 0, 0), line("        b()", 0, 24)])
    assert code.copied((0, 3)) == "    if a:\n        b()"
    assert code.copied((1, 3)) == "a:\n        b()"
    assert code.copied((0, 2)) == "if a:"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("____init____()", ["_init_()"], ["____init____()"]),
        ('""" a "" b', ['"', "a", '"', "b"], ['"""', "a", '""', "b"]),
        ("f (x)", ["f(x)"], ["f (x)"]),
        ("a   b", ["a", "b"], ["a", "b"]),
        ("x == y", ["x", "=", "y"], ["x", "==", "y"]),
        ("aa a", ["aa", "a"], ["aa", "a"]),
        ("other", ["words"], ["other"]),
        ("more than that", ["more"], ["more than that"]),
        ("no words", [], ["no words"]),
        ("  two words", ["two words"], ["two words"]),
    ],
)
def test_signs_that_were_read_as_one_are_found(text: str, words: list[str], found: list[str]) -> None:
    """The OCR repeats and spaces signs on the grid of code; what its words do not spell is one word."""
    boxes = [Word(word, Box(i, 0, i + 1, 1)) for i, word in enumerate(words)]
    assert said(Page.read(text, [Line(text, Box(0, 0, 9, 1), tuple(boxes))])) == found


def test_a_text_that_is_not_of_the_lines_gives_way_to_them() -> None:
    """What stands in the picture can be selected whatever the answer says."""
    other = Page.read("Something else.", LINES)
    assert other.copied(other.whole) == TEXT.replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("point", "span"),
    [
        ((25, 25), (0, 1)),
        ((0, 25), (0, 0)),
        ((20 + 3 * WIDTH + 2, 25), (1, 1)),
        ((900, 25), (4, 4)),
        ((65, 10), (1, 2)),
        ((65, 39), (1, 2)),
        ((900, 50), (8, 8)),
        ((30, 900), (17, 18)),
    ],
)
def test_points_beside_words(point: tuple[int, int], span: tuple[int, int]) -> None:
    """Beside a line is its end, between words the gap, above and below the word of the nearest line."""
    assert PAGE.near(*point) == span
    inside = [i for i, spot in enumerate(PAGE.spots) if spot.box.left <= point[0] < spot.box.right]
    inside = [i for i in inside if PAGE.spots[i].box.top <= point[1] < PAGE.spots[i].box.bottom]
    assert PAGE.word_at(*point) == (inside[0] if inside else None)


def test_columns_are_read_one_after_the_other() -> None:
    """Under a short column on the left is its end, not the line beside it on the right."""
    left = [line(f"left {i}", 20, 20 + 24 * i, 0) for i in range(2)]
    right = [line(f"right {i}", 320, 20 + 24 * i, 1) for i in range(8)]
    both = Page.read("\n".join(x.text for x in left + right), left + right)
    assert both.near(25, 120) == (2, 3)
    assert both.near(200, 25) == (2, 2)
    assert both.near(310, 120) == (12, 12)


def test_one_band_a_line() -> None:
    """From the first word to the last one, gaps included."""
    assert list(PAGE.bands((2, 6))) == [
        Box(20 + 10 * WIDTH, 20, 20 + 19 * WIDTH, 20 + HEIGHT),
        Box(20, 44, 20 + 10 * WIDTH, 44 + HEIGHT),
    ]
    assert PAGE.lines_of((2, 6)) == (0, 8)
    assert PAGE.lines_of((5, 5)) == (5, 5)


@pytest.mark.parametrize(
    ("start", "step", "reached"),
    [
        ((0, 1), (1, 0), 1),
        ((0, 1), (-1, 0), 0),
        ((2, 2), (1, 0), 2),
        ((2, 2), (-1, 0), 1),
        ((1, 2), (0, 1), 5),
        ((0, 1), (0, -1), 0),
        ((20, 21), (1, 0), 20),
        ((21, 21), (0, 1), 20),
    ],
)
def test_steps(start: tuple[int, int], step: tuple[int, int], reached: int) -> None:
    """Words beside, lines above and below; the page's ends hold."""
    assert PAGE.step(start, *step) == (reached, reached + 1)


def test_a_selection_stays_while_the_page_grows() -> None:
    """Also where a line comes before it; what is gone is not selected."""
    code = Line("https://example.com", Box(500, 0, 540, 40), code="QRCode")
    grown = Page.read(f"{code.text}\n\n{TEXT}", [code, *(replace(x, paragraph=x.paragraph + 1) for x in LINES)])
    assert PAGE.moved_to(grown, (2, 6)) == (3, 7)
    assert PAGE.moved_to(grown, (4, 4)) == (5, 5)
    assert PAGE.moved_to(grown, (0, 0)) == (0, 0)
    assert grown.moved_to(PAGE, (0, 2)) == (0, 0)


@given(
    st.tuples(st.integers(-50, 1000), st.integers(-50, 1000)), st.tuples(st.integers(-50, 1000), st.integers(0, 400))
)
def test_any_two_points_choose_words_of_the_text(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Whatever is dragged over, what is copied stands so in the text, and marks as many words."""
    spans = PAGE.near(*one), PAGE.near(*other)
    span = min(s[0] for s in spans), max(s[1] for s in spans)
    assert PAGE.copied(span) in TEXT
    assert sum(1 for _ in PAGE.bands(span)) == len({PAGE.spots[i].row for i in range(*span)})
    assert Page().near(*one) == (0, 0)
