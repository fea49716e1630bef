"""What the tables hold of a conversation survives another version of the program."""

import json

import pytest

from desktop.errors import UserError
from desktop.history.record import conversation_of, latest_of, rows_of
from desktop.panel.conversation import Conversation
from tests.history.kept import asked_on, picture, same, talk_of

TALK = asked_on(talk_of(), "Why?", "So.")


def back(task: dict[str, object] | None = None, latest: dict[str, object] | None = None) -> Conversation:
    """TALK from its rows, with other values in them."""
    rows = rows_of(TALK)
    rows = [row._replace(task=json.dumps({**json.loads(row.task), **(task or {})})) for row in rows]
    return conversation_of(TALK.key, picture(), rows, json.dumps({**json.loads(latest_of(TALK)), **(latest or {})}))


def test_there_and_back() -> None:
    assert same(back(), TALK)


def test_what_this_version_does_not_know_of_a_task_is_left_out() -> None:
    assert same(back({"mood": "merry"}), TALK)


def test_a_task_without_later_values_has_the_defaults() -> None:
    """As an older version wrote it."""
    (row, *_others) = rows_of(talk_of())
    values = {
        name: value for name, value in json.loads(row.task).items() if name in ("id", "title", "prompt", "answer")
    }
    talk = conversation_of("key", picture(), [row._replace(task=json.dumps(values))], latest_of(talk_of()))
    assert (talk.task.id, talk.task.max_tokens, talk.task.stop, talk.task.options) == ("text", 2048, (), {})


@pytest.mark.parametrize("broken", [{"answer": "song"}, {"options": 7}, {"stop": None}])
def test_a_task_that_makes_no_sense_is_said(broken: dict[str, object]) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        back(broken)


@pytest.mark.parametrize("broken", [{"state": "asleep"}, {"mood": "merry"}])
def test_an_answer_that_makes_no_sense_is_said(broken: dict[str, object]) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        back(latest=broken)


def test_no_exchange_is_said() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        conversation_of("key", picture(), [], latest_of(TALK))
