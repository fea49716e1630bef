"""Loops are found soon and cut to one copy; what real pages repeat is left alone."""

import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop import paths
from desktop.engine.repetition import LineGuard, Loop, PieceGuard, RepetitionGuard

ROOT = paths.resources().parent
TOKEN = re.compile(r"\s?\w{1,6}|\s+|[^\w\s]{1,3}")
BLOCKS = st.lists(st.integers(0, 5), min_size=1, max_size=64)


def ids(text: str) -> list[int]:
    """Pieces of about the size of a model's tokens, numbered."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(piece, len(numbers)) for piece in TOKEN.findall(text)]


def first_loop(tokens: list[int]) -> tuple[int, Loop] | None:
    """How many tokens had been fed when the loop was told, and the loop."""
    guard = RepetitionGuard()
    return next(((count, loop) for count, token in enumerate(tokens, 1) if (loop := guard.feed(token))), None)


def first_line_loop(text: str, step: int = 7) -> Loop | None:
    guard = LineGuard()
    return next((loop for at in range(0, len(text), step) if (loop := guard.feed(text[at : at + step]))), None)


def first_piece_loop(text: str, step: int = 7) -> Loop | None:
    guard = PieceGuard()
    return next((loop for at in range(0, len(text), step) if (loop := guard.feed(text[at : at + step]))), None)


@given(st.lists(st.integers(0, 5), max_size=200), BLOCKS)
@example([1, 2, 3] * 10, [1, 2, 3])
@example([], [7] * 64)
def test_every_loop_is_found_and_cut_to_one_copy(before: list[int], block: list[int]) -> None:
    """Within 1,024 tokens of its start, whatever came before; the cut leaves whole blocks that say the same."""
    stream = before + block * (1024 // len(block) + 1)
    found = first_loop(stream)
    assert found
    count, loop = found
    assert count <= len(before) + 1024
    period = loop.end - loop.start
    assert len(block) % period == 0
    assert loop.start <= len(before)
    assert loop.copies >= 12
    assert all(stream[at] == stream[at + period] for at in range(loop.start, count - period))
    assert loop.start == 0 or stream[loop.start - 1] != stream[loop.start - 1 + period]


@pytest.mark.parametrize(
    ("period", "tokens"), [(1, 320), (2, 320), (3, 321), (20, 320), (26, 338), (27, 324), (40, 480), (64, 768)]
)
def test_how_long_a_loop_may_run(period: int, tokens: int) -> None:
    block = list(range(100, 100 + period))
    assert first_loop([1, 2, 3] + block * 400) == (tokens + 3, Loop(3, 3 + period, tokens // period))
    assert first_loop([1, 2, 3, *(block * 400)[: tokens - 1], 4, *block]) is None


def test_the_loop_grows_with_the_stream() -> None:
    guard = RepetitionGuard(copies=3, tokens=1)
    assert [guard.feed(token) for token in [9, 1, 2, 1, 2, 1, 2, 1, 2, 3, 3]] == [
        *[None] * 6, Loop(1, 3, 3), Loop(1, 3, 3), Loop(1, 3, 4), None, None,
    ]  # fmt: skip


def test_a_block_that_is_too_long_is_left_to_the_lines() -> None:
    assert first_loop(list(range(65)) * 30) is None


@given(st.integers(2, 100_000), st.integers(0, 2**32))
def test_random_tokens_are_no_loop(vocabulary: int, seed: int) -> None:
    pick = random.Random(seed)
    assert first_loop([pick.randrange(vocabulary) for _ in range(1500)]) is None


RULE = "-" * 200
PAGES = {
    "rules": "\n".join(["| --- | --- | --- |", "+------+------+", "=" * 80, RULE] * 3),
    "zeros": "\n".join(", ".join("0" * 12) for _ in range(10)),
    "identity": "\n".join(" ".join("1" if x == y else "0" for x in range(16)) for y in range(16)),
    "closing tags": "</div>" * 60,
    "closing lines": "\n".join("  " * depth + "</div>" for depth in range(40, 0, -1)),
    "empty cells": "<table>" + "<tr><td></td><td></td><td></td></tr>" * 11 + "</table>",
    "equal rows": "\n".join(["<tr><td>OK</td><td>passed</td></tr>"] * 11),
    "contents": "\n".join(f"{n} Chapter {'. ' * 40}{n * 7}" for n in range(1, 30)),
    "indentation": "\n".join(" " * 60 + f"x{n}" for n in range(50)),
    "log": "\n".join(["GET /health 200"] * 18),
    "blank lines": "a" + "\n" * 300 + "b",
    "numbered": "\n".join(f"{n}. Item" for n in range(1, 200)),
    "css": "\n".join(f".m-{n} {{\n  margin: {n}px;\n  padding: 0 0 0 0;\n}}\n" for n in range(60)),
}


@pytest.mark.parametrize("page", PAGES)
def test_what_pages_repeat_is_no_loop(page: str) -> None:
    assert first_loop(ids(PAGES[page])) is None
    assert first_piece_loop(PAGES[page]) is None
    assert first_line_loop(PAGES[page]) is None


@pytest.mark.parametrize(
    "path",
    [
        *sorted(path.relative_to(ROOT).as_posix() for path in paths.resources().rglob("*.html")),
        "resources/styles/shotglass.qss",
        "desktop/engine/ocr.py",
        "tests/engine/test_boxes.py",
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
    ],
)
def test_real_texts_are_no_loop(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert first_loop(ids(text[:20_000])) is None
    assert first_piece_loop(text[:20_000]) is None
    assert first_line_loop(text) is None


def test_the_library_is_no_loop() -> None:
    """Real code and its data tables, by lines: a few megabytes."""
    for path in sorted(Path(sys.modules["random"].__file__ or "").parent.glob("*.py")):
        assert first_line_loop(path.read_text("utf-8", "replace"), 1000) is None, path.name


PARAGRAPH = "The quick brown fox jumps over the lazy dog and runs into the dark forest behind the old mill.\n"


@pytest.mark.parametrize(
    ("block", "copies"),
    [
        (PARAGRAPH * 2, 15),
        (PARAGRAPH + "\n" + PARAGRAPH.replace("fox", "cat") + PARAGRAPH.replace("fox", "owl"), 5),
        (PARAGRAPH, 15),
        ("All systems ready\n", 20),
        ("<li></li>\n", 64),
        ("a\n\n\n", 64),
    ],
)
def test_lines_in_a_loop_are_found(block: str, copies: int) -> None:
    """The more a line says, the sooner; the cut leaves one copy, in characters."""
    first = block[: block.index("\n") + 1] if block == PARAGRAPH * 2 else block
    text = "Something else\n" + block * 70
    loop = first_line_loop(text, 1)
    assert loop
    assert loop.start == len("Something else\n")
    assert text[: loop.end].split() == ("Something else\n" + first).split()
    assert loop.copies == copies


@given(st.text("ab\n", max_size=300), st.integers(1, 50))
def test_how_the_text_arrives_makes_no_difference(text: str, step: int) -> None:
    text += PARAGRAPH * 12
    assert first_line_loop(text, step) == first_line_loop(text, 1)


@pytest.mark.parametrize("block", ["and on ", "哈哈 ", "好的", "ab, ", "0 ", "x = 1;\n"])
@pytest.mark.parametrize("step", [1, 3, 64])
def test_a_text_in_a_loop_is_found_without_its_tokens(block: str, step: int) -> None:
    """However it arrives; the cut leaves one copy, in characters, within some thousand of them."""
    text = "It begins: " + block * 2000
    loop = first_piece_loop(text, step)
    assert loop == first_piece_loop(text, 1)
    assert loop
    assert loop.copies >= 12
    assert text[: loop.end].count(block.strip()) <= 6
    assert first_piece_loop(text[:6000], step) == loop
