"""Tasks of the user's own: written so that the reader gives back what was meant, and taken away again."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.engine.task_files import TaskFiles, to_toml
from desktop.engine.tasks import parse_task
from desktop.errors import UserError
from desktop.job import AnswerKind, Task

TASK = Task("mine", "Mine", "Say it.", AnswerKind.MARKDOWN)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.fixture
def files(tmp_path: Path) -> TaskFiles:
    """The shipped tasks, and no own ones."""
    return TaskFiles(paths.resources() / "tasks", tmp_path / "own")


def find(files: TaskFiles, task_id: str) -> Task:
    """A task as the reader gives it."""
    return next(task for task in files.read()[0] if task.id == task_id)


@given(
    st.builds(
        Task,
        id=st.just("mine"),
        title=words.map("T{}".format),
        prompt=words.map("P{} {{way}}".format),
        answer=st.sampled_from(AnswerKind),
        needs_model=st.booleans(),
        temperature=st.floats(0, 2),
        seed=st.integers(-(2**63), 2**63 - 1),
        stop=st.lists(words).map(tuple),
        options=st.lists(words, min_size=1).map(lambda offered: {"way": tuple(offered)}),
    )
)
def test_every_task_comes_back(task: Task) -> None:
    """Quotes, backslashes, control characters, several lines: TOML carries them all."""
    assert parse_task("mine", to_toml(task)) == task


def test_only_what_differs_is_written() -> None:
    assert tomllib.loads(to_toml(TASK)) == {"title": "Mine", "prompt": "Say it.", "answer": "markdown"}
    assert '"""\nOne,\ntwo "three"."""' in to_toml(replace(TASK, prompt='One,\ntwo "three".'))


def test_a_shipped_task_is_changed_and_reset(files: TaskFiles) -> None:
    """A change that is taken back needs no file."""
    shipped = find(files, "describe")
    files.save(replace(shipped, prompt="Shorter."))
    assert (files.is_shipped("describe"), files.is_own("describe")) == (True, True)
    assert find(files, "describe") == replace(shipped, prompt="Shorter.")
    files.save(shipped)
    assert not files.is_own("describe")
    files.save(replace(shipped, prompt="Shorter."))
    files.remove("describe")
    assert find(files, "describe") == shipped


def test_what_the_reader_refuses_is_not_written(files: TaskFiles) -> None:
    """With the reader's own words, and the file as it was."""
    files.save(TASK)
    for wrong, said in (
        (replace(TASK, title=" "), "title: it must not be empty"),
        (replace(TASK, prompt="\n"), "prompt: it must not be empty"),
        (replace(TASK, options={"way": ("a",)}), "options: each must stand as {name} in the prompt"),
        (replace(TASK, temperature=3), "temperature: it must be from 0 to 2"),
    ):
        with pytest.raises(UserError, match=f"^This cannot be used: {said}.$".replace("{", "\\{")):
            files.save(wrong)
    assert find(files, "mine") == TASK


def test_copies_have_names_of_their_own(files: TaskFiles) -> None:
    """Safe as names of files, in any language, and no two the same."""
    first = files.copy(replace(TASK, hotkey="F9"), "../My Täsk: two?")
    assert (first.id, first.title, first.hotkey) == ("own-my-t-sk-two", "../My Täsk: two?", "")
    files.save(first)
    assert files.copy(TASK, "../My Täsk: two?").id == "own-my-t-sk-two-2"
    assert files.copy(TASK, "文字").id == "own-task"


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    files = TaskFiles(paths.resources() / "tasks", tmp_path / "file" / "own")
    with pytest.raises(UserError, match="part of that path is a file"):
        files.save(TASK)
