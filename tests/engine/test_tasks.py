"""Task definitions: the shipped ones are right, the user's add and override, broken ones are named and skipped."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.engine.tasks import fill, read_tasks
from desktop.errors import UserError
from desktop.job import AnswerKind, Job, Shot, Task

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
        (GOOD.replace("markdown", "song").encode(), "answer: it must be one of text, markdown, fields"),
        (GOOD.encode() + b'order = "first"\n', "order: it must be a whole number."),
        (GOOD.encode() + b'top_p = "high"\n', "top_p: it must be a number"),
        (GOOD.encode() + b'needs_model = "perhaps"\n', "needs_model: it must be true or false"),
        (GOOD.encode() + b'stop = "END"\n', "stop: it must be a list"),
        (b'title = "Mine"\nanswer = "text"\n', "prompt: it is missing"),
        (GOOD.replace("Mine", "Währung").encode("latin-1"), "it is not UTF-8 text"),
        (b"", "title: it is missing"),
        (GOOD.encode() + b"max_tokens = 0\n", "max_tokens: it must be above 0"),
        (GOOD.encode() + b"temperature = -0.1\n", "temperature: it must be from 0 to 2"),
        (GOOD.encode() + b"temperature = nan\n", "temperature: it must be from 0 to 2"),
        (GOOD.encode() + b"top_p = 0.0\n", "top_p: it must be above 0 and at most 1"),
        (GOOD.encode() + b"seed = 99999999999999999999\n", "seed: it must fit into 64 bits"),
        (GOOD.encode() + b'stop = ["."," ",""]\n', "stop: an empty text would end every answer at once"),
        (GOOD.encode() + b"stop = [1]\n", "stop.0: it must be a text in quotes"),
        (GOOD.encode() + b"[options]\na = []\n", "options: each must offer something"),
        (GOOD.encode() + b"[options]\na = ['']\n", "options: each must offer something"),
        (GOOD.encode() + b"[options]\na = ['b']\n", "options: each must stand as {name} in the prompt"),
        (GOOD.encode() + b"[options]\nquestion = ['b']\n", "options: {question} is the user's own"),
        (GOOD.encode() + b"options = 3\n", "options: it must be a table"),
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


def shipped() -> dict[str, Task]:
    tasks, _problems = read_tasks([SHIPPED])
    return {task.id: task for task in tasks}


def test_shipped_tasks_are_in_order_and_greedy() -> None:
    """Qwen's own way: no sampling; long answers get room."""
    tasks = shipped()
    assert list(tasks) == [
        "text", "describe", "detect", "code", "fields", "table", "formula", "translate", "ask",
    ]  # fmt: skip
    assert {task.temperature for task in tasks.values()} == {0.0}
    assert [task.id for task in tasks.values() if task.max_tokens == 4096] == ["text", "code", "table"]
    assert [task.id for task in tasks.values() if task.options] == ["detect", "code", "translate"]


def test_shipped_prompts_say_what_helps() -> None:
    """The words that were measured to help: verbatim, JSON only, the framework first."""
    prompts = {name: fill(task, "What is this?") for name, task in shipped().items()}
    assert not [name for name, prompt in prompts.items() if "{" in prompt.replace('{"bbox_2d"', "") or "\n" in prompt]
    for name in ("text", "fields", "table"):
        assert "strictly the original text" in prompts[name]
    assert prompts["code"].startswith("Use plain CSS. ")
    assert '[{"bbox_2d": [x1, y1, x2, y2], "label": "name"}]. JSON only, no explanation.' in prompts["detect"]
    assert prompts["ask"] == "What is this?"


def test_choices_take_their_places() -> None:
    """The default is the first; a choice may be what nobody offered, but not for what nobody asks."""
    tasks = shipped()
    for stack in tasks["code"].options["stack"]:
        assert fill(tasks["code"], stack=stack).startswith(f"Use {stack}. ")
    assert "into English," in fill(tasks["translate"])
    assert "into English," in fill(tasks["translate"], language="")
    assert "into Klingon," in fill(tasks["translate"], language="Klingon")
    assert fill(tasks["detect"], what="everyone in red").startswith("Detect everyone in red in the picture")
    with pytest.raises(ValueError, match="no option colour, size"):
        fill(tasks["code"], size="1", colour="red")


@pytest.mark.parametrize("question", ["", " \n"])
def test_a_question_must_be_asked(question: str) -> None:
    """The user reads why."""
    with pytest.raises(UserError, match=r"^Ask needs a question\.$"):
        fill(shipped()["ask"], question)


@given(st.text().filter(str.strip), st.text(min_size=1))
def test_what_the_user_writes_is_not_read_as_a_place(question: str, chosen: str) -> None:
    """Words go in as they are, braces and all."""
    task = Task("t", "T", "a {one} {question} {two} z", AnswerKind.TEXT, options={"one": ("1",), "two": ("2", "3")})
    assert fill(task, question, one=chosen) == f"a {chosen} {question.strip()} 2 z"


def test_tasks_and_jobs_are_values(mine: Path) -> None:
    """Equal definitions are equal and hash alike, options or not; a job carries the user's question."""
    (mine / "a.toml").write_text(
        'title = "A"\nprompt = "Say {x}."\nanswer = "text"\nstop = ["."]\n[options]\nx = ["1", "2"]\n'
    )
    (one,), _ = read_tasks([mine])
    (two,), _ = read_tasks([mine])
    assert one == two
    assert len({one, two, *shipped().values()}) == 10
    assert (one.stop, one.options) == ((".",), {"x": ("1", "2")})
    assert Job(Shot(1, 1, bytes(3)), one).question == ""
    assert Job(Shot(1, 1, bytes(3)), one, question="Why?").question == "Why?"
