"""What travels through the flow: Shot, Task, Job, Update; frozen values that may cross threads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple
from uuid import uuid4

from desktop.language import tr_later


class Box(NamedTuple):
    """A half-open rectangle: `left <= x < right`, `top <= y < bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Columns inside."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows inside."""
        return self.bottom - self.top


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Shot:
    """A captured picture.

    `rgb` holds `height` rows of `width` pixels, three uint8 a pixel (R, G, B), without padding: `width * height * 3`
    bytes. `scale` is device pixels per logical pixel of the screen it came from. `region` is where it stood on the
    desktop, in logical pixels, and None for a picture that was never on this screen. `source` names it for people.
    """

    width: int
    height: int
    rgb: bytes = field(repr=False)
    scale: float = 1.0
    region: Box | None = None
    source: str = tr_later("screen")

    def __post_init__(self) -> None:
        """Raise ValueError where the bytes do not fill the picture exactly."""
        if self.width < 1 or self.height < 1 or len(self.rgb) != self.width * self.height * 3:
            raise ValueError(f"{len(self.rgb)} bytes do not fill {self.width} x {self.height} RGB pixels")


class AnswerKind(StrEnum):
    """The shape of an answer, which chooses its view in the panel."""

    TEXT = "text"
    MARKDOWN = "markdown"
    FIELDS = "fields"
    TABLE = "table"
    BOXES = "boxes"
    HTML = "html"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of a Shot. Defined in `resources/tasks/*.toml`; `engine/tasks.py` reads it.

    `{question}` in the prompt stands for the user's question, `{name}` for a choice: `options` names each with what is
    offered, the default first. What is `verbatim` copies text from the picture. A temperature of 0 is greedy, others
    draw by `seed`. The answer ends at `stop`, which is not part of it. `edit_prompt` asks for a change to the answer,
    in the user's words; where there is none, what the user asks on is a question.
    """

    id: str
    title: str
    prompt: str
    answer: AnswerKind
    icon: str = ""
    hotkey: str = ""
    needs_model: bool = True
    verbatim: bool = False
    edit_prompt: str = ""
    order: int = 100
    max_tokens: int = 2048
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def needs_question(self) -> bool:
        """True where the user has to put the question into words."""
        return "{question}" in self.prompt

    @property
    def edit(self) -> "Task | None":
        """The task that asks for a change to this one's answer; None where that is not possible."""
        if not self.edit_prompt:
            return None
        return replace(self, prompt=self.edit_prompt, edit_prompt="", answer=AnswerKind.MARKDOWN, options={})


@dataclass(frozen=True, slots=True)
class Turn:
    """A Task that was asked and what the model said, in its own words."""

    task: Task
    question: str
    chosen: Mapping[str, str] = field(hash=False)
    answer: str


@dataclass(frozen=True, slots=True)
class Job:
    """One Task asked of one Shot.

    `question` is the user's own, for tasks that ask for one; `chosen` holds what was picked from the task's options.
    `earlier` are the turns about the same Shot that this one follows, oldest first. `full_size` asks for the whole
    picture even where that costs what the engine keeps in memory.
    """

    shot: Shot
    task: Task
    id: str = field(default_factory=lambda: uuid4().hex)
    question: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict, hash=False)
    earlier: tuple[Turn, ...] = ()
    full_size: bool = False

    def turns(self, answer: str) -> tuple[Turn, ...]:
        """The conversation with this job and the model's answer at its end."""
        return (*self.earlier, Turn(self.task, self.question, self.chosen, answer))


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line that can be selected by itself; `box` is in pixels of the Shot."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in reading order, or one code (`code` names its symbology, such as "QRCode").

    `text` carries its indentation. `paragraph` counts up wherever a new block of text begins.
    """

    text: str
    box: Box
    words: tuple[Word, ...] = ()
    paragraph: int = 0
    code: str = ""


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """True where no further Update follows."""
        return self in (State.DONE, State.CANCELLED, State.FAILED)


@dataclass(frozen=True, slots=True)
class Update:
    """What the engine says about a job.

    `text` is the whole answer so far, so that an Update that was skipped loses nothing. `seconds` is the time since the
    job was submitted. `note` is a remark for the user beside an answer, `error` the sentence of a failed job.
    `words` are the model's own, of which `text` is made. `reduced` is True where the model saw a smaller picture than
    it could, for want of memory. `details` tell how the answer came about, for those who want to know. `place` is the
    host that the picture was sent to, '' where it did not leave this computer.
    """

    job_id: str
    state: State
    text: str = ""
    lines: tuple[Line, ...] = ()
    engine: str = ""
    seconds: float = 0.0
    note: str = ""
    error: str = ""
    words: str = ""
    reduced: bool = False
    details: str = ""
    place: str = ""
