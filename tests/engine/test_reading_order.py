"""Boxes of text in the order in which people read them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.reading_order import Row, arrange
from desktop.job import Box


def line(left: int, top: int, width: int, height: int = 20) -> Box:
    return Box(left, top, left + width, top + height)


def order(boxes: list[Box]) -> list[list[int]]:
    return [row.boxes for row in arrange(boxes)]


def test_cells_of_a_form_are_read_row_by_row() -> None:
    boxes = [line(20 + 200 * (i % 3), 30 * (i // 3) + (i % 2), 90) for i in range(12)]
    assert order(boxes) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]


def test_prose_in_two_columns_is_read_column_by_column_after_its_title() -> None:
    left = [line(20, 60 + 21 * i, 300 - i) for i in range(6)]
    right = [line(360, 60 + 21 * i, 300 - i) for i in range(6)]
    title = line(20, 10, 600, 30)
    assert order([*right, *left, title]) == [[12], *([i] for i in range(6, 12)), *([i] for i in range(6))]


def test_a_side_bar_off_the_base_lines_is_a_column() -> None:
    side = [line(10, 10 + 33 * i, 100) for i in range(7)]
    main = [line(200, 22 + 45 * i, 300) for i in range(5)]
    assert order(side + main) == [[i] for i in range(12)]


def test_messages_that_answer_each_other_are_read_top_to_bottom() -> None:
    boxes = [line(10 if i % 2 else 400, 10 + 40 * i, 200) for i in range(8)]
    assert order(boxes) == [[i] for i in range(8)]


def test_wide_space_and_another_size_begin_a_paragraph() -> None:
    tops = [0, 60, 82, 104, 160, 182]
    boxes = [line(0, top, 400, 40 if top == 0 else 20) for top in tops]
    assert [row.paragraph for row in arrange(boxes)] == [0, 1, 1, 1, 2, 2]


def test_nothing_has_no_order() -> None:
    assert arrange([]) == []


@given(
    st.lists(
        st.builds(line, st.integers(0, 900), st.integers(0, 900), st.integers(5, 500), st.integers(5, 60)), max_size=40
    )
)
def test_every_box_is_read_once(boxes: list[Box]) -> None:
    rows: list[Row] = arrange(boxes)
    assert sorted(i for row in rows for i in row.boxes) == list(range(len(boxes)))
    paragraphs = [row.paragraph for row in rows]
    assert paragraphs == sorted(paragraphs)
