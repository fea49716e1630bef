"""Changes to a page, and the versions that they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.webpage.edits import Edit, EditError, apply, go_on, read_edits, read_whole
from desktop.webpage.versions import UNCHANGED, Version, Versions
from tests.untranslated import CLOSE, OPEN

PAGE = "<!DOCTYPE html>\n<html>\n<h1>One</h1>\n<p>two</p>\n<p>two and a half</p>\n</html>"
FIRST = Versions((Version(PAGE),))


def block(search: str, new: str) -> str:
    return f"<<<<<<< SEARCH\n{search}\n=======\n{new}\n>>>>>>> REPLACE"


@pytest.mark.parametrize(
    ("answer", "edits"),
    [
        (block("a", "b"), [("a", "b")]),
        (f"Sure:\n```html\n{block('  a', '  b')}\n```\nDone.", [("  a", "  b")]),
        (f"{block('a', 'b')}\n{block('c', 'd')}", [("a", "b"), ("c", "d")]),
        ("<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE", [("a", "")]),
        (block("a\n\nb", "c\n\n"), [("a\n\nb", "c\n\n")]),
        (block("a", "b").replace("\n", "\r\n"), [("a", "b")]),
        ("<p>There is nothing to change.</p>", []),
    ],
)
def test_blocks_are_read_as_they_come(answer: str, edits: list[tuple[str, str]]) -> None:
    assert read_edits(answer) == [Edit(*edit) for edit in edits]


lines = st.lists(st.text(st.characters(exclude_characters="<>=\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), min_size=1))


@given(st.lists(st.tuples(lines.map("\n".join), lines.map("\n".join)), max_size=4))
def test_every_block_comes_back(pairs: list[tuple[str, str]]) -> None:
    assert read_edits("\n\n".join(block(*pair) for pair in pairs)) == [Edit(*pair) for pair in pairs]


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_block_that_is_cut_off_is_no_change(cut: int) -> None:
    whole = f"{block('a', 'b')}\n{block('c', 'd')}"
    with pytest.raises(EditError, match="ended in the middle"):
        read_edits("\n".join(whole.split("\n")[:-cut]))


def test_changes_are_made_one_after_the_other() -> None:
    edits = [Edit("<h1>One</h1>", "<h1>1</h1>"), Edit("<h1>1</h1>", "<h1>I</h1>")]
    assert apply(PAGE, edits) == PAGE.replace("One", "I")


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([Edit("<p>two", "x")], "The change fits 2 places in the page. The page stays"),
        ([Edit("<p> two</p>", "x")], "The change does not fit the page."),
        ([Edit("One", "1"), Edit("three", "x")], "Change 2 of 2 does not fit the page."),
        ([Edit("", "x")], "The change does not fit the page."),
    ],
)
def test_a_change_fits_exactly_once_or_not_at_all(edits: list[Edit], said: str) -> None:
    with pytest.raises(EditError, match=said):
        apply(PAGE, edits)


def test_a_whole_page_takes_the_place_of_all() -> None:
    new = "<!doctype html><html><h1>New</h1></html>"
    assert read_whole(f"Here it is:\n```html\n{new}\n```\nBye.") == new
    assert read_whole("<html>cut off") == ""
    assert read_whole("The `<html>` is of `<!doctype html>`.") == ""
    with pytest.raises(EditError, match="middle of the page"):
        read_whole("```html\n<!DOCTYPE html>\n<html>cut off")
    assert FIRST.take(f"```html\n{new}\n```", "all new").page == new


@pytest.mark.parametrize("cut", ["<p>two and", "<p>two and a half</p>\n", "<p>two</", "One</h1>\n<", "One</h1>\n"])
@pytest.mark.parametrize("again", ["", "<h1>One</h1>\n", "<"])
@pytest.mark.parametrize("form", ["{}", "Here it is:\n```html\n{}\n```\nDone."])
def test_the_rest_goes_on_where_the_page_was_cut_off(cut: str, again: str, form: str) -> None:
    """It may begin there, or write once more what stands since a tag."""
    end = PAGE.index(cut) + len(cut)
    start = PAGE.rindex(again, 0, end) if again else end
    begun = Versions((Version(PAGE[:end]),))
    assert begun.take(form.format(PAGE[start:]), "the rest").page == PAGE


def test_a_rest_may_be_cut_off_as_well() -> None:
    first, second = PAGE[:60], PAGE[40:75]
    assert go_on(first, second) == PAGE[:75]


@pytest.mark.parametrize("answer", ["It is a heading.", "```html\n<p>green</p>\n```", "o, that is all"])
def test_what_is_no_rest_goes_nowhere(answer: str) -> None:
    begun = PAGE[: PAGE.index("two and") + len("two")]
    assert go_on(begun, answer) == ""
    assert go_on(PAGE, "</p></html>") == ""


def test_versions_are_gone_through() -> None:
    second = FIRST.take(block("<h1>One</h1>", "<h1>1</h1>"), "one")
    third = second.take(block("<p>two</p>", "<p>2</p>"), "two")
    assert third.page == PAGE.replace("One", "1").replace("<p>two</p>", "<p>2</p>")
    assert [version.request for version in third.all] == ["", "one", "two"]
    assert (third.can_undo, third.can_redo) == (True, False)
    assert third.undo().page == second.page
    assert third.undo().undo().undo().page == PAGE
    assert third.undo().redo().redo() == third


def test_a_change_after_going_back_goes_on_from_there() -> None:
    third = FIRST.take(block("One", "1"), "one").take(block("<p>two</p>", "<p>2</p>"), "two")
    changed = third.undo().take(block("and a half", "1/2"), "half")
    assert changed.page == PAGE.replace("One", "1").replace("and a half", "1/2")
    assert [version.request for version in changed.all] == ["", "one", "half"]


def test_a_change_to_what_was_taken_back_is_made_to_that() -> None:
    second = FIRST.take(block("One", "blue"), "blue")
    changed = second.undo().take(block("blue", "green"), "green")
    assert changed.page == PAGE.replace("One", "green")


def test_words_change_nothing_and_no_change_is_told() -> None:
    assert FIRST.take("It is a heading.", "what is it?") is FIRST
    with pytest.raises(EditError, match=UNCHANGED.partition(";")[0]):
        FIRST.take(block("One", "One"), "same")


def test_changes_are_shown_line_by_line() -> None:
    second = FIRST.take(block("<h1>One</h1>", "<h1>1</h1>"), "one")
    shown = list(second.changes())
    assert "-<h1>One</h1>" in shown
    assert "+<h1>1</h1>" in shown
    assert sum(line[0] in "+-" for line in shown) == 2
    assert len([line for line in second.undo().changes() if line.startswith("+")]) == len(PAGE.splitlines())


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize(
    "edits",
    [[Edit("<p>two", "x")], [Edit("none", "x")], [Edit("One", "1"), Edit("<p>two", "x")], [Edit("", ""), Edit("", "")]],
)
def test_what_does_not_fit_is_said_in_the_language_that_is_spoken(edits: list[Edit]) -> None:
    with pytest.raises(EditError) as refused:
        apply(PAGE, edits)
    assert str(refused.value).startswith(OPEN)
    assert str(refused.value).endswith(CLOSE)
