"""Colours of labels and places of their tags."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.job import Box
from desktop.panel.box_look import PALETTE, colours_of, place_tag
from desktop.panel.placement import overlap

LABELS = [f"label {number}" for number in range(30)]


def test_a_label_keeps_its_colour_while_others_come() -> None:
    """What stands already is never painted otherwise; as long as there are colours, no two labels share one."""
    for count in range(1, len(LABELS)):
        assert colours_of(LABELS[:count]).items() <= colours_of(LABELS[: count + 1]).items()
    assert len(set(colours_of(LABELS[: len(PALETTE)]).values())) == len(PALETTE)
    assert set(colours_of(LABELS)) == set(LABELS)


def test_a_label_alone_has_the_same_colour_in_every_picture() -> None:
    """Where no other label takes it."""
    assert {colours_of([label])[label] for label in ("person", "person", "person")} == {
        colours_of(["person"])["person"]
    }
    assert len({colours_of([label])[label] for label in LABELS}) > len(PALETTE) // 2


BOUNDS = Box(10, 20, 310, 220)
CORNERS = st.tuples(st.integers(0, 400), st.integers(0, 400))
TAGS = st.tuples(st.integers(1, 320), st.integers(1, 40))


@given(CORNERS, st.tuples(st.integers(1, 400), st.integers(1, 400)), TAGS)
def test_tags_stay_inside(corner: tuple[int, int], size: tuple[int, int], tag: tuple[int, int]) -> None:
    """Whatever the box: the tag is whole inside the bounds and as large as it is, or there is no room for it."""
    box = Box(*corner, corner[0] + size[0], corner[1] + size[1])
    spot = place_tag(box, tag, BOUNDS)
    if tag[0] > BOUNDS.width:
        assert spot is None
        return
    assert spot is not None
    assert (spot.width, spot.height) == tag
    assert overlap(spot, BOUNDS) == tag[0] * tag[1]


def test_tags_stand_on_their_boxes() -> None:
    """Above where there is room, else inside the top edge; moved left at the right end."""
    assert place_tag(Box(50, 100, 90, 120), (30, 12), BOUNDS) == Box(50, 88, 80, 100)
    assert place_tag(Box(50, 25, 90, 120), (30, 12), BOUNDS) == Box(50, 25, 80, 37)
    assert place_tag(Box(300, 100, 310, 120), (30, 12), BOUNDS) == Box(280, 88, 310, 100)
