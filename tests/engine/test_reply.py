"""What the model said as it is shown: shaped in time, and as JSON also where nothing was found."""

import json
import time

import pytest

from desktop.engine import reply
from desktop.engine.reply import Shaper, shape_reply
from desktop.job import AnswerKind, Shot
from tests.engine.qwen.asked import job

SHOT = Shot(200, 100, bytes(200 * 100 * 3))
SIZE = (100, 50)


def test_a_long_table_does_not_cost_its_shaping_for_every_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shape that takes long is shown less often; the whole answer is. A token takes 1 ms here, a shape 10."""
    shaped: list[str] = []
    now_s = 0.0

    def slow(_kind: AnswerKind, text: str, _resized: object, _shot: Shot) -> tuple[str, tuple[()]]:
        nonlocal now_s
        shaped.append(text)
        now_s += 0.01
        return text, ()

    monkeypatch.setattr(reply, "shape_reply", slow)
    monkeypatch.setattr(time, "perf_counter", lambda: now_s)
    shaper, text = Shaper(job("table")), ""
    for _ in range(500):
        text += "x"
        now_s += 0.001
        shown, _lines = shaper.shape(text, SIZE, whole=False)
        assert text.startswith(shown)
    assert shaper.shape(text, SIZE, whole=True)[0] == text
    assert shaped[0] == "x"
    assert len(shaped) == 4


@pytest.mark.parametrize("said", ["[]", "```json\n[]\n```", "```json\n[ ]```", '{"boxes": [], "labels": []}'])
def test_nothing_found_is_json_too(said: str) -> None:
    """Whoever reads the command line's JSON need not know what the model wrapped around it."""
    text, lines = shape_reply(AnswerKind.BOXES, said, SIZE, SHOT)
    assert json.loads(text) == {"boxes": [], "labels": []}
    assert lines == ()


@pytest.mark.parametrize("said", ["", "[", "```json\n[", "There are none.", '[{"bbox_2d": [1, 2'])
def test_what_is_no_finished_list_stays_as_it_is(said: str) -> None:
    """An answer that has only begun, or that is none."""
    assert shape_reply(AnswerKind.BOXES, said, SIZE, SHOT) == (said, ())
