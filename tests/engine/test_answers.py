import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.answers import one_paragraph


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("", ""),
        ("one\ntwo", "one two"),
        ("  indented\n  code", "indented code"),
        ("近年来，多模态模型\n已经能够", "近年来，多模态模型已经能够"),
        ("速度快，\n在 CPU 上", "速度快，在 CPU 上"),
        ("使用\nOCR", "使用 OCR"),
        ("a recog-\nnised word", "a recognised word"),
        ("the years 1914-\n1918", "the years 1914- 1918"),
        ("Anglo-\nSaxon", "Anglo- Saxon"),
        ("first\npart\n\nsecond\npart", "first part\n\nsecond part"),
        ("first\n  \n\n\nsecond", "first\n\nsecond"),
    ],
)
def test_lines_are_joined_as_their_language_does(text: str, joined: str) -> None:
    assert one_paragraph(text) == joined


@given(st.text(alphabet="ab 中。-\n"))
def test_joining_twice_changes_nothing_and_loses_no_letter(text: str) -> None:
    joined = one_paragraph(text)
    assert one_paragraph(joined) == joined
    assert [c for c in joined if c in "ab中。"] == [c for c in text if c in "ab中。"]
