"""Lines joined into paragraphs, in the ways of several languages."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.reflow import one_paragraph

HYPHENS = "-\u00ad\u2010"
TEXTS = st.text(st.sampled_from("aZé1.,文字。カ한  -\u00ad\u2010\n\n\r\t\x0b\x0c\x85\u2028\u3000") | st.characters())


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("The quick brown\nfox jumps.", "The quick brown fox jumps."),
        ("a hyphen-\nated word", "a hyphenated word"),
        ("a soft\u00ad\nened word", "a softened word"),
        ("Jean-\nPaul stays", "Jean- Paul stays"),
        ("pages 3-\n5", "pages 3- 5"),
        ("a dash -\nand more", "a dash - and more"),
        ("你好，\n世界", "你好，世界"),
        ("日本語の\nテキスト", "日本語のテキスト"),
        ("使用 Qwen\n模型", "使用 Qwen模型"),
        ("한국어는\n띄어 쓴다", "한국어는 띄어 쓴다"),
        ("one\ntwo\n\nthree\nfour", "one two\n\nthree four"),
        ("one\n \t\n\n\ntwo", "one\n\ntwo"),
        ("  indented\n    more  ", "indented more"),
        ("windows\r\nlines\r\n\r\nagain", "windows lines\n\nagain"),
        ("page\x0c\x0cbreak", "page\n\nbreak"),
        ("", ""),
        (" \n \n", ""),
    ],
)
def test_lines_join_as_their_language_writes(lines: str, joined: str) -> None:
    """Hyphenation, Chinese, Japanese, Korean, mixtures and blank lines."""
    assert one_paragraph(lines) == joined


@given(TEXTS)
@example("a\x0c\x0cb")
@example("-\n-\na")
def test_joining_again_changes_nothing(text: str) -> None:
    """A paragraph is already a paragraph."""
    once = one_paragraph(text)
    assert one_paragraph(once) == once


@given(TEXTS)
def test_nothing_but_spaces_and_hyphens_is_lost(text: str) -> None:
    """Every other character is there, in its order; hyphens go only at the ends of lines."""
    joined = one_paragraph(text)
    kept = [c for c in joined if not c.isspace()]
    given = [c for c in text if not c.isspace()]
    assert [c for c in kept if c not in HYPHENS] == [c for c in given if c not in HYPHENS]
    at_ends = Counter(line.rstrip()[-1:] for line in text.splitlines())
    for hyphen in HYPHENS:
        assert 0 <= given.count(hyphen) - kept.count(hyphen) <= at_ends[hyphen]


@given(TEXTS)
def test_paragraphs_are_single_lines(text: str) -> None:
    """No line break is left but the blank line between paragraphs, no space at an end."""
    for paragraph in one_paragraph(text).split("\n\n"):
        assert len(paragraph.splitlines()) <= 1
        assert paragraph == paragraph.strip()
