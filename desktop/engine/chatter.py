"""What a model says around its answer: code fences, lead-ins, sign-offs. Pure."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^[ \t]{0,3}(?P<sign>`{3,}|~{3,})[ \t]*(?P<tag>[\w+#.-]*)[ \t]*(?:\n|\Z)", re.MULTILINE)
_STARTED = re.compile(r"(?:^|\n)[ \t]{0,3}[`~]{1,2}\Z")
_WRAPPER_WORDS = 300
# Each of these is talk only as the whole first line; behind its colon nothing stands.
_LEAD_INS = (
    r"(?:sure|certainly|of course|okay|ok|absolutely)\b[^\n]*[:!.]",
    r"(?:here(?:'s| is| are)|below (?:is|are)|the following)\b[^\n]*:",
    r"the (?:extracted |translated )?(?:text|fields|table|formula|translation|information|result)s?\b[^\n:]*"
    r"\b(?:is|are)\b[^\n]*:",
    r"(?:好的|当然)[^\n]*[：:。！!]",
    r"(?:以下是|下面是|如下)[^\n]*[：:]",
)
_LEAD_IN = re.compile(rf"\s*(?:{'|'.join(_LEAD_INS)})[ \t]*(?:\n\s*|\Z)", re.IGNORECASE)
_SIGN_OFFS = r"let me know|i hope|hope this|feel free|if you (?:need|have|want|would)|希望|如果(?:您|你)|如有"
_SIGN_OFF = re.compile(rf"(?:{_SIGN_OFFS})", re.IGNORECASE)


def unfence(text: str) -> str:
    """The inside of the code fences that wrap an answer, closed or not; the text itself where no fence wraps it.

    A fence wraps the answer where at most one line of talk stands before it; several fenced blocks are joined.
    """
    first = _FENCE.search(text)
    if first is None:
        return _STARTED.sub("", text) if _STARTED.fullmatch(text.strip()) else text
    before = text[: first.start()].strip()
    if "\n" in before or len(before) > _WRAPPER_WORDS:
        return text
    return "\n\n".join(fenced(text))


def fenced(text: str) -> Iterator[str]:
    """The inside of each fenced block, the last one closed or not."""
    opener = _FENCE.search(text)
    while opener:
        inside, place = _block(text, opener)
        yield inside
        opener = _FENCE.search(text, place)


def _block(text: str, opener: re.Match[str]) -> tuple[str, int]:
    """The inside of one fenced block, and where the text goes on behind it."""
    for closer in _FENCE.finditer(text, opener.end()):
        if closer["sign"].startswith(opener["sign"]) and not closer["tag"]:
            return text[opener.end() : closer.start()].removesuffix("\n"), closer.end()
    return _STARTED.sub("", text[opener.end() :]), len(text)


def unwrap_markdown(text: str) -> str:
    """Markdown without the one fence tagged `markdown` that wraps all of it; fences inside stay."""
    fences = list(_FENCE.finditer(text))
    if not fences or text[: fences[0].start()].strip() or fences[0]["tag"].lower() not in ("markdown", "md"):
        return text
    last = fences[-1]
    if len(fences) % 2 == 0 and not last["tag"] and not text[last.end() :].strip():
        return text[fences[0].end() : last.start()].removesuffix("\n")
    return text[fences[0].end() :]


def strip_talk(text: str) -> str:
    """The text without a first line such as "Here is the text:" and a last one such as "Let me know …"."""
    lead_in = _LEAD_IN.match(text)
    inside = text[lead_in.end() if lead_in else 0 :]
    answer, _break, last = inside.rstrip().rpartition("\n")
    parted = not answer.rpartition("\n")[2].strip()
    return answer.rstrip() if parted and answer.strip() and _SIGN_OFF.match(last) else inside
