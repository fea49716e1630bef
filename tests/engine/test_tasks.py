"""Task definitions: the shipped ones are right, the user's add and override, broken ones are named and skipped."""

from pathlib import Path

import pytest

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.job import AnswerKind

SHIPPED = paths.resources() / "tasks"
GOOD = 'title = "Mine"\nprompt = "Say it."\nanswer = "markdown"\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The user's own folder of tasks."""
    folder = tmp_path / "tasks"
    folder.mkdir()
    return folder


def test_every_shipped_task_is_valid() -> None:
    """All files are read, in an order without ties; each has what the panel and the model need."""
    tasks, problems = read_tasks([SHIPPED])
    assert problems == []
    assert {task.id for task in tasks} == {path.stem for path in SHIPPED.glob("*.toml")}
    assert tasks[0].id == "text"
    assert len({task.order for task in tasks}) == len(tasks)
    for task in tasks:
        assert task.title
        assert task.prompt.strip()
        assert (paths.resources() / "icons" / f"{task.icon}.svg").is_file()
    assert {task.answer for task in tasks} == set(AnswerKind)


def test_only_text_works_without_the_model() -> None:
    """The embedded engine never pretends to be the model."""
    tasks, _problems = read_tasks([SHIPPED])
    assert [task.id for task in tasks if not task.needs_model] == ["text"]


def test_the_user_adds_and_overrides(mine: Path) -> None:
    """A new file is a new task, a file of the same name replaces the shipped one, the rest stays."""
    (mine / "mine.toml").write_text(GOOD)
    (mine / "describe.toml").write_text(GOOD + 'order = 1\nhotkey = "F9"\n')
    (mine / "notes.txt").write_text("no task")
    tasks, problems = read_tasks([SHIPPED, mine])
    by_id = {task.id: task for task in tasks}
    assert problems == []
    assert set(by_id) == {path.stem for path in SHIPPED.glob("*.toml")} | {"mine"}
    assert (by_id["mine"].title, by_id["mine"].needs_model, by_id["mine"].order) == ("Mine", True, 100)
    assert (by_id["describe"].title, by_id["describe"].hotkey) == ("Mine", "F9")
    assert [tasks[0].id, tasks[-1].id] == ["describe", "mine"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title = ", "invalid value"),
        (GOOD.encode() + b'colour = "red"\n', "it has unknown entries: colour"),
        (GOOD.encode() + b'id = "other"\n', "it has unknown entries: id"),
        (GOOD.replace("markdown", "song").encode(), "answer: input should be 'text'"),
        (GOOD.encode() + b'order = "first"\n', "order: input should be a valid integer"),
        (b'title = "Mine"\nanswer = "text"\n', "prompt: field required"),
        (GOOD.replace("Mine", "Währung").encode("latin-1"), "it is not UTF-8 text"),
        (b"", "title: field required"),
    ],
)
def test_a_broken_file_is_named_and_skipped(mine: Path, content: bytes, reason: str) -> None:
    """The sentence names the file and what is wrong; the shipped task of that name stays."""
    (mine / "text.toml").write_bytes(content)
    (mine / "zz.toml").write_text(GOOD)
    tasks, problems = read_tasks([SHIPPED, mine])
    assert len(problems) == 1
    assert problems[0].lower().startswith(f"the task file {mine / 'text.toml'} was skipped: {reason}".lower())
    assert problems[0].endswith(".")
    assert "\n" not in problems[0]
    assert next(task.title for task in tasks if task.id == "text") == "Text"
    assert "zz" in [task.id for task in tasks]


def test_a_folder_named_like_a_task_is_skipped(mine: Path) -> None:
    """What cannot be read is told without the machine's words."""
    (mine / "odd.toml").mkdir()
    assert read_tasks([mine]) == (
        [],
        [f"The task file {mine / 'odd.toml'} was skipped: it could not be read (Is a directory)."],
    )


def test_a_missing_folder_has_no_tasks(tmp_path: Path) -> None:
    """Users without own tasks need no folder."""
    assert read_tasks([tmp_path / "none"]) == ([], [])
