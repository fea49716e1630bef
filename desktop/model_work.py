"""What is being done with a model, as every window shows it: frozen values that may cross threads."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from desktop.language import tr, tr_later

Verb = Literal["download", "verify", "remove"]
_ASKING: dict[Verb, str] = {
    "download": tr_later("Download {model}?"),
    "verify": tr_later("Verify {model}?"),
    "remove": tr_later("Remove {model}?"),
}
_DOING: dict[Verb, str] = {
    "download": tr_later("Downloading {model}"),
    "verify": tr_later("Checking {model}"),
    "remove": tr_later("Removing {model}"),
}


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
            return tr(_ASKING[self.verb], model=self.name)
        return tr(_DOING[self.verb], model=self.name) if self.running else self.name
