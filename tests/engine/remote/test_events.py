"""Events come whole out of bytes in any pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.remote.events import MOST_BYTES, Event, EventReader

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1), min_size=1)


def read(data: bytes, cuts: list[int]) -> list[Event]:
    """All events of the bytes, fed in pieces that end at the cuts."""
    reader, events, start = EventReader(), [], 0
    for end in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        events += reader.feed(data[start:end])
        start = end
    return events + reader.finish()


@given(
    st.lists(LINES, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(0, 1000), max_size=20),
    st.sampled_from(["", ": ping\n\n", ":\n", "retry: 3\n", "id: 7\n"]),
)
def test_any_pieces_and_line_ends_give_the_same_events(
    said: list[list[str]], end: str, cuts: list[int], between: str
) -> None:
    """Also inside a character or a line end, with comments and other fields between."""
    noise = between.replace("\n", end)
    written = "".join(noise + "".join(f"data: {line}{end}" for line in lines) + end for lines in said)
    assert read(written.encode(), cuts) == [Event("", "\n".join(lines)) for lines in said]


def test_what_servers_leave_out() -> None:
    """The space behind the colon, the last empty line, the order mark; a name counts for its own event only."""
    assert read(b"\xef\xbb\xbfdata:1\n\nevent: error\ndata: 2\n\ndata: 3", []) == [
        Event("", "1"), Event("error", "2"), Event("", "3")
    ]  # fmt: skip
    assert read(b"", []) == read(b": only a comment\n\n", []) == []


def test_an_event_without_an_end_is_refused() -> None:
    """A broken server does not fill the memory, in one line or in many."""
    with pytest.raises(ValueError, match="without an end"):
        EventReader().feed(b"data: " + b"x" * MOST_BYTES)
    reader = EventReader()
    with pytest.raises(ValueError, match="without an end"):
        for _line in range(9):
            reader.feed(b"data: " + b"x" * (MOST_BYTES // 8) + b"\n")
