"""The last answers, as the tray offers them again."""

from desktop.history import KEPT, Entry, History


def test_the_newest_answer_comes_first_and_the_oldest_goes() -> None:
    """Only so many are kept."""
    history = History()
    for number in range(KEPT + 3):
        history.add(Entry("Text", f"answer {number}"))
    texts = [entry.text for entry in history.entries()]
    assert texts == [f"answer {number}" for number in range(KEPT + 2, 2, -1)]


def test_an_empty_answer_is_not_kept() -> None:
    """Nothing is offered that cannot be copied."""
    history = History()
    history.add(Entry("Text", ""))
    assert history.entries() == []


def test_what_is_shown_of_the_list_cannot_change_it() -> None:
    """The list handed out is a copy."""
    history = History()
    history.add(Entry("Text", "kept"))
    history.entries().clear()
    assert len(history.entries()) == 1


def test_a_preview_is_one_short_line() -> None:
    """Line breaks become spaces and the end is cut with an ellipsis."""
    assert Entry("Text", "two\n  lines").preview() == "two lines"
    preview = Entry("Text", "word " * 50).preview(12)
    assert preview == "word word w…"
    assert len(preview) == 12
    assert Entry("Text", "exactly ten").preview(11) == "exactly ten"
    assert Entry("Text", "你好" * 30).preview(5) == "你好你好…"
