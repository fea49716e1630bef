"""Lines joined into paragraphs, as their language writes them. Pure."""

import re

# Han, kana, hangul syllables aside (Korean writes spaces), CJK punctuation and full-width forms.
_CJK = "\u2e80-\u303f\u3040-\u30ff\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef"
_JOINTS = (
    (re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_A-Z])"), ""),  # a word hyphenated at the line's end
    (re.compile(rf"(?<=[{_CJK}])\n|\n(?=[{_CJK}])"), ""),
    (re.compile(r"\n"), " "),
)


def one_paragraph(text: str) -> str:
    """The text with its line breaks removed; blank lines still part paragraphs.

    Words hyphenated at a line's end are put together again, and lines of Chinese or Japanese join without a space.
    """
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(_join(paragraph) for paragraph in re.split(r"\n{2,}", lines.strip("\n")))


def _join(paragraph: str) -> str:
    for joint, glue in _JOINTS:
        paragraph = joint.sub(glue, paragraph)
    return paragraph
