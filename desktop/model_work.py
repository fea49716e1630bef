"""What is being done with a model, as every window shows it: frozen values that may cross threads."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Verb = Literal["download", "verify", "remove"]
_DOING: dict[Verb, str] = {"download": "Downloading", "verify": "Checking", "remove": "Removing"}


class Stage(StrEnum):
    """How far a work is; one that ENDED was stopped or failed."""

    IDLE = "idle"
    OFFERED = "offered"
    RUNNING = "running"
    ENDED = "ended"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ModelWork:
    """One thing that is done with one model, after the user's yes.

    `model` is the id of a preset, `name` what people call it. `words` explain the stage, `share` is how much is done
    (0 to 1). `agree` is what the button says that starts it, or starts it again; '' where there is nothing to start.
    """

    verb: Verb = "download"
    model: str = ""
    name: str = ""
    stage: Stage = Stage.IDLE
    words: str = ""
    share: float = 0.0
    agree: str = ""

    @property
    def running(self) -> bool:
        """True while it is being done."""
        return self.stage is Stage.RUNNING

    @property
    def title(self) -> str:
        """What is done or asked, in a few words."""
        if self.stage is Stage.OFFERED:
            return f"{self.verb.capitalize()} {self.name}?"
        return f"{_DOING[self.verb]} {self.name}" if self.running else self.name
