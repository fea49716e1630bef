"""What is done to the text of an answer before it is shown or copied; pure."""

import re
from itertools import pairwise

from desktop.engine.glyphs import is_cjk

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def one_paragraph(text: str) -> str:
    """Join the lines of each paragraph as its language does; an empty line stays the border of paragraphs.

    No space between Chinese or Japanese signs, one between all others; a word that was split by a hyphen at the end of
    a line is put together where its second half begins in lower case.
    """
    return "\n\n".join(filter(None, map(_join, _PARAGRAPHS.split(text))))


def _join(paragraph: str) -> str:
    lines = [" ".join(line.split()) for line in paragraph.splitlines() if line.strip()]
    joined = lines[0] if lines else ""
    for above, below in pairwise(lines):
        if above[-1] in "-\u00ad\u2010" and len(above) > 1 and above[-2].isalpha() and below[0].islower():
            joined = joined[:-1] + below
        elif is_cjk(above[-1]) and is_cjk(below[0]):
            joined += below
        else:
            joined += " " + below
    return joined
