"""What a conversation makes of a page, update by update."""

from dataclasses import replace

from desktop import paths
from desktop.engine.tasks import read_tasks
from desktop.job import AnswerKind, Job, Shot, State, Update
from desktop.panel.conversation import Conversation
from desktop.panel.html.story import Story
from desktop.panel.manner import Manner
from desktop.panel.talks import Talks
from tests.webpage.test_edits import PAGE, block

TASKS, _PROBLEMS = read_tasks([paths.resources() / "tasks"])
MANNER = Manner(TASKS, has_model=True)
CODE = MANNER.task("code")
SHOT = Shot(2, 1, bytes(6))


class Told:
    """A conversation about a page, and the story of it."""

    def __init__(self) -> None:
        assert CODE is not None
        self.talks = Talks(SHOT, CODE, MANNER)
        self.talks.begin()
        self.story = Story()

    def hear(self, text: str, state: State = State.DONE) -> Story:
        """Let the engine say something."""
        talk = self.talk
        self.talks.take(Update(talk.job.id, state, text, words=text))
        self.story.follow(self.talk)
        return self.story

    def ask(self, words: str) -> Job:
        job = self.talks.send(words)
        assert job is not None
        self.story.follow(self.talk)
        return job

    @property
    def talk(self) -> Conversation:
        assert self.talks.shown is not None
        return self.talks.shown


def test_the_page_grows_and_is_changed() -> None:
    told = Told()
    assert told.hear(PAGE[:20], State.RUNNING).versions.page == PAGE[:20]
    assert told.hear(PAGE).versions.page == PAGE
    job = told.ask("number the heading")
    assert job.task.answer is AnswerKind.MARKDOWN
    assert "<<<<<<< SEARCH" in job.task.prompt
    assert job.earlier[0].answer == PAGE
    answer = block("One", "1")
    for end in range(0, len(answer), 5):
        assert told.hear(answer[:end], State.RUNNING).versions.page == PAGE
    story = told.hear(answer)
    assert story.versions.page == PAGE.replace("One", "1")
    assert (story.problem, story.said) == ("", None)
    assert story.versions.all[-1].request == "number the heading"


def test_what_was_taken_back_stays_so_while_more_is_said() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("one")
    told.hear(block("One", "1"))
    told.story.undo()
    told.ask("two")
    told.hear("<<<<<<< SEA", State.RUNNING)
    assert told.story.versions.page == PAGE
    told.hear(block("<p>two</p>", "<p>2</p>"))
    assert told.story.versions.page == PAGE.replace("<p>two</p>", "<p>2</p>")


def test_a_change_that_does_not_fit_is_told_until_the_next_request() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("three")
    assert "does not fit" in told.hear(block("three", "3")).problem
    told.story.follow(told.talk)
    assert told.story.problem
    told.ask("one")
    assert told.story.problem == ""
    assert told.hear(block("One", "1")).versions.page == PAGE.replace("One", "1")


def test_an_answer_in_words_is_said() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("what is this?")
    story = told.hear("A page with", State.RUNNING)
    assert story.said is not None
    assert story.said.answer == "A page with"
    story = told.hear("A page with a heading.")
    assert story.said is not None
    assert story.said.question == "what is this?"
    assert story.versions.page == PAGE


def test_a_stopped_change_changes_nothing() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("one")
    told.hear(block("One", "1")[:-5], State.CANCELLED)
    assert told.story.versions.page == PAGE
    told.ask("two")
    story = told.hear(block("<p>two</p>", "<p>2</p>"))
    assert story.versions.page == PAGE.replace("<p>two</p>", "<p>2</p>")


def test_a_change_that_was_stopped_after_a_whole_block_is_forgotten() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("both")
    told.hear(f"{block('One', '1')}\n", State.CANCELLED)
    job = told.ask("two")
    assert [turn.question for turn in job.earlier] == [""]
    story = told.hear(block("<p>two</p>", "<p>2</p>"))
    assert story.versions.page == PAGE.replace("<p>two</p>", "<p>2</p>")


def test_words_in_the_place_of_a_page_are_said() -> None:
    told = Told()
    story = told.hear("I cannot see", State.RUNNING)
    assert (story.versions.page, story.said) == ("", None)  # a page may follow
    story = told.hear("I cannot see a design.")
    assert story.versions.page == ""
    assert story.said is not None
    told.ask("try again")
    story = told.hear(PAGE)
    assert (story.versions.page, story.said) == (PAGE, None)


def test_another_conversation_begins_anew() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("one")
    told.hear(block("One", "1"))
    told.talks.begin()
    assert told.hear("<p>new", State.RUNNING).versions.page == "<p>new"
    assert len(told.story.versions.all) == 1
    told.story.follow(None)
    assert told.story.versions.page == ""


def test_a_view_that_comes_late_tells_the_same() -> None:
    told = Told()
    told.hear(PAGE)
    told.ask("one")
    told.hear(block("One", "1"))
    late = Story()
    late.follow(told.talk)
    assert late.versions == told.story.versions


def test_only_tasks_with_a_way_to_change_take_changes() -> None:
    assert CODE is not None
    edit = CODE.edit
    assert edit is not None
    assert edit.needs_question
    assert edit.edit is None
    assert replace(CODE, edit_prompt="").edit is None
    assert [task.id for task in TASKS if task.edit_prompt] == ["code"]
